"""When what was said was first answered, and how long an answer nobody published stays."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, select

from voice.answering.models import Answer
from voice.config import settings
from voice.keeping.models import View
from voice.retention import Retention, months_before, rows_past
from voice.understanding.models import ThemeView


def add_rules(rules: Retention) -> None:
    rules.add("drafts", rows_past("Answers nobody published", Answer, _draft_is_over))


def first_answered() -> Select[uuid.UUID, date | None]:
    """Submissions with the day of the first “you said, we did” they are part of."""
    answered = select(View.submission_id, func.min(Answer.published_on)).join(ThemeView, ThemeView.view_id == View.id)
    return answered.join(Answer, Answer.theme_id == ThemeView.theme_id).where(Answer.published_on.is_not(None)).group_by(View.submission_id)


def _draft_is_over(on: date) -> ColumnElement[bool]:
    return and_(Answer.published_on.is_(None), Answer.answered_on <= months_before(on, settings().keep.drafts_months))
