"""How the application talks to its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, has_request_context, request
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.orm import Session

from voice.config import Settings
from voice.extensions import db

# FULL, because NORMAL in WAL mode syncs nothing at commit: an answer we said we have would go with the power.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=8000",
)


def install(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": not settings.is_sqlite}
    db.init_app(app)
    with app.app_context():
        _end_what_is_open(db.engine)
        if settings.is_sqlite:
            _tune_sqlite(db.engine)


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
        writes = connection.get_execution_options().get("writes") or not reads_only()
        # IMMEDIATE, because a reader that turns into a writer may be refused without waiting.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def reads_only() -> bool:
    """Whether this is a request that only asks for a page."""
    return has_request_context() and request.method in ("GET", "HEAD")


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


def scrub() -> None:
    """After an erasure: fold SQLite's write-ahead log back and empty it, so that no erased word stays in a file."""
    if db.engine.dialect.name == "sqlite":
        db.session.remove()
        raw = db.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()


def reachable() -> bool:
    """Whether the database answers."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:  # whatever is wrong with it, the answer is no
        db.session.rollback()
        return False
    return True
