"""Reading the record."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from voice.audit.models import AuditRow, Seal
from voice.audit.rules import digest_of
from voice.storage import session


@dataclass(frozen=True)
class Entry:
    """One line of the record."""

    at: datetime
    who: uuid.UUID | None
    what: str
    why: str | None


def about(kind: str, id: object) -> list[Entry]:
    """What was done to one thing, oldest first."""
    rows = session().scalars(select(AuditRow).where(AuditRow.about_kind == kind, AuditRow.about_id == str(id)).order_by(AuditRow.number))
    return [Entry(row.at, row.who, row.what, row.why) for row in rows]


def broken_seal() -> int | None:
    """The number of the first seal whose rows are not what was sealed, or None where the chain is whole."""
    before = ""
    for link in session().scalars(select(Seal).order_by(Seal.number)):
        rows = session().scalars(select(AuditRow).where(AuditRow.number.between(link.first_row, link.last_row)).order_by(AuditRow.number))
        if digest_of(before, rows) != link.digest:
            return link.number
        before = link.digest
    return None


def last_of(kind: str, whats: Sequence[str], id: object = None) -> dict[str, date]:
    """By id of what it is about: the last day any of these acts was done; of one id where it is named."""
    wanted = [AuditRow.about_id == str(id)] if id else []
    rows = session().execute(
        select(AuditRow.about_id, func.max(AuditRow.at)).where(AuditRow.about_kind == kind, AuditRow.what.in_(whats), *wanted).group_by(AuditRow.about_id)
    )
    return {about_id: at.date() for about_id, at in rows}
