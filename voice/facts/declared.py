"""What people wrote down about the system, read from the files beside this one. Facts hold it against what runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MATRIX = ROOT / "docs" / "who-may-do-what.yaml"  # beside the templates, which the application needs as well
TABLE_KEYS = frozenset({"is", "for", "basis", "special", "readers", "ends", "columns"})
COLUMN_KEYS = TABLE_KEYS - {"columns", "for"}
EVERYONE, NOBODY = "everyone", "nobody"


class Unclear(Exception):
    """A file of facts that cannot be read; the message says where."""


@dataclass(frozen=True)
class Column:
    """One column in plain words; what its table says holds where it says nothing itself."""

    name: str
    what: str
    basis: str
    special: bool
    readers: tuple[str, ...]
    ends: str


@dataclass(frozen=True)
class Table:
    """One table in plain words."""

    name: str
    what: str
    purpose: str
    basis: str
    special: bool
    readers: tuple[str, ...]
    ends: str
    columns: Mapping[str, Column]


@dataclass(frozen=True)
class DataMap:
    """Every table by name, and what each basis means."""

    bases: Mapping[str, str]
    tables: Mapping[str, Table]


@cache
def written(name: str) -> Any:
    """What a file of this folder holds, such as `threats`."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def data_map(found: Mapping[str, Any] | None = None) -> DataMap:
    """The data map as it is written.

    Raises:
        Unclear: an entry lacks something or says too much.
    """
    found = found or written("data_map")
    return DataMap(found["bases"], {name: _table(name, each, found["bases"]) for name, each in found["tables"].items()})


def _table(name: str, entry: Mapping[str, Any], bases: Mapping[str, str]) -> Table:
    if set(entry) != TABLE_KEYS:
        raise Unclear(f"data_map.yaml: the table {name} lacks or adds {', '.join(sorted(set(entry) ^ TABLE_KEYS))}.")
    whole = {"basis": entry["basis"], "special": entry["special"], "readers": entry["readers"], "ends": entry["ends"]}
    columns = {column: _column(f"{name}.{column}", column, said, whole) for column, said in entry["columns"].items()}
    unknown = {each.basis for each in columns.values()} | {entry["basis"]}
    if unknown - set(bases):
        raise Unclear(f"data_map.yaml: {name} names a basis that is not explained: {', '.join(sorted(unknown - set(bases)))}.")
    return Table(name, entry["is"], entry["for"], entry["basis"], entry["special"], tuple(entry["readers"]), entry["ends"], columns)


def _column(place: str, name: str, said: str | Mapping[str, Any], whole: Mapping[str, Any]) -> Column:
    own: Mapping[str, Any] = {"is": said} if isinstance(said, str) else said
    if "is" not in own or not str(own["is"]).strip() or set(own) - COLUMN_KEYS:
        raise Unclear(f"data_map.yaml: {place} does not say what it is, or says more than facts know.")
    both = {**whole, **own}
    return Column(name, str(both["is"]), both["basis"], both["special"], tuple(both["readers"]), both["ends"])
