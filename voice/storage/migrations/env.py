"""How Alembic reaches the database: through the running application's own engine.

One at a time: several machines that start together all migrate, and whoever comes second finds the work done. On PostgreSQL all that is to be
done is one transaction; on SQLite each revision is one, with the note of it. Whatever is killed leaves the revision it had, whole.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from voice.config import settings
from voice.extensions import db
from voice.storage.base import Moment

ALONE = 0x766F6963  # any number that is ours


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations name plain types only, so that an old one still runs when our own types have moved on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Here and on every machine that has this data folder. It ends with the process, whatever becomes of it."""
    with os.fdopen(os.open(settings().data / "migrate.lock", os.O_RDWR | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def alone_in_postgresql(connection: Connection) -> None:
    """Among all machines, until this transaction ends. For this it waits as long as it takes; for a table no longer than anybody."""
    for sentence in ("SET LOCAL lock_timeout = 0", f"SELECT pg_advisory_xact_lock({ALONE})", "SET LOCAL lock_timeout = '8s'"):
        connection.exec_driver_sql(sentence)


with alone(), db.engine.connect().execution_options(writes=True) as connection:
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True, render_item=render)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            alone_in_postgresql(connection)
        context.run_migrations()
    connection.commit()
