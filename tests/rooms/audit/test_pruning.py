"""The record when its time is over: whole sealed batches go by one way, what is left is still proved, a changed byte is still found."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from voice import audit, storage
from voice.audit import actions
from voice.audit.models import AuditRow, Pruning, Seal
from voice.audit.rules import is_kept_long
from voice.extensions import db

WHO = uuid.UUID(int=5)
LONG, SHORT = timedelta(days=6 * 365), timedelta(days=2 * 365)
NOW = datetime(2030, 2, 28, 12, tzinfo=UTC)


def written(*rows: tuple[str, str, timedelta]) -> None:
    """A sealed batch of rows: what, about which kind, how long ago."""
    for what, kind, ago in rows:
        long = is_kept_long(what, kind)
        storage.session().add(AuditRow(who=WHO, what=what, about_kind=kind, about_id="x", at=NOW - ago, is_long=long))
        storage.session().flush()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "now", lambda: NOW - min(ago for _what, _kind, ago in rows))
        audit.seal()
    storage.commit()


def years(count: float) -> timedelta:
    return timedelta(days=365.25 * count)


def pruned(most: int = 10_000) -> int:
    gone = audit.prune(NOW - LONG, NOW - SHORT, most)
    storage.commit()
    return gone


def left() -> list[str]:
    return list(storage.session().scalars(select(AuditRow.what).order_by(AuditRow.number)))


def tampered(act: str, table: str = "audit_row") -> None:
    """As somebody would who has the database itself in their hands: past the triggers."""
    storage.session().rollback()
    with db.engine.begin() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
            connection.execute(text(act))
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER ALL"))
            return
        triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t"), {"t": table}).all()
        for name, _sql in triggers:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(act))
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)


def three_batches() -> None:
    written(("read raw", "view", years(7)), ("read concern", "concern", years(7)), ("cleared", "view", years(7)))
    written(("published", "answer", years(3)), ("concern closed", "concern", years(3)))
    written(("signed in", "member", years(1)))


def test_safeguarding_reads_stay_six_years_and_others_two(app: Flask) -> None:
    three_batches()
    assert pruned() == 4
    assert left() == ["concern closed", "signed in"]
    assert audit.broken_seal() is None
    told = audit.pruned()
    assert (told.seals, told.rows, told.newest) == (3, 4, NOW - years(3))
    assert pruned() == 0


def test_it_goes_on_after_rows_went(app: Flask) -> None:
    three_batches()
    pruned()
    written(("cleared", "view", timedelta()))
    assert audit.broken_seal() is None
    assert left()[-1] == "cleared"


def test_a_batch_with_one_young_row_stays_whole(app: Flask) -> None:
    written(("cleared", "view", years(5)), ("redacted", "view", years(1.9)))
    written(("signed in", "member", timedelta()))
    assert pruned() == 0


def test_so_many_rows_at_a_time(app: Flask) -> None:
    for _ in range(5):
        written(("cleared", "view", years(3)), ("redacted", "view", years(3)))
    written(("signed in", "member", timedelta()))
    assert [pruned(most=3) for _ in range(4)] == [4, 4, 2, 0]


def test_the_newest_row_stays_however_old(app: Flask) -> None:
    written(("cleared", "view", years(9)))
    assert pruned() == 0
    written(("cleared", "view", years(9)))
    assert pruned() == 1
    storage.session().add(AuditRow(who=WHO, what="new", about_kind="view", about_id="x"))
    storage.commit()
    assert storage.session().scalar(select(func.max(AuditRow.number))) == 3


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE audit_row SET why = 'x' WHERE what = 'signed in'",
        "UPDATE audit_row SET is_long = (is_long = false) WHERE what = 'concern closed'",
        "DELETE FROM audit_row WHERE what = 'concern closed'",
    ],
)
def test_a_changed_byte_is_found_after_rows_went(app: Flask, act: str) -> None:
    three_batches()
    pruned()
    tampered(act)
    assert audit.broken_seal() is not None


def test_a_changed_seal_of_rows_that_went_is_found(app: Flask) -> None:
    three_batches()
    pruned()
    tampered("UPDATE audit_seal SET digest = 'x' WHERE number = (SELECT max(seal_number) FROM audit_pruning)", "audit_seal")
    assert audit.broken_seal() is not None


def test_rows_go_by_no_other_way(app: Flask) -> None:
    three_batches()
    pruned()
    for act in ("DELETE FROM audit_row", "DELETE FROM audit_seal", "DELETE FROM audit_pruning", "UPDATE audit_pruning SET rows = 0"):
        with pytest.raises(Exception, match="only added to"), db.engine.begin() as connection:
            connection.execute(text(act))


def test_a_young_batch_let_go_out_of_turn_is_found(app: Flask) -> None:
    """Whoever writes the row that lets rows go leaves it there, and what is older than it tells on them."""
    for _ in range(3):
        written(("cleared", "view", years(1)))
    second = storage.session().scalars(select(Seal.number).order_by(Seal.number)).all()[1]
    storage.session().add(Pruning(seal_number=second, rows=1, newest_at=NOW))
    storage.commit()
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_row WHERE number = 2"))
    assert audit.broken_seal() == second
