"""Tables, what their columns mean and how they may be used, as one Frictionless data package: a ZIP, written as it is sent.

Source: Tabular Data Package and Table Schema, version 1, https://specs.frictionlessdata.io
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from voice.counting.exporting.tables import Column, Table
from voice.counting.exporting.writing import Drain, plain_csv
from voice.web.sheets import safe

RULE: Final = (
    "Where a text begins with an apostrophe, one apostrophe is ours and is taken off: it keeps spreadsheets from reading the text as a formula. "
    "Control characters stand as their visible pictures."
)


@dataclass(frozen=True)
class Package:
    """`licence` says in one line how it may be used, `use` in sentences. `sources`: title and address."""

    name: str
    title: str
    about: str
    made_at: datetime
    place: str
    licence: str
    use: Sequence[str]
    sources: Sequence[tuple[str, str]]
    tables: Sequence[Table]


def zip_pieces(package: Package) -> Iterator[bytes]:
    """The package. What describes it comes last, because it says how long each file is and what its digest is."""
    drain, resources = Drain(), list[dict[str, Any]]()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as file:
        for table in package.tables:
            measured = _Measured(plain_csv(table))
            yield from _member(file, drain, f"data/{table.name}.csv", measured, package.made_at)
            resources.append(resource(table, measured.bytes, measured.digest.hexdigest()))
        yield from _member(file, drain, "README.md", [readme(package).encode()], package.made_at)
        described = json.dumps(descriptor(package, resources), ensure_ascii=False, indent=1).encode()
        yield from _member(file, drain, "datapackage.json", [described], package.made_at)
    yield drain.drawn()


def readme(package: Package) -> str:
    """What is in it, how it is read and what may be done with it, for people."""
    tables = [f"## data/{each.name}.csv\n\n{each.about}" for each in package.tables]
    how = f"## How to read it\n\n`datapackage.json` says what each column means and what may stand in it. An empty cell: there is nothing. {RULE}"
    use = "## What may be done with it\n\n" + "\n".join((f"{package.licence}.", *package.use))
    return "\n\n".join((f"# {package.title}", f"{package.place}, {package.made_at:%Y-%m-%d}. {package.about}", *tables, how, use)) + "\n"


class _Measured:
    """Pieces, with how many bytes went by and their digest."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces, self.bytes, self.digest = pieces, 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.bytes += len(piece)
            self.digest.update(piece)
            yield piece


def descriptor(package: Package, resources: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What datapackage.json says."""
    return {
        "profile": "tabular-data-package",
        "name": package.name,
        "title": safe(package.title),
        "description": f"{safe(package.about)} {RULE}",
        "created": package.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [{"path": "README.md", "title": package.licence}],
        "sources": [{"title": safe(title), "path": path} for title, path in package.sources],
        "contributors": [{"title": safe(package.place), "role": "publisher"}],
        "resources": list(resources),
    }


def resource(table: Table, length: int, digest: str) -> dict[str, Any]:
    """One file of it. `length` in bytes; `digest`: SHA-256, hex."""
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "title": safe(table.title),
        "description": safe(table.about),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": length,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True, "skipInitialSpace": False},
        "schema": {"fields": [_field(each) for each in table.columns], "missingValues": [""]},
    }


def _field(column: Column) -> dict[str, Any]:
    said = "; ".join(f"{safe(code)}: {safe(words)}" for code, words in column.codes.items())
    bounds: dict[str, Any] = {"enum": [safe(code) for code in column.codes]} if column.codes and column.kind == "string" else {}
    if column.always:
        bounds["required"] = True
    about = f"{safe(column.about)} {said}".strip()
    found: dict[str, Any] = {"name": safe(column.name), "type": column.kind, "title": safe(column.title), "description": about}
    return found | ({"constraints": bounds} if bounds else {})


def _member(file: zipfile.ZipFile, drain: Drain, name: str, pieces: Iterable[bytes], made_at: datetime) -> Iterator[bytes]:
    """One file of the ZIP, dated by the day alone."""
    facts = zipfile.ZipInfo(name, (made_at.year, made_at.month, made_at.day, 0, 0, 0))
    facts.compress_type = zipfile.ZIP_DEFLATED
    with file.open(facts, "w") as member:
        for piece in pieces:
            member.write(piece)
            if drawn := drain.drawn():
                yield drawn
    yield drain.drawn()
