"""How long we know how to reach someone. While we do, nothing of what they sent goes: nobody’s call for help runs out."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Select, select

from voice.contacting.actions import wipe_due
from voice.contacting.models import ContactRequest
from voice.keeping import Rule
from voice.retention import Retention


def add_rules(rules: Retention) -> None:
    rules.add("contact details", Rule("How to reach someone", lambda on: wipe_due(on, dry=True), lambda on, _most: _wipe(on)))


def somebody_to_reach() -> Select[uuid.UUID]:
    """Submissions whose sender we can still reach."""
    return select(ContactRequest.submission_id).where(ContactRequest.sealed.is_not(None))


def _wipe(on: date) -> int:
    return wipe_due(on)
