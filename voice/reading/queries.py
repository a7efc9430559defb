"""The queue, and the only words other rooms get: those a person has cleared or redacted."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select, tuple_

from voice import audit, keeping, safeguarding
from voice.keeping.models import Submission, View
from voice.reading.models import Reading
from voice.safeguarding.models import Screening
from voice.storage import session, week_of


@dataclass(frozen=True)
class ShownView:
    """A view as others may see it: words a person cleared, the week and not the day, coarse facts."""

    id: uuid.UUID
    words: str
    language: str
    week: date
    question: str
    activity_id: uuid.UUID | None
    age_band: str | None
    place: str | None
    may_be_quoted: bool


def next_to_read(most: int = 20, after: tuple[date, uuid.UUID] | None = None) -> list[uuid.UUID]:
    """Ids of views nobody has read, oldest first; those whose concern is open wait at the safeguarding lead."""
    wanted = _unread().order_by(View.received_on, View.id).limit(most)
    if after:
        wanted = wanted.where(tuple_(View.received_on, View.id) > after)
    return list(session().scalars(wanted))


def how_many_wait() -> int:
    """How many views nobody has read."""
    return session().scalar(select(func.count()).select_from(_unread().subquery())) or 0


def open_raw(view_ids: Collection[uuid.UUID], by: uuid.UUID) -> list[keeping.RawView]:
    """Views as sent, for the reading room. The reading is recorded, and that record committed, before this returns."""
    audit.read_raw(by, "read raw", "view", view_ids)
    return keeping.raw_views(view_ids)


def search(text: str, most: int = 50) -> list[uuid.UUID]:
    """Ids of views with these words in them, newest first; never one whose concern is open."""
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    held = select(Screening.submission_id).where(Screening.is_concern, Screening.closed_at.is_(None), Screening.submission_id.is_not(None))
    found = (
        select(View.id)
        .where(View.words.ilike(pattern, escape="\\"), View.submission_id.not_in(held))
        .order_by(View.received_on.desc(), View.id)
        .limit(most)
    )
    return list(session().scalars(found))


def shown(view_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ShownView]:
    """Of these views, those others may see, as they may be seen."""
    found = session().execute(
        select(View, Submission, Reading)
        .join(Submission, Submission.id == View.submission_id)
        .join(Reading, Reading.view_id == View.id)
        .where(View.id.in_(view_ids), Reading.decision.in_(("cleared", "redacted")), View.submission_id.not_in(safeguarding.held_submissions()))
    )
    return {view.id: _shown(view, submission, reading) for view, submission, reading in found}


def withheld_reasons(view_ids: Collection[uuid.UUID]) -> dict[str, int]:
    """Why views among these are held back: reasons, never words. What only the safeguarding lead may see now is in no count."""
    found = session().execute(
        select(Reading.reason, func.count())
        .join(View, View.id == Reading.view_id)
        .where(Reading.view_id.in_(view_ids), Reading.decision == "withheld", View.submission_id.not_in(safeguarding.held_submissions()))
        .group_by(Reading.reason)
    )
    return {reason: count for reason, count in found if reason}


def decisions(view_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What was decided about each of these; those not read are left out."""
    found = session().execute(select(Reading.view_id, Reading.decision).where(Reading.view_id.in_(view_ids)))
    return dict(found.tuples())


def read_on(view_ids: Sequence[uuid.UUID]) -> date | None:
    """The day the last of these was read, or None while one of them waits."""
    days = list(session().scalars(select(Reading.read_on).where(Reading.view_id.in_(view_ids))))
    return max(days) if days and len(days) == len(view_ids) else None


def _unread() -> Select[uuid.UUID]:
    held = select(Screening.submission_id).where(Screening.is_concern, Screening.closed_at.is_(None), Screening.submission_id.is_not(None))
    return select(View.id).outerjoin(Reading, Reading.view_id == View.id).where(Reading.view_id.is_(None), View.submission_id.not_in(held))


def _shown(view: View, submission: Submission, reading: Reading) -> ShownView:
    return ShownView(
        view.id,
        reading.shown_words or view.words,
        view.language,
        week_of(view.received_on),
        view.question,
        submission.activity_id,
        submission.age_band,
        submission.place,
        submission.may_be_quoted,
    )


def activity_read_on(activity_id: uuid.UUID | None, until: date) -> date | None:
    """The last day on which anything sent to this activity up to that day was read; None while nothing was. It says nothing of one
    view: whoever sent one that is held back sees what everyone sees."""
    return session().scalar(
        select(func.max(Reading.read_on))
        .join(View, View.id == Reading.view_id)
        .join(Submission, Submission.id == View.submission_id)
        .where(Submission.activity_id == activity_id if activity_id else Submission.activity_id.is_(None), View.received_on <= until)
    )
