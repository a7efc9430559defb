"""The last day of a pledge: its maker says it, a year after it came at the latest (`keeping.ending` has that one)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select, update

from voice.keeping import goes_whole
from voice.keeping.models import Submission
from voice.pledging.models import Pledge
from voice.retention import Rule
from voice.storage import session


def end_rule() -> Rule:
    return goes_whole("Pledges whose maker’s own last day is over, whole", _is_over)


def _is_over(on: date) -> ColumnElement[bool]:
    return Submission.id.in_(select(Pledge.submission_id).where(Pledge.ends_on < on))


def forget_slip(submission_id: uuid.UUID, _view_ids: Sequence[uuid.UUID]) -> None:
    """When the receipt ends, so do the words for a parent or carer."""
    session().execute(update(Pledge).where(Pledge.submission_id == submission_id).values(grown_up_hash=None))
