"""How long a worry stays here: the case is the council’s own system’s. What is open is never touched."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, String, and_, cast, delete, func, null, or_, select, update

from voice.config import settings
from voice.keeping import Rule
from voice.retention import Retention, months_before, rows_past
from voice.safeguarding.actions import to_stubs
from voice.safeguarding.models import Alert, ConcernAct, Drill, Practice, RotaAbsence, Screening
from voice.storage import session


def add_rules(rules: Retention) -> None:
    rules.add("words that worried us", Rule("Words that made us worry, once the concern is closed", _count_words, _remove_words))
    rules.add("concerns", Rule("What is left of a concern: dates and outcome", _count_stubs, _remove_stubs))
    rules.add("practices", rows_past("Practice alerts", Practice, lambda on: Practice.started_at < _after(on, settings().keep.record_months)))
    rules.add("alerts", rows_past("Alerts that somebody got", Alert, _alert_is_over))
    rules.add("absences", rows_past("Days somebody was away", RotaAbsence, lambda on: RotaAbsence.last_day <= months_before(on, 12)))
    rules.add("drills", rows_past("Practised alerts", Drill, lambda on: Drill.passed_at < _after(on, settings().keep.record_months)))


def open_concerns() -> Select[uuid.UUID | None]:
    """Submissions whose concern nobody has closed."""
    return select(Screening.submission_id).where(Screening.is_concern, Screening.closed_at.is_(None))


def _after(on: date, months: int) -> datetime:
    return datetime.combine(months_before(on, months) + timedelta(days=1), time(), UTC)


def _closed_before(on: date) -> datetime:
    return datetime.combine(on - timedelta(days=settings().keep.concern_words_days), time(), UTC)


def _words_are_over(on: date) -> ColumnElement[bool]:
    """Closed so many days ago, and holds words: those kept when they were taken back, or those that led to it. Handed over, it becomes a
    stub; of others the reason stays as long as their dates, so that a decision can be asked about."""
    has_words = or_(Screening.kept.is_not(None), func.length(cast(Screening.because, String)) > len("[]"))
    return and_(Screening.is_concern, Screening.closed_at < _closed_before(on), has_words)


def _count_words(on: date) -> int:
    return session().scalar(select(func.count()).select_from(Screening).where(_words_are_over(on))) or 0


def _remove_words(on: date, most: int) -> int:
    to_stubs(_closed_before(on))
    found = session().scalars(select(Screening.id).where(_words_are_over(on)).limit(most)).all()
    session().execute(update(Screening).where(Screening.id.in_(found)).values(kept=null(), because=[]))
    session().expire_all()
    return len(found)


def _count_stubs(on: date) -> int:
    return session().scalar(select(func.count()).select_from(Screening).where(_stub_is_over(on))) or 0


def _remove_stubs(on: date, most: int) -> int:
    found = session().scalars(select(Screening.id).where(_stub_is_over(on)).limit(most)).all()
    for model, column in ((ConcernAct, ConcernAct.concern_id), (Screening, Screening.id)):
        session().execute(delete(model).where(column.in_(found)).execution_options(synchronize_session=False))
    session().expire_all()
    return len(found)


def _alert_is_over(on: date) -> ColumnElement[bool]:
    """Of a gap in the rota or an old practice; what hangs on a concern goes with it."""
    return and_(Alert.concern_id.is_(None), Alert.made_at < _after(on, settings().keep.record_months))


def _stub_is_over(on: date) -> ColumnElement[bool]:
    """Closed so long ago; its submission went long before."""
    return and_(Screening.submission_id.is_(None), Screening.closed_at < _after(on, settings().keep.concern_months))
