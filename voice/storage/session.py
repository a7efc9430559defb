"""How the application talks to its database."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from voice.config import Settings, settings
from voice.extensions import db
from voice.storage import changes
from voice.storage.reads import reads_only
from voice.storage.writers import Writer

# FULL, because NORMAL in WAL mode syncs nothing at commit: an answer we said we have would go with the power.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=8000",
)

# PostgreSQL across a line that may die without a word. Without these a request waits for ever for a lock that nobody gives back, or minutes for a
# machine that is gone; whoever sent something sits before a page that does not come. Times in seconds, but where the name says otherwise.
ACROSS_A_LINE: Mapping[str, Any] = {
    "pool_pre_ping": True,
    "pool_timeout": 10,
    "connect_args": {
        "connect_timeout": 5,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,  # milliseconds
    },
}
WAITS_FOR_A_LOCK = "SET lock_timeout = '8s'"  # as busy_timeout above


def install(app: Flask, told: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = told.database_url
    own: Mapping[str, Any] = {"connect_args": {"factory": Writer}} if told.is_sqlite else ACROSS_A_LINE
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True, "pool_size": told.threads + 2, "max_overflow": told.threads, **own}
    db.init_app(app)
    with app.app_context():
        _end_what_is_open(db.engine)
        if told.is_sqlite:
            _tune_sqlite(db.engine)
        else:
            _tune_postgresql(db.engine)
        changes.install(app, told)


def most_connections(told: Settings) -> int:
    """How many a process takes at most: a thread has one, and a second while it looks `elsewhere`; the worker and whoever listens have theirs."""
    return 2 * told.threads + 3


def _end_what_is_open(engine: Engine) -> None:
    """A commit that fails (a full disk, a lost line) leaves its transaction open, and SQLAlchemy gives the connection back as it is: on
    SQLite it would keep the one write lock, and nobody could send anything until the next start."""

    @event.listens_for(engine, "checkin")
    def given_back(connection: Any, record: Any) -> None:
        if connection is None:  # it was thrown away already
            return
        try:
            connection.rollback()
        except Exception as broken:  # a line that is dead is not lent again
            record.invalidate(broken)


def _tune_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and too weak
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", not reads_only()):
            _take_turn(connection)
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # because a reader that turns into a writer may be refused without waiting
        else:
            connection.exec_driver_sql("BEGIN")


def _tune_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:  # not as an option of the connection: not every pooler in between lets one pass
            cursor.execute(WAITS_FOR_A_LOCK)
        connection.commit()


def _take_turn(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    try:
        driver.take_turn()
    except sqlite3.OperationalError as busy:
        raise OperationalError("BEGIN IMMEDIATE", None, busy) from busy


def session() -> Session:
    """This request's session."""
    return db.session()


def commit() -> None:
    """The end of one act. Only pages, commands and workers call this."""
    db.session.commit()


@contextmanager
def apart() -> Iterator[Session]:
    """A short transaction of its own, committed at the end: for what must stand whatever becomes of the request."""
    with db.engine.connect().execution_options(writes=True) as connection, Session(connection) as own:
        yield own
        own.commit()


def glance() -> Callable[[], AbstractContextManager[Connection]]:
    """A way to read for a moment, apart from the request and after it as well: for files that are written piece by piece while they are
    sent. Between two pieces nobody waits for the one lock on writing, and nothing keeps an erased word in the database’s log."""
    engine = db.engine

    @contextmanager
    def look() -> Iterator[Connection]:
        with engine.connect().execution_options(writes=False) as connection:
            yield connection

    return look


def scrub_soon() -> None:
    """Before an erasure is committed: leave a note that the database’s log must be emptied, so that the worker does it should this
    process end too early or somebody read too long."""
    if settings().is_sqlite:
        _note().touch()


def scrub() -> bool:
    """After an erasure: fold SQLite’s write-ahead log back and empty it, so that no erased word stays in a file. Whether it is empty:
    a reader may hold it, and the worker then tries again. On PostgreSQL the log ages out (docs/retention.md)."""
    if not settings().is_sqlite:
        return True
    db.session.remove()
    seen = _noted()
    busy = not _emptied()
    if busy:
        with contextlib.suppress(OSError):  # a full disk; the note made beforehand is there
            _note().touch()
    elif seen == _noted():  # else somebody erased meanwhile
        _note().unlink(missing_ok=True)
    return not busy


def _emptied() -> bool:
    """What was erased is erased whatever becomes of this: a disk that fails now must not say that it was not."""
    try:
        with contextlib.closing(db.engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute("PRAGMA busy_timeout=1000")  # while it waits nobody can write
            try:
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                cursor.execute("PRAGMA busy_timeout=8000")
    except (sqlite3.Error, SQLAlchemyError):
        return False
    return not busy


def scrub_if_due() -> int:
    """The worker’s part: how many logs it emptied."""
    return int(_noted() is not None and scrub())


def _note() -> Path:
    return settings().data / "scrub.due"


def _noted() -> int | None:
    """When somebody last asked for the log to be emptied (nanoseconds), or None."""
    try:
        return _note().stat().st_mtime_ns
    except FileNotFoundError:
        return None


def reachable() -> bool:
    """Whether the database answers."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:  # whatever is wrong with it, the answer is no
        db.session.rollback()
        return False
    return True
