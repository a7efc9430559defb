"""Alerts: one row a letter, made from what waits and sent until it went. A lost wake-up loses nothing, and no letter holds a word of it.

The worker calls `alert_leads`. No transaction is open while a post server is spoken to: whoever sends their words must not wait for it.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from voice import identity, post
from voice.config import settings
from voice.safeguarding import rota
from voice.safeguarding.about import not_for
from voice.safeguarding.chasing import Wanted, chases, gap_letters
from voice.safeguarding.models import Alert, Practice, Screening
from voice.safeguarding.rota_rules import LONGEST_WAIT, Rota, on_now, steps_due, try_again_at
from voice.storage import apart, now, session

GIVE_UP_AFTER = timedelta(hours=49)
IN_FLIGHT = timedelta(seconds=40)  # so long a letter on its way is nobody else’s to send; as long as the job’s lease
LONGEST_ROUND = 25.0  # seconds: a slow post server must not hold up the next look at what waits
STILL_WAITS = or_(
    Alert.step.in_(("chase", "gap")),
    and_(Screening.id.is_not(None), Screening.opened_at.is_(None), Screening.closed_at.is_(None)),
    and_(Practice.id.is_not(None), Practice.opened_at.is_(None)),
)


@dataclass(frozen=True)
class Waits:
    """Something nobody has opened. `told`: a digest went out for it, so no first letter of its own."""

    concern_id: uuid.UUID | None
    practice_id: uuid.UUID | None
    since: datetime
    danger: bool
    told: bool
    not_for: frozenset[uuid.UUID] = frozenset()

    @property
    def about(self) -> str:
        return str(self.concern_id or self.practice_id)


@dataclass(frozen=True)
class Letter:
    """One letter for all that is due to one person by one channel."""

    address: str | None
    kind: str  # waits, practice, outside, chase, gap
    rows: tuple[uuid.UUID, ...]
    concerns: frozenset[uuid.UUID | None]


def alert_leads() -> int:
    """Make what alerts are due and send what is not sent; the worker’s job, every 15 seconds.

    Returns for how many things that wait a letter went. What could not be sent stays due. Whatever the caller had not committed is lost.
    """
    moment = now()
    session().rollback()
    wanted = [*_wanted(moment), *chases(moment), *gap_letters(moment)]
    session().rollback()
    with apart() as own:
        _write_down(own, wanted, moment)
    told: set[uuid.UUID | None] = set()
    until = time.monotonic() + LONGEST_ROUND
    for letter in _due(moment):
        if time.monotonic() < until and _send(letter, moment):
            told |= letter.concerns
    return len(told)


def _wanted(moment: datetime) -> list[Wanted]:
    known, found = rota.the_rota(), []
    for each in _that_waits(known):
        for step in steps_due(each.since, danger=each.danger, moment=moment, turns=known.turns):
            if step == "first" and each.told:
                continue
            channels = ("letter", "also") if step == "manager" else ("letter",)
            who = recipients(step, known, each.not_for, moment)
            found += [_letter(each, step, channel, one) for channel in channels for one in who[channel] if channel == "letter" or _also(one)]
    return found


def _letter(each: Waits, step: str, channel: str, recipient: str) -> Wanted:
    return Wanted(each.about, each.since, step, channel, recipient, each.concern_id, each.practice_id)


def _also(recipient: str) -> bool:
    """Whether this person has a second way to be reached."""
    return rota.address_of(recipient, "also") is not None


def _that_waits(known: Rota) -> list[Waits]:
    rows = session().scalars(select(Screening).where(Screening.is_concern, Screening.opened_at.is_(None), Screening.closed_at.is_(None))).all()
    manager = rota.manager_id()
    about = not_for([row.id for row in rows], known.able | ({manager} if manager else set()))
    first = set(session().scalars(select(Alert.concern_id).where(Alert.step == "first", Alert.concern_id.in_([row.id for row in rows]))))
    concerns = [Waits(row.id, None, row.since, row.is_immediate, row.alerted_at is not None and row.id not in first, about[row.id]) for row in rows]
    practices = session().scalars(select(Practice).where(Practice.opened_at.is_(None)))
    return concerns + [Waits(None, each.id, each.started_at, True, False) for each in practices if now() - each.started_at < GIVE_UP_AFTER]


def recipients(step: str, known: Rota, about: frozenset[uuid.UUID], moment: datetime) -> dict[str, list[str]]:
    """Who is written to at this step, by channel: those it is about never are; the next ones on the rota are instead."""
    may = known.without(about)
    called = list(on_now(moment, may).called) or sorted(may.able, key=str)
    manager = rota.manager_id()
    beyond = [manager] if manager and manager not in about else []
    if not called:  # about every lead: the manager at once; about the manager too: the LADO
        everyone = [str(each) for each in beyond] or ["lado"]
        return {"letter": everyone, "also": everyone}
    if not known.turns:
        first, second = called, []
    else:
        first, second = called[:1], called[1:2]
    if step == "first":
        return {"letter": [str(each) for each in first], "also": []}
    if step == "deputy":
        return {"letter": [str(each) for each in second or called], "also": []}
    top = beyond or called
    return {"letter": [str(each) for each in top], "also": [str(each) for each in dict.fromkeys((*first, *second, *top))]}


def _write_down(own: Session, wanted: Sequence[Wanted], moment: datetime) -> None:
    """A row for each letter that has none yet. A step is taken once for each person, whatever round it is."""
    columns = (Alert.about, Alert.since, Alert.step, Alert.channel, Alert.recipient)
    rows = own.execute(select(*columns).where(Alert.about.in_({each.about for each in wanted}))).all()
    there = {tuple(row) for row in rows}
    escalated = {(row.about, row.since, row.step) for row in rows if row.step != "first"}
    for each in wanted:
        if (each.about, each.since, each.step, each.channel, each.recipient) in there or (each.about, each.since, each.step) in escalated:
            continue
        own.add(Alert(**vars(each), made_at=moment, next_try_at=moment))


def _due(moment: datetime) -> Iterator[Letter]:
    """Letters to send now, the longest waiting first. Those of a channel a person does not have are never made into one."""
    unsent = still_unsent().where(Alert.gave_up_at.is_(None), _is_due(moment))
    unsent = unsent.order_by(Alert.made_at, Alert.id)
    groups: dict[tuple[str, str, str, datetime | None], list[Alert]] = {}
    for row in session().scalars(unsent):
        # Nobody knows whether a letter went that a crash cut short: it goes again as it was, so that it is the same letter.
        cut_short = row.next_try_at if row.attempts and row.failure is None else None
        groups.setdefault((row.recipient, row.channel, _kind(row), cut_short), []).append(row)
    letters = [
        Letter(
            rota.address_of(recipient, channel),
            kind,
            tuple(row.id for row in rows),
            frozenset(row.concern_id or row.practice_id for row in rows if row.step not in ("chase", "gap")),
        )
        for (recipient, channel, kind, _cut_short), rows in groups.items()
    ]
    session().rollback()
    return iter(letters)


def still_unsent() -> Select[Alert]:
    """Alerts that have not gone, about what still waits."""
    wanted = select(Alert).outerjoin(Screening, Screening.id == Alert.concern_id).outerjoin(Practice, Practice.id == Alert.practice_id)
    return wanted.where(Alert.sent_at.is_(None), STILL_WAITS)


def _kind(row: Alert) -> str:
    if row.step in ("chase", "gap"):
        return row.step
    if row.practice_id:
        return "practice"
    return "outside" if row.recipient == "lado" else "waits"


def _send(letter: Letter, moment: datetime) -> bool:
    """Claim the rows, hand the letter over, write down that it went: a crash in between sends it again under the same name, and never loses it."""
    with apart() as own:
        if not _claim(own, letter.rows, moment):
            return False
    failure: str | None = None
    try:
        if letter.address is None:
            failure = "NoAddress"
        else:
            post.send(letter.address, *_words(letter), once=f"alert {sorted(map(str, letter.rows))}")
    except post.NotSent as wrong:
        failure = str(wrong) or "NotSent"
    with apart() as own:
        _write_outcome(own, letter, failure, moment)
    return failure is None


def _claim(own: Session, rows: Sequence[uuid.UUID], moment: datetime) -> bool:
    """Whether the letter is ours to send: another worker may have claimed a row of it since, where a post server held this one up for long."""
    found = own.scalars(select(Alert).where(Alert.id.in_(rows), Alert.sent_at.is_(None), _is_due(moment)).with_for_update()).all()
    if len(found) < len(rows):
        return False
    until = now() + IN_FLIGHT
    for row in found:
        row.attempts, row.next_try_at, row.failure = row.attempts + 1, until, None
    return True


def _is_due(moment: datetime) -> ColumnElement[bool]:
    ahead = moment + 2 * LONGEST_WAIT  # a time so far ahead was set before the clock went back
    return or_(Alert.next_try_at <= moment, Alert.next_try_at > ahead)


def _write_outcome(own: Session, letter: Letter, failure: str | None, moment: datetime) -> None:
    went = now()
    for row in own.scalars(select(Alert).where(Alert.id.in_(letter.rows))):
        row.failure = failure
        if failure is not None:
            row.next_try_at = try_again_at(moment, row.attempts)
        if failure is None:
            row.sent_at = went
        elif moment - row.made_at >= GIVE_UP_AFTER:
            row.gave_up_at = now()
        if failure is None and row.step == "first" and row.concern_id:
            concern = own.get(Screening, row.concern_id)
            if concern is not None and concern.alerted_at is None:
                concern.alerted_at = now()


def _words(letter: Letter) -> tuple[str, str]:
    """What the letter says: that something waits, and where. Nothing of what it is or who said it."""
    address = settings().desk_url
    if letter.kind == "practice":
        return _("Practice alert in Voice"), _("This is a practice. Sign in and open it: %(address)s/safeguarding", address=address)
    if letter.kind == "outside":
        return _("A safeguarding matter waits in Voice"), _(
            "It may be about the people who run Voice, so none of them was told. Ask the council’s head of service for access: %(address)s",
            address=address,
        )
    if letter.kind == "chase":
        return _("An acknowledgement is late in Voice"), _("Sign in to see which: %(address)s/safeguarding", address=address)
    if letter.kind == "gap":
        return _("There is a gap in the safeguarding rota"), _("Sign in to mend it: %(address)s/safeguarding/rota", address=address)
    return _("Something waits for you in Voice"), _(
        "%(n)s waiting. Sign in to read: %(address)s/safeguarding", n=len(letter.concerns), address=address
    )


def send_digest(amount: int) -> None:
    """One letter for all that came in with a collection made elsewhere.

    Raises:
        NotSent: from `post`; nobody has been told.
    """
    for person in identity.members_with(*rota.LEADS) if amount else ():
        post.send(
            person.email,
            _("Something waits for you in Voice"),
            _("%(n)s waiting. Sign in to read: %(address)s/safeguarding", n=amount, address=settings().desk_url),
        )
