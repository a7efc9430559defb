"""What is left of words when their receipt ends: what others may see of them. Nobody can take them out after that day."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, delete, select

from voice.config import settings
from voice.keeping.models import View
from voice.reading.models import RawExport, Reading
from voice.retention import Retention, months_before, rows_past
from voice.storage import session


def add_rules(rules: Retention) -> None:
    rules.add("exports", rows_past("Who asked for words as a file, and why", RawExport, lambda on: RawExport.asked_at < _after(on)))


def _after(on: date) -> datetime:
    return datetime.combine(months_before(on, settings().keep.record_months) + timedelta(days=1), time(), UTC)


def nobody_has_read() -> Select[uuid.UUID]:
    """Submissions with words that wait to be read. They stay until a person has: a cry for help must not go unread."""
    return select(View.submission_id).outerjoin(Reading, Reading.view_id == View.id).where(Reading.view_id.is_(None))


def leave_what_is_shown(_submission_id: uuid.UUID, view_ids: Sequence[uuid.UUID]) -> None:
    """Words that were withheld go. Of those with names taken out, what is shown stays and what was written goes."""
    for row in session().scalars(select(Reading).where(Reading.view_id.in_(view_ids), Reading.decision != "cleared")):
        if row.decision == "redacted" and row.shown_words:
            session().get_one(View, row.view_id).words = row.shown_words
        else:
            session().execute(delete(View).where(View.id == row.view_id))
    session().flush()
