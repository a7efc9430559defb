"""A table that can be taken: what its columns mean, and its rows, made anew each time they are gone through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from voice.web.sheets import Cell

Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True)
class Column:
    """`codes`: everything that may stand in it, where that is known, with what each means; empty cells aside."""

    name: str
    title: str
    about: str
    kind: Literal["string", "integer"] = "string"
    codes: Mapping[str, str] = field(default_factory=dict)
    always: bool = False  # never empty


@dataclass(frozen=True)
class Table:
    """`name` is the stem of its file. `rows` goes through its rows, from the first one each time; it opens no transaction that stays open
    between two of them."""

    name: str
    title: str
    about: str
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Row]]

    @property
    def headings(self) -> list[str]:
        return [each.name for each in self.columns]
