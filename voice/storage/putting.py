"""Rows of what young people send, put in without the ORM's bookkeeping: on this one path it would be most of the time (docs/performance.md).

Everything else goes through the session, and so may what comes after in the same transaction: the rows are there.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from voice.config import settings
from voice.storage.base import Model
from voice.storage.session import session


def put(model: type[Model], *rows: Mapping[str, Any], on: Connection | None = None) -> None:
    """Put rows into the table of this model, each with the same columns; the others get what the model says. Part of the session's
    transaction, after all that it has still to write. `on`: what `connection` gave a moment ago."""
    if rows:
        (on or connection()).execute(_insert(_table(model)), list(rows))


def put_once(model: type[Model], row: Mapping[str, Any], on: Connection | None = None) -> bool:
    """Put in one whole row, all columns named, unless one that must be the only one of its kind is there. Whether it was put in. Where
    another transaction puts in the same just now, this waits for how that ends."""
    statement = _insert_once(_table(model), settings().is_sqlite)
    return (on or connection()).execute(statement, row, execution_options={"preserve_rowcount": True}).rowcount == 1


def connection() -> Connection:
    """The connection of the session's transaction, on which all that the session was told is written."""
    own = session()
    own.flush()
    return own.connection()


def _table(model: type[Model]) -> Table:
    return cast(Table, model.__table__)


@functools.cache
def _insert(table: Table) -> Insert:
    return insert(table)


@functools.cache
def _insert_once(table: Table, is_sqlite: bool) -> Insert:
    return sqlite.insert(table).on_conflict_do_nothing() if is_sqlite else postgresql.insert(table).on_conflict_do_nothing()
