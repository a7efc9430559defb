"""The database: whether it answers, has the right shape, is whole, and keeps what it said it keeps."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from voice.config import settings
from voice.doctoring import rules
from voice.doctoring.findings import Finding, broken, ok
from voice.extensions import db
from voice.storage import most_connections, now
from voice.storage.migrate import current, pinned_head

PRAGMAS = ("journal_mode", "synchronous", "foreign_keys")
ASKED = ("synchronous_commit", *rules.SAFE, *rules.WORDLESS)


def shape() -> Iterator[Finding]:
    about, found = "the shape of the database", current()
    if found == pinned_head():
        yield ok(about, f"{found}, as this version expects")
    else:
        do = "Make a backup, then run: voice migrate. If an older version was put back, put the newer one back instead."
        yield broken(about, f"{found or 'none'}, and this version expects {pinned_head()}", do)


def sqlite() -> Iterator[Finding]:
    if not settings().is_sqlite:
        return
    file = Path(db.engine.url.database or "")
    log = file.with_name(file.name + "-wal")
    with contextlib.closing(db.engine.raw_connection()) as raw:
        told = {name: raw.cursor().execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    yield from rules.sqlite(told, log.stat().st_size if log.exists() else 0)


def whole(*, thorough: bool) -> Iterator[Finding]:
    """SQLite’s own look at its pages; `thorough` also at whether indexes agree with rows."""
    if not settings().is_sqlite:
        return
    begun = time.monotonic()
    with contextlib.closing(db.engine.raw_connection()) as raw:
        said = raw.cursor().execute("PRAGMA integrity_check(1)" if thorough else "PRAGMA quick_check(1)").fetchone()[0]
        hanging = thorough and raw.cursor().execute("PRAGMA foreign_key_check").fetchone()
    about, took = "the database is whole", f"{time.monotonic() - begun:.1f} s"
    if said != "ok" or hanging:
        do = (
            "Keep people out (voice mending on), copy the data folder away, and restore the "
            "newest backup (docs/running.md). Then ask whose disk it was."
        )
        yield broken(about, "it is damaged", do)
    else:
        yield ok(about, f"looked through {'thoroughly ' if thorough else ''}in {took}")


def postgres() -> Iterator[Finding]:
    if settings().is_sqlite:
        return
    with db.engine.connect() as connection:
        told = {name: connection.execute(text(f"SHOW {name}")).scalar_one() for name in ASKED}
        most = int(connection.execute(text("SHOW max_connections")).scalar_one())
        used = connection.execute(text("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")).scalar_one()
        version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
        theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    yield from rules.postgres(told)
    yield rules.postgres_log(told)
    yield rules.connections(most, used, settings().processes * most_connections(settings()))
    yield rules.server_version(version)
    yield rules.clocks("the database", (now() - theirs).total_seconds())
