"""What is left of words when their receipt ends: what others may see of them. Nobody can take them out after that day."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, delete, select

from voice.config import settings
from voice.keeping.models import View
from voice.reading.models import Fingerprint, FingerprintBand, RawExport, Reading, SetAside
from voice.reading.translating import drop_old
from voice.retention import Retention, months_before, rows_past
from voice.storage import session


def add_rules(rules: Retention) -> None:
    rules.add("exports", rows_past("Who asked for words as a file, and why", RawExport, lambda on: RawExport.asked_at < _after(on)))


def _after(on: date) -> datetime:
    return datetime.combine(months_before(on, settings().keep.record_months) + timedelta(days=1), time(), UTC)


def nobody_has_read() -> Select[uuid.UUID]:
    """Submissions with words that wait to be read. They stay until a person has: a cry for help must not go unread. What came with very
    many alike was judged by a person as well."""
    unread = select(View.submission_id).outerjoin(Reading, Reading.view_id == View.id).where(Reading.view_id.is_(None))
    return unread.where(View.submission_id.not_in(select(SetAside.submission_id).where(SetAside.is_real.is_(False))))


def leave_what_is_shown(_submission_id: uuid.UUID, view_ids: Sequence[uuid.UUID]) -> None:
    """Words nobody else may see go. Of those with names taken out, what is shown stays and what was written goes, with translations and
    fingerprints of it."""
    shown = {
        row.view_id: row.shown_words
        for row in session().scalars(select(Reading).where(Reading.view_id.in_(view_ids), Reading.decision != "withheld"))
    }
    left: dict[uuid.UUID, str] = {}
    for view in session().scalars(select(View).where(View.id.in_(view_ids))).all():
        if view.id not in shown or shown[view.id] == "":
            session().execute(delete(View).where(View.id == view.id))
            continue
        left[view.id] = view.words = shown[view.id] or view.words
    session().flush()
    drop_old(left)
    for model in (FingerprintBand, Fingerprint):
        session().execute(delete(model).where(model.view_id.in_(view_ids)).execution_options(synchronize_session=False))
