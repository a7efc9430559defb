"""How long the codes of a group stay after they ended."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from voice.config import settings
from voice.inviting.models import GroupCode, InvitedGroup
from voice.retention import Retention, rows_past


def add_rules(rules: Retention) -> None:
    rules.add("codes", rows_past("Codes of groups", GroupCode, _codes_are_over))


def _codes_are_over(on: date) -> ColumnElement[bool]:
    over = select(InvitedGroup.id).where(InvitedGroup.expires_on < on - timedelta(days=settings().keep.codes_days))
    return GroupCode.group_id.in_(over)
