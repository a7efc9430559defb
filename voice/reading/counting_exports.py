"""How words left as files: acts of staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select

from voice.reading.models import RawExport
from voice.storage import session


@dataclass(frozen=True)
class Exports:
    """Requests for words as a file since a moment, and what became of them."""

    asked: int
    said_yes: int
    said_no: int
    taken: int
    approvers: int  # different people who said yes


def exports_since(since: datetime) -> Exports:
    row = RawExport
    counts = select(
        func.count(),
        func.count().filter(row.said_yes.is_(True)),
        func.count().filter(row.said_yes.is_(False)),
        func.count(row.taken_at),
        func.count(distinct(row.answered_by)).filter(row.said_yes.is_(True)),
    ).where(row.asked_at >= since)
    return Exports(*session().execute(counts).one())
