"""Every kind of file: nothing in it runs, it says what it holds, and it is written without being held. No application, no database."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pyarrow import parquet

from tests.rooms.counting.exporting.tabular_data_package import RULES, holds
from tests.rooms.web.test_sheets import ATTACKS, STARTERS, read_csv, read_xlsx
from voice.counting.exporting.packaging import Package, zip_pieces
from voice.counting.exporting.tables import Column, Row, Table
from voice.counting.exporting.writing import KINDS, pieces
from voice.tables import original
from voice.web.sheets import safe

INVISIBLE = " \u200b\ufeff\u202e\u00a0\u2066"
PLACES = {"ross": "Ross-on-Wye", "=cmd|x": "@not a place"}


def table(rows: list[Row], heading: str = "words") -> Table:
    columns = [
        Column("place", "Place", "Where.", codes=PLACES),
        Column(heading, heading, heading),
        Column("people", "People", "How many.", "integer"),
    ]
    return Table("figures", "=Figures", "-What was said", columns, lambda: iter(rows))


def package(*tables: Table) -> Package:
    return Package(
        name="way-package", title="=Way", about="Figures.", made_at=datetime(2026, 11, 22, 14, 30, tzinfo=UTC), place="Demo county", licence="For us",
        use=["Keep it."], sources=[("@Way", "https://voice.example/take-part/way")], tables=tables,
    )  # fmt: skip


def unzipped(whole: Package) -> tuple[dict[str, Any], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(b"".join(zip_pieces(whole)))) as file:
        assert file.testzip() is None
        assert all(each.date_time[3:] == (0, 0, 0) for each in file.infolist()), "the day, not the hour"
        members = {name: file.read(name) for name in file.namelist()}
    return json.loads(members["datapackage.json"]), members


def as_read(kind: str, data: bytes) -> list[list[object]]:
    """What a programme finds in the cells, headings first."""
    if kind == "csv":
        return [list(row) for row in read_csv(data)]
    if kind == "xlsx":
        return read_xlsx(data)
    found = parquet.read_table(io.BytesIO(data))
    return [list(found.column_names), *map(list, zip(*(column.to_pylist() for column in found.columns), strict=True))]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_file_runs_and_the_words_come_back(kind: str) -> None:
    """The corpus of S10, as cells and as headings, in each kind of file."""
    for text in ATTACKS:
        found = as_read(kind, b"".join(pieces(table([["ross", text, -3], ["=cmd|x", text, None]], heading=text), kind)))
        for cell in (found[0][1], found[1][1], found[2][0]):
            assert not str(cell).lstrip(INVISIBLE).startswith(STARTERS), f"{cell!r} may run"
        assert original(str(found[1][1])) == original(safe(text))
        assert int(str(found[1][2])) == -3
        assert found[2][2] in (None, "")


def test_nothing_in_a_package_runs() -> None:
    for text in ATTACKS:
        described, members = unzipped(package(table([["ross", text, 1]], heading=text)))
        for cell in list(csv.reader(io.StringIO(members["data/figures.csv"].decode(), newline="")))[0:2]:
            assert not cell[1].lstrip(INVISIBLE).startswith(STARTERS)
        field = described["resources"][0]["schema"]["fields"][1]
        assert field["name"] == safe(text), "the description calls the column as the file does"
        assert not field["title"].lstrip(INVISIBLE).startswith(STARTERS)


def test_a_package_is_what_the_specification_says_and_says_what_it_holds() -> None:
    described, members = unzipped(package(table([["ross", "a", 12], ["", "b", None], ["=cmd|x", "c", 0]])))
    jsonschema.validate(described, RULES)
    assert list(members)[-1] == "datapackage.json"
    assert "README.md" in members
    assert "For us" in members["README.md"].decode()
    resource = described["resources"][0]
    data = members[resource["path"]]
    assert not data.startswith(b"\xef\xbb\xbf"), "no mark before the first heading"
    assert resource["bytes"] == len(data)
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    holds(resource, data)


def test_parquet_knows_its_columns() -> None:
    found = parquet.read_table(io.BytesIO(b"".join(pieces(table([["ross", "a", 12], ["ross", None, None]]), "parquet"))))
    assert [str(each.type) for each in found.schema] == ["string", "string", "int64"]
    assert found.schema.field("place").metadata[b"description"] == b"Where."
    assert found.column("people").to_pylist() == [12, None]


@pytest.mark.parametrize(("kind", "rows"), [("csv", 2_000), ("parquet", 20_000), ("xlsx", 500)])
def test_many_times_the_rows_need_no_more_memory(kind: str, rows: int) -> None:
    _highest(kind, 10)  # libraries are loaded by now
    once, five_times = _highest(kind, rows), _highest(kind, 5 * rows)
    assert five_times < 1.3 * once + 100_000, f"{once} and {five_times} bytes"


def _highest(kind: str, rows: int) -> int:
    def made() -> Iterator[Row]:
        for number in range(rows):
            yield ["ross", f"word {number % 50}", number % 50]

    long = Table("long", "Long", "Long", table([]).columns, made)
    tracemalloc.start()
    sizes = [len(piece) for piece in pieces(long, kind)]
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kind == "parquet" or max(sizes) < 1_000_000, "it goes out in small pieces"
    return highest


@pytest.mark.parametrize("whole", [True, False])
def test_no_file_is_left_on_a_disk_not_even_where_the_reader_hangs_up(whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = pieces(table([["ross", "a" * 900, number] for number in range(2000)]), "xlsx")
    next(file)
    assert not list(tmp_path.rglob("*")), "what is sent from has no name"
    if whole:
        list(file)
    file.close()  # type: ignore[attr-defined]  # a generator, as a server that is hung up on closes it
    assert not list(tmp_path.rglob("*"))
