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


def broken_seal(after: int = 0) -> int | None:
    """The number of the first seal (later than `after`) whose rows are not what was sealed, or None where the chain is whole."""
    before = session().scalar(select(Seal.digest).where(Seal.number == after)) or ""
    for link in session().scalars(select(Seal).where(Seal.number > after).order_by(Seal.number)):
        rows = session().scalars(select(AuditRow).where(AuditRow.number.between(link.first_row, link.last_row)).order_by(AuditRow.number))
        if digest_of(before, rows) != link.digest:
            return link.number
        before = link.digest
    return None


def last_of(kind: str, whats: Sequence[str], id: object = None) -> dict[str, date]:
    """By id of what it is about: the last day any of these acts was done; of one id where it is named."""
    wanted = [AuditRow.about_id == str(id)] if id else []
    latest = select(AuditRow.about_id, func.max(AuditRow.at)).where(AuditRow.about_kind == kind, AuditRow.what.in_(whats), *wanted)
    return {about_id: at.date() for about_id, at in session().execute(latest.group_by(AuditRow.about_id))}


@dataclass(frozen=True)
class Line:
    """One row of the record with what it is about: ids alone."""

    number: int
    at: datetime
    who: uuid.UUID | None
    what: str
    about_kind: str
    about_id: str
    why: str | None


def lines(
    *, who: uuid.UUID | None = None, whats: Sequence[str] = (), kinds: Sequence[str] = (), before: int | None = None, most: int = 50
) -> list[Line]:
    """The record, newest first: of one member, of some acts, about some kinds of things, older than a number."""
    wanted = [
        *([AuditRow.who == who] if who else []),
        *([AuditRow.what.in_(whats)] if whats else []),
        *([AuditRow.about_kind.in_(kinds)] if kinds else []),
        *([AuditRow.number < before] if before else []),
    ]
    rows = session().scalars(select(AuditRow).where(*wanted).order_by(AuditRow.number.desc()).limit(most))
    return [Line(row.number, row.at, row.who, row.what, row.about_kind, row.about_id, row.why) for row in rows]


def acts() -> list[str]:
    """Every act that is on record, by its name."""
    return list(session().scalars(select(AuditRow.what).distinct().order_by(AuditRow.what)))


def per_day(whats: Sequence[str], since: datetime) -> dict[tuple[date, uuid.UUID], int]:
    """How often each member did any of these acts on each day (UTC) since a moment."""
    day = func.date(AuditRow.at)
    theirs = select(day, AuditRow.who, func.count()).where(AuditRow.what.in_(whats), AuditRow.who.is_not(None), AuditRow.at >= since)
    return {(date.fromisoformat(str(on)), who): count for on, who, count in session().execute(theirs.group_by(day, AuditRow.who)) if who}


@dataclass(frozen=True)
class Chain:
    """How the seals stand."""

    broken: int | None  # the number of the first seal that does not fit
    rows: int  # of the record
    unsealed: int  # rows that no seal covers yet: a worker seals them within a minute
    sealed_at: datetime | None  # the last time


def chain(newest: int | None = None) -> Chain:
    """Hold the seals against their rows: all of them, or only the newest so many."""
    last = session().scalar(select(Seal).order_by(Seal.number.desc()).limit(1))
    top = session().scalar(select(func.max(AuditRow.number))) or 0
    after = max(0, last.number - newest) if last and newest else 0
    return Chain(broken_seal(after), top, top - (last.last_row if last else 0), last.sealed_at if last else None)
