"""Writing the record."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, text

from voice.audit.models import AuditRow, Pruning, Seal
from voice.audit.queries import batch, due_for_pruning
from voice.audit.rules import digest_of, is_kept_long
from voice.storage import apart, commit, now, reads_only, session

BATCH = 1000


def record(who: uuid.UUID | None, what: str, about_kind: str, about_id: object, why: str | None = None) -> None:
    """Add a row to this act's own transaction. `why` is a reason a member of staff gave, never words of a child."""
    session().add(_row(who, what, about_kind, about_id, why))
    session().flush()


def read_raw(who: uuid.UUID, what: str, about_kind: str, about_ids: Iterable[object]) -> None:
    """Record that raw words are about to be read. Committed before they are shown, so that no reading goes unseen.

    While something is being sent (POST), this commits what the request has done so far: read first, then act.
    """
    rows = [_columns(who, what, about_kind, each) for each in about_ids]
    if reads_only():
        if rows:
            with apart() as own:
                own.execute(insert(AuditRow), rows)  # all at once, for nobody asks for their numbers
        return
    if rows:  # this request holds the one write lock SQLite has; a second transaction beside it would wait for itself
        session().execute(insert(AuditRow), rows)
    commit()


def seal() -> int:
    """Seal all rows since the last seal into the hash chains; the worker's job. Returns how many rows were sealed."""
    if session().get_bind().dialect.name == "postgresql":
        # A row may have its number before another is committed: wait for those being written, or a seal would miss them.
        session().execute(text("LOCK TABLE audit_row IN SHARE MODE"))
    return _seal(True) + _seal(False)


def prune(long_before: datetime, short_before: datetime, most: int) -> int:
    """Let go of batches that were sealed before these moments, the oldest first, until about `most` rows went.
    Their seals stay. Returns how many rows went."""
    gone = 0
    for link in due_for_pruning(long_before, short_before):
        if gone >= most:
            break
        gone += _let_go(link)
    return gone


def _row(who: uuid.UUID | None, what: str, about_kind: str, about_id: object, why: str | None = None) -> AuditRow:
    return AuditRow(**_columns(who, what, about_kind, about_id), why=why)


def _columns(who: uuid.UUID | None, what: str, about_kind: str, about_id: object) -> dict[str, Any]:
    return {"who": who, "what": what, "about_kind": about_kind, "about_id": str(about_id), "is_long": is_kept_long(what, about_kind)}


def _seal(of_long: bool) -> int:
    last = session().scalar(select(Seal).where(or_(Seal.of_long.is_(of_long), Seal.of_long.is_(None))).order_by(Seal.number.desc()).limit(1))
    done = 0
    while True:
        after = last.last_row if last else 0
        new = select(AuditRow).where(AuditRow.number > after, AuditRow.is_long.is_(of_long))
        rows = session().scalars(new.order_by(AuditRow.number).limit(BATCH)).all()
        if not rows:
            return done
        digest = digest_of(last.digest if last else "", rows)
        last = Seal(first_row=rows[0].number, last_row=rows[-1].number, digest=digest, of_long=of_long, sealed_at=now())
        session().add(last)
        session().flush()
        done += len(rows)


def _let_go(link: Seal) -> int:
    rows, newest = session().execute(batch(link).with_only_columns(func.count(), func.max(AuditRow.at)).order_by(None)).one()
    session().add(Pruning(seal_number=link.number, rows=rows, newest_at=newest or link.sealed_at))
    session().flush()
    session().execute(delete(AuditRow).where(AuditRow.number.in_(batch(link).with_only_columns(AuditRow.number))))
    return int(rows)
