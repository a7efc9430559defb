"""What came in one rush from one place, set aside for a person to judge, like what came many times alike. Derived from rows by the worker."""

from __future__ import annotations

import uuid

from sqlalchemy import Select, delete, select

from voice import keeping
from voice.keeping.models import Arrival
from voice.reading.models import SetAside
from voice.storage import now, session


def set_rushes_aside() -> int:
    """Set aside what `keeping.note_arrival` counted to a rush, and forget where it came from once it is some minutes old. Returns how many were new.

    Where a person has judged that a rush is real, more of it is not set aside again; only some of it being real does not make the rest so.
    """
    found = (
        session()
        .execute(
            select(Arrival.submission_id, Arrival.burst_id)
            .outerjoin(SetAside, SetAside.submission_id == Arrival.submission_id)
            .where(Arrival.burst_id.is_not(None), Arrival.burst_id.not_in(_real()), SetAside.submission_id.is_(None))
        )
        .all()
    )
    session().add_all([SetAside(submission_id=submission_id, group_id=burst_id) for submission_id, burst_id in found])
    session().flush()
    session().execute(delete(Arrival).where(Arrival.burst_id.is_not(None), Arrival.at < now() - keeping.MARKS_KEPT))
    return len(found)


def is_real(burst_id: uuid.UUID) -> bool:
    """Whether a person judged all of this rush to be real: then whoever sends it is slowed no more."""
    return session().scalar(_real().where(SetAside.group_id == burst_id).limit(1)) is not None


def _real() -> Select[uuid.UUID]:
    left_out = select(SetAside.group_id).where(SetAside.is_real.is_(False))
    return select(SetAside.group_id).where(SetAside.is_real.is_(True), SetAside.group_id.not_in(left_out))
