"""Reading marks, for `counting` alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from voice.asking.models import Activity
from voice.keeping.models import Submission
from voice.pairing.models import PairMark
from voice.pairing.rules import Marks
from voice.storage import session


@dataclass(frozen=True, slots=True)
class Marked:
    """One submission with its marks and what was picked in it."""

    submission_id: uuid.UUID
    activity_id: uuid.UUID
    moment: str
    marks: Marks
    joined: uuid.UUID | None
    answers: Mapping[str, Any]


def marked(activity_ids: Collection[uuid.UUID], *also: ColumnElement[bool]) -> Iterator[Marked]:
    """Every submission of these activities that has marks, in no order; `also` are conditions on `Submission`."""
    columns = select(Submission.id, Submission.activity_id, PairMark.moment, PairMark.marks, PairMark.joined, Submission.answers)
    found = columns.join(PairMark, PairMark.submission_id == Submission.id).where(Submission.activity_id.in_(activity_ids), *also)
    for submission_id, activity_id, moment, marks, joined, answers in session().execute(found.execution_options(yield_per=1000)):
        yield Marked(submission_id, activity_id, moment, Marks(*_apart(marks)), joined, answers)


def series_of(submission_id: uuid.UUID) -> list[uuid.UUID] | None:
    """The activities whose answers this one may belong together with; None where it has no marks, or its pair is written down already."""
    mark = session().get(PairMark, submission_id)
    if mark is None or mark.joined is not None:
        return None
    activity = session().scalars(select(Activity).join(Submission, Submission.activity_id == Activity.id).where(Submission.id == submission_id)).one()
    same = Activity.series == activity.series if activity.series else Activity.id == activity.id
    return list(session().scalars(select(Activity.id).where(same)))


def _apart(marks: list[str]) -> tuple[str | None, tuple[str, ...]]:
    return (marks[0] or None, tuple(marks[1:])) if marks else (None, ())
