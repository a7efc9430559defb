"""How long the door remembers: invitations nobody took up, tries to sign in, challenges that were answered."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement

from voice.config import settings
from voice.identity.models import Invitation, SpentChallenge, Try
from voice.retention import Retention, rows_past
from voice.storage import now


def add_rules(rules: Retention) -> None:
    rules.add("invitations", rows_past("Invitations", Invitation, _invitation_is_over))
    rules.add("limits", rows_past("Tries to sign in", Try, lambda on: Try.at < _a_day_before(on)))
    rules.add("challenges", rows_past("Passkeys’ answers", SpentChallenge, lambda on: SpentChallenge.at < _a_day_before(on)))


def _invitation_is_over(on: date) -> ColumnElement[bool]:
    before = datetime.combine(on - timedelta(days=settings().keep.codes_days), time(), now().tzinfo)
    return Invitation.expires_at < before


def _a_day_before(on: date) -> datetime:
    """This hour and minute, the day before."""
    return datetime.combine(on, now().timetz()) - timedelta(days=1)
