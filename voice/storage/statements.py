"""Which tables a statement reads and which it writes, by its text."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from voice.extensions import db

WITHOUT_EFFECT: Final = frozenset(
    ("SELECT", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET", "SHOW", "EXPLAIN", "VALUES", "LISTEN", "NOTIFY", "ANALYZE")
)
_TARGET: Final = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM)\s+(?:ONLY\s+)?\"?(\w+)", re.IGNORECASE)
_WRITES: Final = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)
_UPSERT: Final = re.compile(r"\bDO\s+UPDATE\b|^INSERT\s+OR\b", re.IGNORECASE)
_RETURNS: Final = re.compile(r"\bRETURNING\b", re.IGNORECASE)


BY_TRIGGERS: Final = {"in_line": frozenset(("reading", "screening", "set_aside", "sorting", "view"))}
"""Tables that triggers of the database write, and the tables these stand on: no statement of ours tells of the first, only of the others."""


@dataclass(frozen=True, slots=True)
class Told:
    """`read`: every table it names. `added`: only new rows came into these; `changed`: rows were changed or taken away, or nobody can tell.
    `counts`: the driver says afterwards how many rows it met, so that one that met none changed nothing."""

    read: frozenset[str]
    added: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    counts: bool = False


NOTHING: Final = frozenset[str]()


@functools.lru_cache(maxsize=4096)
def told(statement: str) -> Told:
    """Rather too much than too little: a name counts wherever it stands, and a statement we cannot read changes all it names."""
    named = frozenset(_names().findall(statement))
    named = named.union(*(BY_TRIGGERS[each] for each in named & BY_TRIGGERS.keys()))
    verb = statement.lstrip().partition(" ")[0].upper()
    if verb in WITHOUT_EFFECT or (verb == "WITH" and not _WRITES.search(statement)):
        return Told(named)
    target = _TARGET.match(statement.lstrip())
    if target is None:
        return Told(named, changed=_with_all_that_goes(named))
    act, table, counts = target[1].upper(), frozenset((target[2],)), not _RETURNS.search(statement)
    if act == "INSERT INTO" and not _UPSERT.search(statement):
        return Told(named, added=table, counts=counts)
    return Told(named, changed=_with_all_that_goes(table) if act == "DELETE FROM" else table, counts=counts)


@functools.cache
def _names() -> re.Pattern[str]:
    """Every table we have. A column of the same name behind a dot is no table, but its table is named elsewhere in the statement."""
    return re.compile(r"(?<![\w.])(?:" + "|".join(sorted(map(re.escape, db.metadata.tables), key=len, reverse=True)) + r")(?!\w)")


@functools.cache
def _goes_with() -> dict[str, frozenset[str]]:
    """For each table, those whose rows the database itself takes out, or changes, where one of its rows goes."""
    found: dict[str, frozenset[str]] = {}
    for table in db.metadata.tables.values():
        for key in table.foreign_keys:
            if key.ondelete:
                above = key.column.table.name
                found[above] = found.get(above, NOTHING) | {table.name}
    return found


def _with_all_that_goes(tables: frozenset[str]) -> frozenset[str]:
    reached, more = tables, tables
    while more:
        more = frozenset(each for table in more for each in _goes_with().get(table, NOTHING)) - reached
        reached |= more
    return reached
