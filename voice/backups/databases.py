"""The database as files, and back. SQLite as one file, by VACUUM INTO while others write; PostgreSQL as one file a table, by COPY in one
transaction that sees one moment. Each comes back into its own kind, at the shape it had, and is migrated from there."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from voice.config import settings
from voice.extensions import db
from voice.storage import migrate

LITE = "voice.db"
SHAPE = "alembic_version"
READ = 1 << 16
NUMBERED = {"audit_row": "number", "audit_seal": "number", "tally_slice": "id", "uncounted_words": "id"}
"""Tables whose rows PostgreSQL numbers by itself, with the column."""


class Broken(Exception):
    """The database, or the copy of it, is damaged; the message says where."""


def write_out(folder: Path) -> dict[str, Any]:
    """Write the database into this folder. Returns its kind, its shape, and how many rows each table has."""
    if settings().is_sqlite:
        return {"kind": "sqlite", "shape": migrate.current(), "rows": _out_of_sqlite(folder / LITE)}
    return {"kind": "postgresql", "shape": migrate.current(), **_out_of_postgresql(folder)}


def read_in(folder: Path, about: dict[str, Any]) -> None:
    """Put back what `write_out` wrote, into an empty database, and bring it to today’s shape."""
    if about["kind"] == "sqlite":
        _into_sqlite(folder / LITE)
    else:
        _into_postgresql(folder, about)
    migrate.upgrade()


def make_empty() -> None:
    """Take out what a restore left that did not come to its end."""
    db.session.remove()
    if settings().is_sqlite:
        db.engine.dispose()
        for tail in ("", "-wal", "-shm"):
            _file().with_name(_file().name + tail).unlink(missing_ok=True)
    elif migrate.current() is not None:
        migrate.downgrade("base")


def is_empty() -> bool:
    """Whether there is no table but the note of the shape, or none has a row."""
    names = set(inspect(db.engine).get_table_names()) - {SHAPE}
    with db.engine.connect().execution_options(writes=False) as connection:
        return not any(connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() for name in names)  # noqa: S608  # names from the database


def count_rows() -> dict[str, int]:
    names = sorted(set(inspect(db.engine).get_table_names()) - {SHAPE})
    with db.engine.connect().execution_options(writes=False) as connection:
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}  # noqa: S608  # as above


def check() -> None:
    """
    Raises:
        Broken: SQLite finds a damaged page or a row that hangs on nothing. PostgreSQL checks both as rows come in.
    """
    if settings().is_sqlite:
        with contextlib.closing(sqlite3.connect(_file())) as connection:
            _check(connection)


def _check(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Broken(f"The database is damaged: {found}")
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Broken("The database has rows that hang on nothing.")


def _file() -> Path:
    return Path(db.engine.url.database or "")


def _out_of_sqlite(file: Path) -> dict[str, int]:
    with contextlib.closing(db.engine.raw_connection()) as raw:
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(file),))
        except sqlite3.OperationalError as wrong:  # a full disk, most often; the message is SQLite’s own and names no row
            raise OSError(f"the database could not be copied ({wrong})") from wrong
    file.chmod(0o600)
    with contextlib.closing(sqlite3.connect(file)) as copy:
        _check(copy)
        names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")]
        return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names if name != SHAPE}  # noqa: S608  # as above


def _into_sqlite(file: Path) -> None:
    db.session.remove()
    db.engine.dispose()
    for tail in ("-wal", "-shm"):
        _file().with_name(_file().name + tail).unlink(missing_ok=True)
    shutil.move(file, _file())


def _out_of_postgresql(folder: Path) -> dict[str, Any]:
    rows: dict[str, int] = {}
    columns: dict[str, list[str]] = {}
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        shape = inspect(connection)
        order = [name for name, _keys in shape.get_sorted_table_and_fkc_names() if name and name != SHAPE]
        for name in order:
            columns[name] = [column["name"] for column in shape.get_columns(name)]
            rows[name] = _copy_out(connection, name, columns[name], folder / f"{name}.copy")
    return {"order": order, "columns": columns, "rows": rows}


def _copy_out(connection: Any, table: str, columns: list[str], file: Path) -> int:
    cursor = connection.connection.cursor()
    with file.open("xb") as out, cursor.copy(f"COPY {_named(table, columns)} TO STDOUT") as pieces:
        file.chmod(0o600)
        for piece in pieces:
            out.write(piece)
    count: int = cursor.rowcount
    return count


def _into_postgresql(folder: Path, about: dict[str, Any]) -> None:
    migrate.upgrade(about["shape"])
    with db.engine.begin() as connection:
        cursor = connection.connection.cursor()
        _let_triggers_count(connection, "DISABLE")
        for table in about["order"]:
            with (folder / f"{table}.copy").open("rb") as source, cursor.copy(f"COPY {_named(table, about['columns'][table])} FROM STDIN") as copy:
                while piece := source.read(READ):
                    copy.write(piece)
        _let_triggers_count(connection, "ENABLE")
        for table, number in NUMBERED.items():
            if table in about["order"]:
                highest = f"SELECT setval(pg_get_serial_sequence('{table}', '{number}'), max({number})) FROM {table} HAVING max({number}) > 0"  # noqa: S608  # names of our own tables
                connection.execute(text(highest))


def _let_triggers_count(connection: Any, how: str) -> None:
    """What waits to be counted, or to be read, comes back as it was: a submission that is put back has not come anew."""
    ours = "tgname LIKE '%\\_to\\_count' OR tgname LIKE '%\\_in\\_line'"
    found = connection.execute(text(f"SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE {ours}"))  # noqa: S608  # nothing from outside
    for table, name in found.all():
        connection.execute(text(f'ALTER TABLE {table} {how} TRIGGER "{name}"'))


def _named(table: str, columns: list[str]) -> str:
    return '"{}" ({})'.format(table, ", ".join(f'"{each}"' for each in columns))
