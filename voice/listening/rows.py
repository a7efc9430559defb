"""Words collected elsewhere, as rows of a CSV file: read, told apart, the bad ones named by their line."""

from __future__ import annotations

import csv
import io
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NAMES_OF_TEXT = ("text", "comment", "words")
SEPARATORS = ",;\t"
# Our own, so that a row's key is the same on every machine and belongs to nothing else.
ROWS = uuid.UUID("6f0d6a3e-6c0b-5f0e-9a52-6a3d2c1b7e48")


class Unusable(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Row:
    """One row. `why` says what is wrong with it; then `cells` may not be used."""

    line: int  # where it begins, counted from 1
    cells: tuple[str, ...]
    why: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A CSV file. `note` says how it was read where that was not the usual way."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str | None = None

    def column(self, name: str | None) -> int:
        """The place of a named column, or (None) of the one that holds the words.

        Raises:
            Unusable: there is no such column, or more than one could be meant.
        """
        plain = [each.strip().casefold() for each in self.columns]
        wanted = [name.strip().casefold()] if name is not None else list(NAMES_OF_TEXT)
        for each in wanted:
            if plain.count(each) == 1:
                return plain.index(each)
        if name is None and len(plain) == 1:
            return 0
        named = ", ".join(f"“{each}”" for each in self.columns)
        if name is not None:
            raise Unusable(f"The file has no one column “{name}”. It has {named}.")
        raise Unusable(f"Which column holds the words? Say it with --text. The file has {named}.")


def read_sheet(data: bytes) -> Sheet:
    """Read a CSV file with a heading row: UTF-8, with or without a byte order mark, or else Windows-1252.

    Raises:
        Unusable: it is empty, or not text of these kinds.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unusable("The file is UTF-16. Save it as “CSV UTF-8”.")
    text, note = _text(data)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # a long cell is one bad row, not the end of the file
    rows = _rows(text)
    heading = next((cells for _, cells in rows if any(cells)), None)
    if heading is None:
        raise Unusable("The file is empty. Its first row should name the columns.")
    return Sheet(heading, tuple(_checked(line, cells, len(heading)) for line, cells in rows), note)


def key_from_id(slug: str, row_id: str) -> str:
    """The key of a row that has an id of its own: the same id again is the same submission."""
    return _key("id", slug, row_id)


def key_from_text(slug: str, words: str, occurrence: int) -> str:
    """The key of a row that has no id: its words, and which time (from 1) the file says them."""
    return _key("text", slug, words, occurrence)


def _key(*parts: str | int) -> str:
    return str(uuid.uuid5(ROWS, json.dumps(parts, ensure_ascii=False)))


def _text(data: bytes) -> tuple[str, str | None]:
    """Bytes that cannot be read become lone surrogates, so that only their own row is bad."""
    text = data.decode("utf-8-sig", errors="surrogateescape")
    unread = sum(_is_unread(sign) for sign in text)
    well_read = sum(sign > "\x7f" for sign in text) - unread
    if unread <= well_read:
        return text, None
    return data.decode("cp1252", errors="surrogateescape"), "This file is not UTF-8; it was read as Windows-1252."


def _is_unread(sign: str) -> bool:
    return "\udc80" <= sign <= "\udcff"


def _rows(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count))
    line = 1
    for cells in reader:
        yield line, tuple(cells)
        line = reader.line_num + 1


def _checked(line: int, cells: Sequence[str], columns: int) -> Row:
    if any(_is_unread(sign) for cell in cells for sign in cell):
        return Row(line, (), "some letters cannot be read")
    if not any(cell.strip() for cell in cells):
        return Row(line, ("",) * columns)
    if len(cells) != columns:
        return Row(line, (), f"it has {len(cells)} columns, and the heading has {columns}")
    return Row(line, tuple(cells))
