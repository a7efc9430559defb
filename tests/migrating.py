"""Awkward rows for a database of any revision, made from its own tables: what a column may hold is read from its type, its checks and its keys, so
that a new migration needs no new line here. And every row of it as text, to hold two moments against each other."""

from __future__ import annotations

import hashlib
import json
import random
import re
import sqlite3
import string
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import ReflectedColumn

SHAPE: Final = "alembic_version"
MANY: Final = {"submission": 0.22, "view": 0.3, "screening": 0.08, "pledge": 0.04}
"""Which part of all rows are a child’s; the rest is shared out among the other tables."""
NEVER_EMPTY: Final = {("answer", "owner_role"), ("answer", "organisation")}
"""What the forms of that time asked for before a later revision put it into the database."""
AT_ONCE: Final = 40
TRIES: Final = 4000
WORDS: Final = (
    "",
    " ",
    "x",
    "I walk to school.",
    "Ni chlywais i neb yn holi – dim ond fi’n aros wrth y bws",
    "Zażółć gęślą jaźń",
    "їжак ґаздиня щ",
    "بس دیر سے آتی ہے اور اندھیرا ہے",
    "\N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING} \N{ZERO WIDTH JOINER}\N{ZERO WIDTH SPACE}",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 😀",
    "e\N{COMBINING ACUTE ACCENT}\N{COMBINING ACUTE ACCENT}́ Å",
    "'; DROP TABLE view; -- \" \\ \\\\ % %s :name ?",
    "<script>alert(1)</script> &amp; {{ 7*7 }} ${x}",
    "=1+1\t@SUM(A1)\r\nsecond line\n\n\ttabbed ",
    "NULL",
    "null",
    "\\N",
    "\ufeff\ufffd\u2028\u2029\x01\x7f",
    "0",
    "true",
    "9" * 400,
    "a" * 70_000,
    "😀" * 20_000,
)
DAYS: Final = (date(1, 1, 1), date(1970, 1, 1), date(2000, 2, 29), date(2024, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(9999, 12, 31))
MOMENTS: Final = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2024, 2, 29, 23, 59, 59, 999999, UTC),
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 59, 59, 1, UTC),
    datetime(9999, 12, 30, 1, 2, 3, tzinfo=UTC),
    datetime(1900, 1, 1, 0, 0, 0, 5, UTC),
)
NUMBERS: Final = (0, 1, 1, 2, 3, 4, 5, 6, 7, 12, 60, 599, 1440, 1990, 2026, 2**31 - 1)
DOCUMENTS: Final[Sequence[Any]] = (
    {"safe": ["very_safe"], "minutes": 25},
    {},
    [],
    {"‮ ڈر": ["a", "b"], "n": 2**53, "f": -0.5, "deep": {"a": [None, True, "😀"]}},
    ["bus", "walk"],
    "a word",
)


@dataclass
class Awkward:
    """Fills one database. `twin`: an empty SQLite database of the same revision, which knows the checks in one way of writing them; `engine`
    itself where that is SQLite."""

    engine: Engine
    twin: Engine
    chance: random.Random
    refusals: dict[str, str] = field(default_factory=dict)
    held: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)  # table -> rows that stand there, for who hangs on them

    def fill(self, count: int) -> dict[str, int]:
        """About so many rows over all tables. Returns how many each has. An error where a table stays empty: it would be tried with nothing."""
        order = [name for name, _ in self._shape.get_sorted_table_and_fkc_names() if name and name != SHAPE]
        others = round(count * (1 - sum(MANY.get(name, 0) for name in order)) / max(1, len([name for name in order if name not in MANY])))
        with self.engine.begin() as connection:
            made = {name: self._fill(connection, name, round(count * MANY[name]) if name in MANY else others) for name in order}
        empty = {name: self.refusals.get(name, "no try passed its checks") for name, many in made.items() if not many}
        assert not empty, f"no row fits into {empty}"
        return made

    @cached_property
    def _shape(self) -> Any:
        return sa.inspect(self.engine)

    def _fill(self, connection: Connection, name: str, count: int) -> int:
        table = sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
        for column in table.columns:
            if isinstance(column.type, sa.JSON):
                column.type.none_as_null = True
        maker = _Rows(table, sa.inspect(self.twin), self.engine, self.chance, self.held)
        kept: list[Mapping[str, Any]] = []
        tried = 0
        while len(kept) < count and tried < count * 3:
            some = [row for row in (maker.one() for _ in range(min(AT_ONCE, count - len(kept)))) if row is not None]
            tried += AT_ONCE
            kept += some if self._put(connection, table, some) else [each for each in some if self._put(connection, table, [each])]
        if table.primary_key.columns and any(column.name not in (kept[0] if kept else {}) for column in table.primary_key.columns):
            kept = [dict(each) for each in connection.execute(sa.select(table)).mappings()]  # the database numbers them itself
        self.held[name] = kept
        return len(kept)

    def _put(self, connection: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the database lets them in: rules that are not in checks (a unique pair, a trigger) are its own to keep."""
        try:
            with connection.begin_nested():
                for names, alike in _by_names(rows).items():
                    connection.execute(table.insert().values({each: sa.bindparam(each) for each in names}), alike)
        except (sa.exc.IntegrityError, sa.exc.InternalError, sa.exc.ProgrammingError, sa.exc.DataError) as no:
            self.refusals[table.name] = str(no.orig)[:200]
            return False
        return True


def _by_names(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], list[Mapping[str, Any]]]:
    found: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(row), []).append(row)
    return found


class _Rows:
    """Rows for one table that pass its checks: drawn, and drawn again until they do. The first that passes says which columns are empty."""

    def __init__(self, table: sa.Table, twin: Any, engine: Engine, chance: random.Random, held: Mapping[str, list[Mapping[str, Any]]]) -> None:
        self.table, self.chance, self.held = table, chance, held
        self.checks = [each["sqltext"] for each in twin.get_check_constraints(table.name)]
        self.columns: dict[str, ReflectedColumn] = {each["name"]: each for each in twin.get_columns(table.name)}
        keys = sorted(twin.get_foreign_keys(table.name), key=lambda each: len(each["constrained_columns"]))  # of two on one column the wider holds
        self.keys = [(each["constrained_columns"], each["referred_table"], each["referred_columns"]) for each in keys]
        self.pools = {name: _constants(name, self.checks) for name in self.columns}
        unique = [set(each["column_names"]) for each in twin.get_unique_constraints(table.name)]
        self.alone = {name for some in (*unique, set(twin.get_pk_constraint(table.name)["constrained_columns"])) if len(some) == 1 for name in some}
        self.numbered = {column.name for column in table.columns if column.primary_key and isinstance(column.type, sa.Integer)} & self.alone
        if engine.dialect.name == "postgresql":  # which numbers only where it was told to
            self.numbered &= {column.name for column in table.columns if column.server_default is not None or column.identity is not None}
        self.own = sqlite3.connect(":memory:")
        names = ", ".join(f'? AS "{name}"' for name in self.columns)
        tried = " AND ".join(f"coalesce({each}, 1)" for each in self.checks) or "1"
        self.asks = f"SELECT {tried} FROM (SELECT {names})"  # noqa: S608  # names from the database
        self.empty_before: set[str] | None = None

    def one(self) -> dict[str, Any] | None:
        for turn in range(TRIES):
            keep_empty = self.empty_before if self.empty_before is not None and turn < TRIES // 2 and self.chance.random() < 0.7 else None
            row = self._draw(keep_empty)
            if row is not None and self._passes(row):
                self.empty_before = {name for name, value in row.items() if value is None}
                return {name: value for name, value in row.items() if name not in self.numbered or value is not None}
        return None

    def _passes(self, row: Mapping[str, Any]) -> bool:
        return bool(self.own.execute(self.asks, [_plain(row[name]) for name in self.columns]).fetchone()[0])

    def _draw(self, keep_empty: set[str] | None) -> dict[str, Any] | None:
        row: dict[str, Any] = {}
        emptiness = self.chance.choice((0.1, 0.4, 0.7, 0.95))  # columns that are only empty together are met sooner
        for name, column in self.columns.items():
            may_be_empty = column["nullable"] and name not in self.numbered
            empty = name in keep_empty if keep_empty is not None else self.chance.random() < emptiness
            row[name] = None if may_be_empty and empty else self._value(name)
        for own, other, theirs in self.keys:
            if any(row[name] is None for name in own if self.columns[name]["nullable"]):
                continue
            there = self.held.get(other) or []
            if not there:
                if not all(self.columns[name]["nullable"] for name in own):
                    return None
                row |= dict.fromkeys(own)
                continue
            chosen = self.chance.choice(there)
            row |= {name: chosen[their] for name, their in zip(own, theirs, strict=True)}
        return row

    def _value(self, name: str) -> Any:
        kind, pool = self.table.columns[name].type, self.pools[name]
        if f"{name} = 1" in self.checks:
            return 1
        if name in self.numbered:
            return None
        if pool and not isinstance(kind, (sa.Boolean, sa.Date, sa.DateTime, sa.Time, sa.JSON)):
            return self.chance.choice(pool)
        made = _of_kind(kind, name in self.alone, self.chance)
        return made or "x" if (self.table.name, name) in NEVER_EMPTY else made


def _of_kind(kind: Any, alone: bool, chance: random.Random) -> Any:
    if isinstance(kind, sa.Uuid) or (isinstance(kind, sa.CHAR) and kind.length == 32):
        made = uuid.UUID(int=chance.getrandbits(128), version=4)
        return made if isinstance(kind, sa.Uuid) else made.hex
    if isinstance(kind, sa.Boolean):
        return chance.random() < 0.5
    if isinstance(kind, sa.DateTime):
        return chance.choice(MOMENTS) if chance.random() < 0.3 else datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(10**7))
    if isinstance(kind, sa.Date):
        return chance.choice(DAYS) if chance.random() < 0.3 else date(2026, 1, 1) + timedelta(days=chance.randrange(500))
    if isinstance(kind, sa.Time):
        return chance.choice((time(0, 0), time(0, 30), time(1, 0), time(18, 30), time(23, 59, 59, 999999)))
    if isinstance(kind, sa.JSON):
        return chance.choice(DOCUMENTS)
    if isinstance(kind, sa.LargeBinary):
        return chance.randbytes(chance.choice((0, 1, 32, 400)))
    if isinstance(kind, (sa.Integer, sa.Numeric, sa.Float)):
        return chance.randrange(2**30) if alone else chance.choice(NUMBERS)
    word = chance.choice(WORDS) if chance.random() < 0.7 else "".join(chance.choices(string.printable, k=chance.randrange(200)))
    return f"{word[:500]} {chance.getrandbits(80):x}" if alone else word[:2000] if len(word) > 2000 and chance.random() < 0.9 else word


def _constants(name: str, checks: Iterable[str]) -> list[Any]:
    """What checks say of this column by name: the words it may be, or how long it is."""
    found: list[Any] = []
    for check in checks:
        for said in re.findall(rf"(?<![\w.]){name}\s+(?:not )?in\s*\(([^)]*)\)", check, re.I):
            found += [json.loads(f'"{word}"') for word in re.findall(r"'([^']*)'", said)] or [int(each) for each in re.findall(r"-?\d+", said)]
        found += re.findall(rf"(?<![\w.]){name}(?:, '')?\)?\s*(?:=|<>)\s*'([^']*)'", check, re.I)
        if re.search(rf"length\({name}\) = 64", check):
            chance = random.Random(name)
            found += [f"{chance.getrandbits(256):064x}" for _ in range(6000)]
        if re.search(rf"length\({name}\) between", check):
            found += ["ab1", "Zażółć gęślą", "بس دیر"]
        if re.search(rf"lower\({name}\)", check):
            found += [f"someone{number}@county.example" for number in range(4000)]
        if re.search(rf"substr\({name}, 1, 8\) = 'https://'", check):
            found += ["https://county.example/‮x", "https://a"]
        low_high = re.search(rf"(?<![\w.]){name} between (-?\d+) and (-?\d+)", check)
        if low_high:
            found += list(range(int(low_high[1]), min(int(low_high[2]), int(low_high[1]) + 400) + 1))
    return found


def _plain(value: Any) -> Any:
    """As SQLite keeps it, for the checks."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, (date, time)) else value


# --- what stands there


Known = dict[str, tuple[str, ...]]
"""Tables with their columns."""


def columns_of(engine: Engine) -> Known:
    shape = sa.inspect(engine)
    return {name: tuple(each["name"] for each in shape.get_columns(name)) for name in shape.get_table_names() if name != SHAPE}


def rows_of(engine: Engine, known: Known) -> dict[str, set[str]]:
    """A digest of each row of each of these tables, of these columns alone, as the database itself writes them."""
    found: dict[str, set[str]] = {}
    there = columns_of(engine)
    cast = "CAST({} AS TEXT)" if engine.dialect.name == "postgresql" else "quote({})"
    with engine.connect() as connection:
        for name, columns in known.items():
            if name in there:
                asked = ", ".join(cast.format(f'"{each}"') for each in columns if each in there[name])
                rows = connection.exec_driver_sql(f'SELECT {asked} FROM "{name}"').all()  # noqa: S608  # names from the database
                found[name] = {hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).hexdigest() for row in rows}
    return found


def differences(before: Mapping[str, set[str]], after: Mapping[str, set[str]], only: Iterable[str] | None = None) -> dict[str, str]:
    """Tables of which a row is not as it was, or is gone: how many. Rows that came are no difference: what waits to be counted is one."""
    names = before if only is None else [name for name in only if name in before]
    lost = {name: len(before[name] - after.get(name, set())) for name in names}
    return {name: f"{many} of {len(before[name])} rows" for name, many in lost.items() if many}
