"""An organisation pledges and says what became of it; an officer reads all of it first; the board says what it thinks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from voice import audit, identity
from voice.delivering.partnering.models import BoardMark, PartnerPledge, PartnerUpdate
from voice.delivering.partnering.rules import MARKS, WAITING_OF_ONE_ADDRESS, WAITING_OF_ONE_PLACE, missing_from
from voice.storage import new_id, session, today

ABOUT = "partner pledge"


class TooMany(Exception):
    """So many of this address (`address`) or from this place (`place`) wait to be confirmed that no more are taken."""


class NotNow(Exception):
    """It is not at the point at which this may be done: somebody else was quicker, or it was taken off."""


@dataclass(frozen=True, kw_only=True)
class Pledged:
    """What an organisation pledges."""

    priority_id: uuid.UUID
    organisation: str
    role: str
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Said:
    """What became of it, as they say."""

    mark: str
    why: str | None = None
    evidence: str | None = None


def pledge(what: Pledged, email: str, *, language: str = "en", came_from: str | None = None) -> uuid.UUID:
    """Keep a pledge that waits to be confirmed by e-mail; nobody reads it before. Flushes.

    Raises:
        TooMany: of this address, or from this place (`came_from`: a mark of it, as `keeping.mark_of` makes).
    """
    contact = contact_mark(email)
    if _waiting(PartnerPledge.contact_mark == contact) >= WAITING_OF_ONE_ADDRESS:
        raise TooMany("address")
    if came_from and _waiting(PartnerPledge.came_from == came_from) >= WAITING_OF_ONE_PLACE:
        raise TooMany("place")
    pledge_id = new_id()
    row = PartnerPledge(id=pledge_id, sealed=identity.seal(email, pledge_id), contact_mark=contact, came_from=came_from, language=language)
    _write(row, what)
    row.letter = "confirm"
    session().add(row)
    session().flush()
    return pledge_id


def contact_mark(email: str) -> str:
    return identity.mark("partner contact", email.strip().casefold())


def confirm(pledge_id: uuid.UUID) -> None:
    """Whoever reads letters there says that it is theirs. An officer reads it next."""
    row = session().get_one(PartnerPledge, pledge_id)
    if row.confirmed_on is None:
        row.confirmed_on, row.came_from = today(), None
        session().flush()
        audit.record(None, "confirmed", ABOUT, pledge_id)


def rewrite(pledge_id: uuid.UUID, what: Pledged) -> None:
    """Other words for one that was sent back, or that no officer has read yet.

    Raises:
        NotNow: it is public, or was taken off.
    """
    row = session().get_one(PartnerPledge, pledge_id)
    if row.published_on or row.ended_on:
        raise NotNow
    _write(row, what)
    row.sent_back_on = row.sent_back_why = None
    session().flush()
    audit.record(None, "written again", ABOUT, pledge_id)


def publish(pledge_id: uuid.UUID, by: uuid.UUID) -> None:
    """An officer has read it: everyone may.

    Raises:
        NotNow: it is not confirmed, waits for other words, or was taken off.
    """
    row = session().get_one(PartnerPledge, pledge_id)
    if row.confirmed_on is None or row.sent_back_on or row.ended_on or row.published_on:
        raise NotNow
    row.published_on, row.published_by, row.letter = today(), by, "public"
    session().flush()
    audit.record(by, "published", ABOUT, pledge_id)


def send_back(pledge_id: uuid.UUID, why: str, by: uuid.UUID) -> None:
    """It needs other words, and why.

    Raises:
        NotNow: it is public, or was taken off.
    """
    row = session().get_one(PartnerPledge, pledge_id)
    if row.confirmed_on is None or row.published_on or row.ended_on:
        raise NotNow
    row.sent_back_on, row.sent_back_why, row.letter = today(), why, "back"
    session().flush()
    audit.record(by, "sent back", ABOUT, pledge_id)


def take_off(pledge_id: uuid.UUID, why: str, by: uuid.UUID) -> None:
    """Nobody sees it any more; why is kept."""
    row = session().get_one(PartnerPledge, pledge_id)
    if row.ended_on is None:
        row.ended_on, row.ended_why, row.letter = today(), why, None
        session().flush()
        audit.record(by, "taken off", ABOUT, pledge_id)


def say(pledge_id: uuid.UUID, said: Said, by: uuid.UUID | None = None) -> None:
    """What became of it. An officer reads it before it shows; until then a later word takes the place of the one before. `by`: the member of
    the partner, where they are signed in.

    Raises:
        NotNow: the pledge is not public.
        ValueError: an unknown mark, or it lacks what it cannot go without.
    """
    row = session().get_one(PartnerPledge, pledge_id)
    if row.published_on is None or row.ended_on:
        raise NotNow
    if said.mark not in MARKS or missing_from(said.mark, vars(said)):
        raise ValueError(said.mark)
    update = waiting_update(pledge_id) or PartnerUpdate(pledge_id=pledge_id, number=_next_number(pledge_id))
    update.mark, update.why, update.evidence = said.mark, said.why or None, said.evidence or None
    update.written_on, update.written_by = today(), by
    update.sent_back_on = update.sent_back_why = None
    session().add(update)
    session().flush()
    audit.record(by, "said how it goes", ABOUT, pledge_id)


def publish_update(pledge_id: uuid.UUID, number: int, by: uuid.UUID) -> None:
    """
    Raises:
        NotNow: there is no such word that waits.
    """
    update = _unread(pledge_id, number)
    update.published_on, update.published_by = today(), by
    session().get_one(PartnerPledge, pledge_id).letter = "public"
    session().flush()
    audit.record(by, "word published", ABOUT, pledge_id)


def send_update_back(pledge_id: uuid.UUID, number: int, why: str, by: uuid.UUID) -> None:
    """
    Raises:
        NotNow: there is no such word that waits.
    """
    update = _unread(pledge_id, number)
    update.sent_back_on, update.sent_back_why = today(), why
    session().get_one(PartnerPledge, pledge_id).letter = "back"
    session().flush()
    audit.record(by, "word sent back", ABOUT, pledge_id)


def judge(pledge_id: uuid.UUID, member_id: uuid.UUID, mark: str) -> None:
    """What a board member thinks became of it; it may change.

    Raises:
        NotNow: it is not public.
    """
    row = session().get_one(PartnerPledge, pledge_id)
    if row.published_on is None or row.ended_on:
        raise NotNow
    own = session().get(BoardMark, (pledge_id, member_id)) or BoardMark(pledge_id=pledge_id, member_id=member_id)
    own.mark = mark
    session().add(own)
    session().flush()


def waiting_update(pledge_id: uuid.UUID) -> PartnerUpdate | None:
    """The word of this pledge that no officer let out yet, read or sent back."""
    wanted = select(PartnerUpdate).where(PartnerUpdate.pledge_id == pledge_id, PartnerUpdate.published_on.is_(None))
    return session().scalar(wanted.order_by(PartnerUpdate.number.desc()).limit(1))


def _unread(pledge_id: uuid.UUID, number: int) -> PartnerUpdate:
    update = waiting_update(pledge_id)
    if update is None or update.number != number or update.sent_back_on:
        raise NotNow
    return update


def _next_number(pledge_id: uuid.UUID) -> int:
    return (session().scalar(select(func.max(PartnerUpdate.number)).where(PartnerUpdate.pledge_id == pledge_id)) or 0) + 1


def _write(row: PartnerPledge, what: Pledged) -> None:
    for name, value in vars(what).items():
        setattr(row, name, value)


def _waiting(of: ColumnElement[bool]) -> int:
    wanted = select(func.count()).select_from(PartnerPledge).where(PartnerPledge.confirmed_on.is_(None), of)
    return session().scalar(wanted) or 0
