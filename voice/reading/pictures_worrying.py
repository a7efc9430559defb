"""Worrying pictures: locked, opened or not, for the safeguarding lead alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from voice import audit, keeping, safeguarding
from voice.keeping.picture_models import Picture
from voice.reading.models import LockedPicture, PictureLook
from voice.safeguarding.models import Screening
from voice.storage import session

NOT_OPENED = "A picture was locked without being opened."


class StillOpen(Exception):
    """A locked picture stays as it is while its concern is open."""


@dataclass(frozen=True)
class WorryingPicture:
    """A picture that came with a concern."""

    id: uuid.UUID
    concern: safeguarding.Concern
    kept: keeping.KeptPicture
    locked_by: uuid.UUID | None  # None: it is not locked, it came with words that worried us
    locked_at: datetime | None

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_left(self) -> bool:
        """Whether its sender took the rest back."""
        return self.kept.submission_id is None

    @property
    def may_lock(self) -> bool:
        return not self.is_locked and self.concern.closed_at is None

    @property
    def may_go(self) -> bool:
        """Whether the lead may hand it back or take it out."""
        return self.is_locked and self.concern.closed_at is not None


def lock_picture(picture_id: uuid.UUID, by: uuid.UUID, why: str = "") -> None:
    """It goes to the safeguarding lead alone, opened or not, and with it all that it was sent with: a concern is raised."""
    row = session().scalars(select(Picture).where(Picture.id == picture_id).with_for_update()).one()
    if session().get(LockedPicture, picture_id) is not None or row.submission_id is None:
        return
    safeguarding.raise_concern(row.submission_id, by, why.strip() or NOT_OPENED)
    concern_id = session().scalars(select(Screening.id).where(Screening.submission_id == row.submission_id)).one()
    session().execute(delete(PictureLook).where(PictureLook.picture_id == picture_id))
    session().add(LockedPicture(picture_id=picture_id, concern_id=concern_id, locked_by=by))
    session().flush()
    audit.record(by, "picture locked, concern raised", "picture", picture_id)


def keep_as_evidence(found: WorryingPicture, by: uuid.UUID) -> None:
    """A lead locks a picture that came with an open concern."""
    if found.may_lock:
        session().execute(delete(PictureLook).where(PictureLook.picture_id == found.id))
        session().add(LockedPicture(picture_id=found.id, concern_id=found.concern.id, locked_by=by))
        session().flush()
        audit.record(by, "picture of concern locked", "picture", found.id)


def pictures_of_concern(concern: safeguarding.Concern) -> list[WorryingPicture]:
    """Every picture that came with a concern: those that are locked, and those sent with the words that worried us."""
    locked = {row.picture_id: row for row in session().scalars(select(LockedPicture).where(LockedPicture.concern_id == concern.id))}
    beside = keeping.pictures_of([concern.submission_id]).get(concern.submission_id, []) if concern.submission_id else []
    kept = {each.id: each for each in (*beside, *keeping.pictures(locked.keys()).values())}
    return [_worrying(each, concern, locked.get(each.id)) for each in kept.values()]


def worrying_picture(picture_id: uuid.UUID, by: uuid.UUID) -> WorryingPicture | None:
    """A picture of a concern that this lead may open; None where there is none, where nobody has opened the concern, or where it is about them."""
    with_words = select(Screening.id).join(Picture, Picture.submission_id == Screening.submission_id).where(Picture.id == picture_id)
    concern_id = session().scalar(select(LockedPicture.concern_id).where(LockedPicture.picture_id == picture_id)) or session().scalar(with_words)
    concern = safeguarding.concern(concern_id, by) if concern_id else None
    if concern is None or concern.opened_at is None:
        return None
    return next((each for each in pictures_of_concern(concern) if each.id == picture_id), None)


def record_worrying_opening(found: WorryingPicture, by: uuid.UUID) -> None:
    """A lead is about to see it. On record, and that record committed, before a byte is read; it is kept as long as the rest of the concern’s."""
    audit.read_raw(by, "picture of concern opened", "picture", [found.id])


def hand_back_picture(found: WorryingPicture, by: uuid.UUID, why: str) -> None:
    """Nothing to worry about: it waits to be looked at like any other.

    Raises:
        StillOpen: its concern is not closed, or its sender took the rest back.
    """
    if found.is_left:
        raise StillOpen
    _unlock(found, by, "picture of concern handed back", why)


def take_out_picture(found: WorryingPicture, by: uuid.UUID, why: str) -> None:
    """It is no longer needed here: gone for good, file and all.

    Raises:
        StillOpen: its concern is not closed.
    """
    _unlock(found, by, "picture of concern taken out", why)
    keeping.remove_picture(found.id)


def unlock(picture_ids: Iterable[uuid.UUID]) -> None:
    """Their locks go. The database refuses it while a concern is open."""
    gone = delete(LockedPicture).where(LockedPicture.picture_id.in_(list(picture_ids)))
    session().execute(gone.execution_options(synchronize_session="fetch"))
    session().flush()


def _unlock(found: WorryingPicture, by: uuid.UUID, what: str, why: str) -> None:
    if not found.may_go:
        raise StillOpen
    unlock([found.id])
    audit.record(by, what, "picture", found.id, why)


def _worrying(kept: keeping.KeptPicture, concern: safeguarding.Concern, row: LockedPicture | None) -> WorryingPicture:
    return WorryingPicture(kept.id, concern, kept, row.locked_by if row else None, row.locked_at if row else None)
