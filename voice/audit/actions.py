"""Writing the record."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import func, select

from voice.audit.models import AuditRow, Seal
from voice.audit.rules import digest_of
from voice.storage import apart, commit, reads_only, session

BATCH = 1000


def record(who: uuid.UUID | None, what: str, about_kind: str, about_id: object, why: str | None = None) -> None:
    """Add a row to this act's own transaction. `why` is a reason a member of staff gave, never words of a child."""
    session().add(AuditRow(who=who, what=what, about_kind=about_kind, about_id=str(about_id), why=why))
    session().flush()


def read_raw(who: uuid.UUID, what: str, about_kind: str, about_ids: Iterable[object]) -> None:
    """Record that raw words are about to be read. Committed before they are shown, so that no reading goes unseen.

    While something is being sent (POST), this commits what the request has done so far: read first, then act.
    """
    rows = [AuditRow(who=who, what=what, about_kind=about_kind, about_id=str(each)) for each in about_ids]
    if reads_only():
        with apart() as own:
            own.add_all(rows)
    else:  # this request holds the one write lock SQLite has; a second transaction beside it would wait for itself
        session().add_all(rows)
        commit()


def seal() -> int:
    """Seal all rows since the last seal into the hash chain; the worker's job. Returns how many rows were sealed."""
    last = session().scalar(select(Seal).order_by(Seal.number.desc()).limit(1))
    newest = session().scalar(select(func.max(AuditRow.number))) or 0
    done = 0
    while (last.last_row if last else 0) < newest:
        after = last.last_row if last else 0
        rows = session().scalars(select(AuditRow).where(AuditRow.number > after).order_by(AuditRow.number).limit(BATCH)).all()
        if not rows:
            break
        last = Seal(first_row=rows[0].number, last_row=rows[-1].number, digest=digest_of(last.digest if last else "", rows))
        session().add(last)
        session().flush()
        done += len(rows)
    return done
