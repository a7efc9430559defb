"""Tables that people bring as CSV files: their rows, and what can be said of lines that cannot be read. Plain Python.

A room says which columns it needs and what a line means; how a file is written (UTF-8, UTF-16 or as an older spreadsheet writes it; cells parted by
commas, semicolons or tabs) is known here alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple, TypeAlias

Rows: TypeAlias = list[tuple[int, dict[str, str]]]
"""Each line’s number in the file, and its cells by the name of their column."""


class Bad(NamedTuple):
    """A line that was left out: its number in the file, a code that says why, and what stood there."""

    number: int
    why: str
    what: str


class Unusable(Exception):
    """Nothing of the file can be read; `args` is a code, and what it is about."""


class Wrong(Exception):
    """One line cannot be read; `args` is a code, and what stood there."""


def read_table(data: bytes, *, needed: Collection[str], most: int, named: Callable[[str], str]) -> Rows:
    """The lines below the heading, as many as hold anything. `named`: what a column is called, of what stands in its heading; `most`: lines.

    Raises:
        Unusable: `too_long`, `empty`, `broken` with a line’s number, or `column` with the name of one that is missing.
    """
    rows = list(_rows(_text(data)))
    if not rows:
        raise Unusable("empty", "")
    if len(rows) > most + 1:
        raise Unusable("too_long", str(most))
    heading = [named(each) for each in rows[0][1]]
    for column in needed:
        if column not in heading:
            raise Unusable("column", column)
    return [(number, {name: original(cell.strip()) for name, cell in zip(heading, cells, strict=False)}) for number, cells in rows[1:]]


def original(cell: str) -> str:
    """The text a cell was made of: a table of ours that was taken away has an apostrophe before what looks like a formula (`voice.web.sheets`)."""
    return cell.removeprefix("'")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the number of its last line; cells parted by what parts most of the heading."""
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise Unusable("broken", str(reader.line_num)) from error


def _text(data: bytes) -> str:
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(coding).replace("\0", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\0", "")
