"""Reading the record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

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
