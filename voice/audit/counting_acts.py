"""How often something was done, and by whom: acts of staff, never of children."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from voice.audit.models import AuditRow
from voice.storage import session


def acts_since(since: datetime, whats: Collection[str]) -> dict[tuple[str, uuid.UUID | None], int]:
    """How often each of these acts was done, by whom (None: the machine or a command), since a moment."""
    rows = select(AuditRow.what, AuditRow.who, func.count()).where(AuditRow.at >= since, AuditRow.what.in_(whats))
    return {(what, who): count for what, who, count in session().execute(rows.group_by(AuditRow.what, AuditRow.who))}
