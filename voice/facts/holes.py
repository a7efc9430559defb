"""What runs and is written down nowhere, or is written down and does not run. Nothing may be: facts with a hole are no facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import yaml
from flask import Flask, current_app
from sqlalchemy import MetaData, inspect

from voice.extensions import db
from voice.facts.declared import EVERYONE, MATRIX, NOBODY, Column, DataMap, Table, data_map
from voice.facts.words import help_entries, help_words_of
from voice.identity.rules import ROLES
from voice.retention import retention_of


class Missing(Exception):
    """Something has no entry; the message names it."""


def missing(app: Flask | None = None) -> list[str]:
    """Every hole, a sentence each; none where all is written down."""
    app = app or current_app._get_current_object()  # type: ignore[attr-defined]  # werkzeug's proxy knows it
    return [
        *_undeclared(data_map(), db.metadata, retention_of(app).all()),
        *_unexpected_tables(db.metadata),
        *pages_undecided(app),
        *words_unapproved(),
    ]


def _undeclared(declared: DataMap, metadata: MetaData, rules: Collection[str]) -> Iterator[str]:
    """What differs between the data map and the schema."""
    yield from columns_undeclared(declared, metadata)
    for table in declared.tables.values():
        if table.name in metadata.tables:
            entries: list[Table | Column] = [table, *table.columns.values()]
            for each in entries:
                yield from _unclear(table, each, metadata, rules)


def columns_undeclared(declared: DataMap, metadata: MetaData) -> Iterator[str]:
    """Tables and columns without an entry, and entries without a table or column."""
    for name in sorted(metadata.tables.keys() | declared.tables.keys()):
        there = set(metadata.tables[name].columns.keys()) if name in metadata.tables else set()
        said = set(declared.tables[name].columns) if name in declared.tables else set()
        if not there or not said:
            yield f"data_map.yaml has no entry for the table {name}." if there else f"data_map.yaml speaks of a table {name} that is not there."
            continue
        yield from (f"data_map.yaml has no entry for the column {name}.{column}." for column in sorted(there - said))
        yield from (f"data_map.yaml speaks of a column {name}.{column} that is not there." for column in sorted(said - there))


def _unclear(table: Table, entry: Table | Column, metadata: MetaData, rules: Collection[str]) -> Iterator[str]:
    """Readers who are no role, and an end that never comes."""
    place = table.name if entry is table else f"{table.name}.{entry.name}"
    unknown = set(entry.readers) - {*ROLES, EVERYONE, NOBODY}
    if unknown or not entry.readers:
        yield f"data_map.yaml: {place} is read by {', '.join(sorted(unknown)) or 'no one named'}, which is no role."
    if not _has_an_end(table.name, entry.ends, metadata, rules):
        yield f"data_map.yaml: {place} ends “{entry.ends}”, which is no rule of retention, no row it goes with, and no sentence."


def _has_an_end(table: str, ends: str, metadata: MetaData, rules: Collection[str]) -> bool:
    how, _, what = ends.partition(" ")
    if how == "rule":
        return what in rules
    if how == "with":
        return any(key.column.table.name == what and key.ondelete == "CASCADE" for key in metadata.tables[table].foreign_keys)
    return how == "otherwise:" and len(what) > len("stays")


def _unexpected_tables(metadata: MetaData) -> Iterator[str]:
    """What the database itself holds and no model knows."""
    found = set(inspect(db.engine).get_table_names()) - set(metadata.tables) - {"alembic_version"}
    yield from (f"The database has a table {name} that the application does not know." for name in sorted(found))


def pages_undecided(app: Flask) -> Iterator[str]:
    """Pages that nobody decided about (docs/who-may-do-what.yaml)."""
    decided: dict[str, Any] = yaml.safe_load(MATRIX.read_text(encoding="utf-8")) if MATRIX.exists() else {}
    if not decided:
        yield f"{MATRIX.name} is not beside the application: nobody can say who may open which page."
        return
    served = {rule.rule for rule in app.url_map.iter_rules()}
    yield from (f"{MATRIX.name} has no entry for the page {page}." for page in sorted(served - decided.keys()))


def words_unapproved() -> Iterator[str]:
    """Words about help and safety that stand in no list of words to approve."""
    listed = {each.words for each in help_entries()}
    spoken = help_words_of()
    yield from (f"help_words.yaml has no entry for “{words}”." for words in sorted(spoken - listed))
    yield from (f"help_words.yaml speaks of words that no page says: “{words}”." for words in sorted(listed - spoken))
