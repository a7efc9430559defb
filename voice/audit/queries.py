"""Reading the record."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select

from voice.audit.models import AuditRow, Pruning, Seal
from voice.audit.rules import digest_of
from voice.storage import session


@dataclass(frozen=True)
class Pruned:
    """What is no longer in the record because its time was over."""

    seals: int
    rows: int
    newest: datetime | None  # of those rows


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


def in_the_long_record() -> Select[uuid.UUID | None]:
    """Members who did something that is kept as long as records of safeguarding are, for other rooms’ queries."""
    return select(AuditRow.who).where(AuditRow.is_long, AuditRow.who.is_not(None)).distinct()


def broken_seal(after: int = 0) -> int | None:
    """The number of the first seal (later than `after`) whose rows are not what was sealed, or None where both chains are whole.

    A batch whose time was over has no rows to hold against its seal; the seal after it still rests on it. Only the oldest of a chain may be gone.
    """
    before: dict[bool | None, str] = {}
    pruned = set(session().scalars(select(Pruning.seal_number)))
    has_rows: set[bool | None] = set()
    for link in session().scalars(select(Seal).order_by(Seal.number)):
        if link.number in pruned:
            if link.of_long in has_rows or session().scalar(batch(link).limit(1)):
                return link.number
        else:
            has_rows.add(link.of_long)
            if link.number > after and digest_of(before.get(link.of_long, before.get(None, "")), session().scalars(batch(link))) != link.digest:
                return link.number
        before[link.of_long] = link.digest
    return None


def pruned() -> Pruned:
    """How much of the record was let go when its time was over."""
    seals, rows, newest = session().execute(select(func.count(), func.coalesce(func.sum(Pruning.rows), 0), func.max(Pruning.newest_at))).one()
    return Pruned(seals, int(rows), newest)


def batch(link: Seal) -> Select[AuditRow]:
    """The rows under one seal, in their order."""
    rows = select(AuditRow).where(AuditRow.number.between(link.first_row, link.last_row)).order_by(AuditRow.number)
    return rows if link.of_long is None else rows.where(AuditRow.is_long.is_(link.of_long))


def due_for_pruning(long_before: datetime, short_before: datetime, most: int = 1000) -> list[Seal]:
    """Batches that were sealed before their chain’s moment, the oldest of each chain first; at most so many of each. The batch with
    the newest row of all stays whatever its age, so that no number is given twice."""
    newest = session().scalar(select(func.max(AuditRow.number))) or 0
    left = select(Seal).where(Seal.number.not_in(select(Pruning.seal_number)), Seal.last_row < newest).order_by(Seal.number).limit(most)
    found: list[Seal] = []
    for of_long, before in ((None, long_before), (True, long_before), (False, short_before)):
        young = select(func.min(Seal.number)).where(Seal.of_long.is_(of_long), Seal.sealed_at >= before)
        first_young = session().scalar(young)
        mine = left.where(Seal.of_long.is_(of_long), Seal.sealed_at < before)
        found += session().scalars(mine if first_young is None else mine.where(Seal.number < first_young))
    return found


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
