"""How long a worry stays here: the case is the council’s own system’s. What is open is never touched."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, null, or_, select, update

from voice.config import settings
from voice.keeping import Rule
from voice.retention import Retention, months_before, rows_past
from voice.safeguarding.models import Drill, Screening
from voice.storage import session


def add_rules(rules: Retention) -> None:
    rules.add("words that worried us", Rule("Words that made us worry, once the concern is closed", _count_words, _remove_words))
    rules.add("concerns", rows_past("What is left of a concern: dates and outcome", Screening, _stub_is_over))
    rules.add("drills", rows_past("Practised alerts", Drill, lambda on: Drill.passed_at < _after(on, settings().keep.record_months)))


def open_concerns() -> Select[uuid.UUID | None]:
    """Submissions whose concern nobody has closed."""
    return select(Screening.submission_id).where(Screening.is_concern, Screening.closed_at.is_(None))


def _after(on: date, months: int) -> datetime:
    return datetime.combine(months_before(on, months) + timedelta(days=1), time(), UTC)


def _words_are_over(on: date) -> ColumnElement[bool]:
    """Closed so many days ago, and holds words: those kept when they were taken back, or those that led to it."""
    before = datetime.combine(on - timedelta(days=settings().keep.concern_words_days), time(), UTC)
    has_words = or_(Screening.kept.is_not(None), func.length(cast(Screening.because, String)) > len("[]"))
    return and_(Screening.is_concern, Screening.closed_at < before, has_words)


def _count_words(on: date) -> int:
    return session().scalar(select(func.count()).select_from(Screening).where(_words_are_over(on))) or 0


def _remove_words(on: date, most: int) -> int:
    found = session().scalars(select(Screening.id).where(_words_are_over(on)).limit(most)).all()
    session().execute(update(Screening).where(Screening.id.in_(found)).values(kept=null(), because=[]))
    session().expire_all()
    return len(found)


def _stub_is_over(on: date) -> ColumnElement[bool]:
    """Closed so long ago; its submission went long before."""
    return and_(Screening.submission_id.is_(None), Screening.closed_at < _after(on, settings().keep.concern_months))
