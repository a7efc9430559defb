"""When what was said was first answered, and how long words nobody published stay."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from voice.answering.models import Answer, AnswerVersion
from voice.answering.queries import public_days
from voice.answering.wordings import put_back
from voice.config import settings
from voice.keeping.models import View
from voice.retention import Retention, Rule, months_before, rows_past
from voice.storage import session
from voice.understanding.models import ThemeView


def add_rules(rules: Retention) -> None:
    rules.add("drafts", _drafts())


def first_answered() -> Select[uuid.UUID, date | None]:
    """Submissions with the day of the first “you said, we did” they are part of."""
    days = public_days()
    answered = select(View.submission_id, func.min(days.c.published_on)).join(ThemeView, ThemeView.view_id == View.id)
    return answered.join(days, days.c.theme_id == ThemeView.theme_id).group_by(View.submission_id)


def _drafts() -> Rule:
    """Whole answers nobody published; new words for a public one (what is public stays); and words the board had that never went out."""
    parts = (rows_past("", Answer, _never_public), Rule("", _how_many_anew, _throw_away), rows_past("", AnswerVersion, _never_out))

    def due(on: date) -> int:
        return sum(each.due(on) for each in parts)

    def remove(on: date, most: int) -> int:
        return sum(each.remove(on, most) for each in parts)

    return Rule("Answers nobody published", due, remove)


def _never_public(on: date) -> ColumnElement[bool]:
    return and_(_stale(on), ~_is_public())


def _never_out(on: date) -> ColumnElement[bool]:
    return and_(AnswerVersion.published_on.is_(None), _long_ago(AnswerVersion.answered_on, on))


def _stale(on: date) -> ColumnElement[bool]:
    return and_(Answer.published_on.is_(None), _long_ago(Answer.answered_on, on))


def _is_public() -> ColumnElement[bool]:
    return exists().where(AnswerVersion.answer_id == Answer.id, AnswerVersion.published_on.is_not(None))


def _long_ago(day: InstrumentedAttribute[date], on: date) -> ColumnElement[bool]:
    return day <= months_before(on, settings().keep.drafts_months)


def _how_many_anew(on: date) -> int:
    return session().scalar(select(func.count()).select_from(Answer).where(_stale(on), _is_public())) or 0


def _throw_away(on: date, most: int) -> int:
    found = list(session().scalars(select(Answer.id).where(_stale(on), _is_public()).limit(most)))
    for each in found:
        put_back(each, None)
    return len(found)
