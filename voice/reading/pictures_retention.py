"""How long pictures stay: withheld ones a week, locked ones as long as their concern, and no picture goes that nobody has looked at."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from voice import keeping, safeguarding
from voice.config import settings
from voice.keeping import Lifetimes, Rule
from voice.keeping.models import Submission
from voice.keeping.picture_models import Picture
from voice.reading.models import LockedPicture, PictureLook, SetAside
from voice.reading.pictures_worrying import unlock
from voice.retention import Retention
from voice.safeguarding.models import Screening
from voice.storage import session


@dataclass(frozen=True)
class Held:
    """One thing we hold, for whoever brings their receipt and asks."""

    what: str
    says: str


def add_picture_rules(rules: Retention, lifetimes: Lifetimes) -> None:
    rules.add("locked pictures", Rule("Pictures a safeguarding lead held, once the concern is closed", _count_locked, _remove_locked))
    lifetimes.lock("nobody having looked at its picture", nobody_has_looked)
    lifetimes.lock("a locked picture", with_a_locked_picture)
    lifetimes.lock_pictures("the safeguarding lead", lambda: select(LockedPicture.picture_id))
    lifetimes.refuse_pictures(withheld)
    lifetimes.at_link_end("pictures", leave_shown_drawings)


def nobody_has_looked() -> Select[uuid.UUID]:
    """Submissions with a picture that waits to be looked at. They stay until a person has: a cry for help must not go unseen. What came with very
    many alike was judged by a person as well."""
    return (
        select(Submission.id)
        .join(Picture, Picture.submission_id == Submission.id)
        .outerjoin(PictureLook, PictureLook.picture_id == Picture.id)
        .where(PictureLook.picture_id.is_(None), Picture.id.not_in(select(LockedPicture.picture_id)))
        .where(Submission.id.not_in(select(SetAside.submission_id).where(SetAside.is_real.is_(False))))
    )


def with_a_locked_picture() -> Select[uuid.UUID | None]:
    """Submissions with a picture that a lead holds."""
    return select(Screening.submission_id).join(LockedPicture, LockedPicture.concern_id == Screening.id)


def withheld() -> Select[uuid.UUID, date]:
    """Pictures a person withheld, with the day; none that was sent with an open concern."""
    found = select(PictureLook.picture_id, PictureLook.looked_on).join(Picture, Picture.id == PictureLook.picture_id)
    return found.where(PictureLook.decision == "withheld", Picture.submission_id.not_in(safeguarding.held()))


def leave_shown_drawings(submission_id: uuid.UUID, _view_ids: Sequence[uuid.UUID]) -> None:
    """When a receipt ends nobody can take a picture back any more: none stays that may show a person, nor one that nobody else may see."""
    kept = {each.id: each for each in keeping.pictures_of([submission_id]).get(submission_id, [])}
    shown = set(session().scalars(select(PictureLook.picture_id).where(PictureLook.picture_id.in_(kept), PictureLook.decision == "shown")))
    held = set(session().scalars(select(LockedPicture.picture_id).where(LockedPicture.picture_id.in_(kept))))
    for picture_id, each in kept.items():
        if picture_id not in held and not (picture_id in shown and each.kind == "drawing"):
            keeping.remove_picture(picture_id)


def what_we_hold(submission_id: uuid.UUID) -> Iterator[Held]:
    """Words about pictures, never a picture: what a lead holds reads as what nobody has looked at."""
    kept = keeping.pictures_of([submission_id]).get(submission_id, [])
    looks = {row.picture_id: row for row in session().scalars(select(PictureLook).where(PictureLook.picture_id.in_([each.id for each in kept])))}
    for each in kept:
        yield Held(f"A picture they sent: {each.kind}", each.alt or "Nobody has said in words what is in it")
        look = looks.get(each.id)
        yield Held("What a person decided about this picture", look.decision if look else "Nobody has looked at it yet, or it is not for this file")


def _is_over(on: date) -> ColumnElement[bool]:
    """Closed so long ago that the words that worried us go as well."""
    closed_before = datetime.combine(on - timedelta(days=settings().keep.concern_words_days), time(), UTC)
    return LockedPicture.concern_id.in_(select(Screening.id).where(Screening.closed_at < closed_before))


def _count_locked(on: date) -> int:
    return session().scalar(select(func.count()).select_from(LockedPicture).where(_is_over(on))) or 0


def _remove_locked(on: date, most: int) -> int:
    found = session().scalars(select(LockedPicture.picture_id).where(_is_over(on)).limit(most)).all()
    unlock(found)
    for picture_id in found:
        keeping.remove_picture(picture_id)
    return len(found)
