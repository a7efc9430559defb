"""Rows that hang on a submission, in every table there is or will be: found from the tables themselves, and made with a canary in each text."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer, LargeBinary, String, Table, Uuid, select
from sqlalchemy.exc import IntegrityError

from voice import storage
from voice.extensions import db

# What a row needs beside a canary in each of its texts, where the table only lets some values in.
NEEDS: dict[str, dict[str, Any]] = {
    "contact_try": {"outcome": "reached"},
    "pair_mark": {"moment": "before"},
    "picture": {"kind": "photo", "scanned": "clean", "file": "0" * 30},
    "picture_look": {"decision": "withheld"},
    "pledge": {"kind": "drawing", "grown_up_hash": None, "is_under_13": True, "words_agreed_on": storage.today()},
    "reading": {"decision": "redacted"},
    "set_aside": {"judged_on": storage.today(), "is_real": False},
    "sender_mark": {"mark": "fair"},
    "sender_said": {"question": "helped", "said": "not_sure"},
    "tone": {"tone": "mixed"},
    "translation": {"method": "person"},
    "wish": {"door": "contact"},
}
# Holds ids of what was taken back, and nothing of it: the record that it was.
KEEPS_IDS = {"audit_row"}
ROOTS = ("submission", "view")


def hanging() -> list[Table]:
    """Tables with a row of a submission or a view, or of what hangs on one, in an order in which rows can be made."""
    found = {name: db.metadata.tables[name] for name in ROOTS}
    for table in (*db.metadata.sorted_tables, *db.metadata.sorted_tables):
        # What hangs on a screening is of a concern, and outlives what was sent with it as was said beforehand.
        on = {key.column.table.name for key in table.foreign_keys}
        if ("screening" not in on and on & set(found)) or _named_so(table):
            found[table.name] = table
    return [table for table in db.metadata.sorted_tables if table.name in found and table.name not in ROOTS]


def _named_so(table: Table) -> bool:
    """A column may hold such an id without a key to it (a review’s id is none)."""
    return any(column.name == "view_id" or column.name.endswith(("_view_id", "submission_id")) for column in table.columns)


def fill(submission_id: uuid.UUID, view_id: uuid.UUID, canary: str) -> set[str]:
    """A row in each hanging table, or canaries in the one that is there. Returns the names of the tables."""
    given: dict[str, dict[str, Any]] = {"submission": {"id": submission_id}, "view": {"id": view_id}}
    for table in hanging():
        row = dict(_row(table, given, f"{canary}-{table.name}"))
        given[table.name] = row
        there = _update(table, row)
        if there is None:
            _insert(table, row)
        else:
            given[table.name] = there
    storage.commit()
    return {table.name for table in hanging()}


def _row(table: Table, given: dict[str, dict[str, Any]], canary: str) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        key = next(iter(column.foreign_keys), None)
        if column.name in NEEDS.get(table.name, {}):
            yield column.name, NEEDS[table.name][column.name]
        elif key is not None and key.column.table.name in given:
            yield column.name, given[key.column.table.name].get(key.column.name)
        elif key is not None:
            yield column.name, storage.session().scalar(select(key.column).limit(1))
        elif isinstance(column.type, Uuid) and column.name.endswith("submission_id"):
            yield column.name, given["submission"]["id"]
        elif isinstance(column.type, Uuid) and (column.name == "view_id" or column.name.endswith("_view_id")):
            yield column.name, given["view"]["id"]
        else:
            yield from _plain(column, canary)


def _plain(column: Column[Any], canary: str) -> Iterator[tuple[str, Any]]:
    kind = column.type
    if isinstance(kind, JSON):
        yield column.name, [{"words": canary}]
    elif isinstance(kind, LargeBinary):
        yield column.name, canary.encode()
    elif isinstance(kind, String):
        yield column.name, canary
    elif isinstance(kind, Uuid):
        yield column.name, uuid.uuid4()
    elif not column.nullable:
        made: dict[type, Any] = {Boolean: False, Integer: 1, Float: 1.0, Date: storage.today(), DateTime: storage.now()}
        yield column.name, next((value for known, value in made.items() if isinstance(getattr(kind, "impl", kind), known)), None)


def _update(table: Table, row: dict[str, Any]) -> dict[str, Any] | None:
    """Put the canaries into the row that is there, and say what identifies it; what it needs to be what it is stays. None: there is none."""
    ours = [column for column in table.columns if any(key.column.table.name in ROOTS for key in column.foreign_keys)]
    here = [column == row[column.name] for column in ours]
    found = storage.session().execute(select(*table.primary_key.columns).where(*here)).first() if here else None
    if found is None:
        return None
    texts = {name: value for name, value in row.items() if isinstance(value, str | list) and name not in NEEDS.get(table.name, {})}
    for name, value in texts.items():
        try:
            with storage.session().begin_nested():
                storage.session().execute(table.update().where(*here).values({name: value}))
        except IntegrityError:
            continue  # a column that only lets some values in holds no words
    return {**row, **found._mapping}


def _insert(table: Table, row: dict[str, Any]) -> None:
    try:
        with storage.session().begin_nested():
            storage.session().execute(table.insert().values(row))
    except IntegrityError as refused:
        raise AssertionError(f"Say in NEEDS of {__name__} what a row of {table.name} needs: {refused.orig}") from refused
