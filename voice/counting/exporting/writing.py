"""Tables written as files, piece by piece. No file has a name on a disk of ours, and none is there once it is written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any, Final

from voice.counting.exporting.tables import Column, Row, Table
from voice.web.sheets import KINDS as SHEETS
from voice.web.sheets import Cell, csv_pieces, safe, said, xlsx_file

PARQUET: Final = "application/vnd.apache.parquet"
KINDS: Final = SHEETS | {"parquet": PARQUET}
"""How a table can be taken, and as what a browser is told of it."""
IN_A_GROUP: Final = 10_000  # rows of a Parquet file that are in memory at a time
PIECE: Final = 1 << 16  # bytes
MOST_KNOWN: Final = 10_000  # texts
MOST_IN_XLSX: Final = 25_000  # rows of some thirty cells: five seconds of the processor, which others who are served wait for


class Drain(io.RawIOBase):
    """Takes what a library writes, and gives it on: what it was given so far is asked for with `drawn`."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(self._parts[-1])

    def drawn(self) -> bytes:
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def pieces(table: Table, kind: str, *, footer: str = "") -> Iterator[bytes]:
    """The table as a file of this kind. `footer` is printed under each page of a sheet. KeyError where there is no such kind."""
    return {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}[kind](table, footer)


def plain_csv(table: Table) -> Iterator[bytes]:
    """Without the mark of UTF-8, for programmes that are told what it is."""
    return csv_pieces(table.headings, table.rows(), mark=False, text=teller())


class _Told(dict[Cell, str]):
    """What stands in a cell, as `sheets.said`; a table says the same few codes again and again, so they are looked at once a file."""

    def __missing__(self, cell: Cell) -> str:
        found = said(cell)
        if len(self) < MOST_KNOWN:
            self[cell] = found
        return found


def teller() -> Callable[[Cell], str]:
    return _Told().__getitem__


def _csv(table: Table, _footer: str) -> Iterator[bytes]:
    return csv_pieces(table.headings, table.rows(), text=teller())


def _xlsx(table: Table, footer: str) -> Iterator[bytes]:
    with xlsx_file(table.headings, table.rows(), footer=footer) as file:
        yield from file_pieces(file)


def file_pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _parquet(table: Table, _footer: str) -> Iterator[bytes]:
    import pyarrow as pa  # lazy: 60 MB that few requests need
    from pyarrow import parquet

    schema = pa.schema([_field(pa, each) for each in table.columns], metadata={"title": safe(table.title), "description": safe(table.about)})
    drain, rows, tell = Drain(), table.rows(), teller()
    with parquet.ParquetWriter(drain, schema, compression="zstd") as writer:
        while part := list(islice(rows, IN_A_GROUP)):
            writer.write_batch(pa.record_batch([_array(pa, each, part, at, tell) for at, each in enumerate(table.columns)], schema=schema))
            yield drain.drawn()
    yield drain.drawn()


def _field(pa: Any, column: Column) -> Any:
    kind = pa.int64() if column.kind == "integer" else pa.string()
    return pa.field(safe(column.name), kind, metadata={"title": safe(column.title), "description": safe(column.about)})


def _array(pa: Any, column: Column, part: list[Row], at: int, tell: Callable[[Cell], str]) -> Any:
    """One column of some rows. Texts are as in the other files, so that no programme that turns one into another makes a formula of them."""
    if column.kind == "integer":
        return pa.array([row[at] for row in part], pa.int64())
    return pa.array([None if row[at] is None else tell(row[at]) for row in part], pa.string())
