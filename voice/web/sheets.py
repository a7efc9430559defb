"""Tables people take away, as CSV or XLSX. Opening one never runs anything: whatever a cell or a heading begins with, it is text.

The rule, for whoever reads the file back: where a text begins with an apostrophe, one apostrophe is ours and is taken off. We put it before
texts that a spreadsheet would read as a formula (they begin, after spaces and marks that cannot be seen, with = + - @, their full-width
twins, a tab or a line break) and before texts that begin with an apostrophe of their own. Control characters other than tab and line break, which
no spreadsheet can hold, become their visible pictures (U+2400 and on).
"""

from __future__ import annotations

import csv
import io
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import IO, Any, TypeAlias

Cell: TypeAlias = str | int | date | None
FORMULA = frozenset("=+-@＝＋－＠﹢﹣﹦﹫−|%\t\r\n")
LONGEST_IN_XLSX = 32_000  # characters; the format itself takes 32,767
CUT = " […]"
ROWS_IN_A_PIECE = 500
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def safe(text: str) -> str:
    """The text as a cell may hold it."""
    seen = "".join(_visible(letter) for letter in text.replace("\r\n", "\n"))
    return f"'{seen}" if _looks_like_a_formula(seen) or seen.startswith("'") else seen


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Every cell in quotes, lines ended as RFC 4180 says, with the mark by which spreadsheets know UTF-8."""
    return b"".join(csv_pieces(headings, rows))


def csv_pieces(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: bool = True, text: Callable[[Cell], str] | None = None
) -> Iterator[bytes]:
    """The same, piece by piece (some 100 kB each), so that a table may be longer than memory.

    `mark=False` leaves out the mark of UTF-8. `text` says what stands in a cell, for a caller who knows its few texts already; it must
    return what `said` returns.
    """
    told, out = text or said, io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([safe(each) for each in headings])
    encoding = "utf-8-sig" if mark else "utf-8"
    rest = iter(rows)
    while True:
        part = list(islice(rest, ROWS_IN_A_PIECE))
        writer.writerows(list(map(told, row)) for row in part)
        yield out.getvalue().encode(encoding)
        if len(part) < ROWS_IN_A_PIECE:
            return
        encoding = "utf-8"
        out.seek(0)
        out.truncate()


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, footer: str = "") -> bytes:
    """One sheet; every text is stored as text, numbers as numbers. `footer` is printed under each page."""
    out = io.BytesIO()
    _write_xlsx(out, {"in_memory": True}, headings, rows, footer)
    return out.getvalue()


@contextmanager
def xlsx_file(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, footer: str = "") -> Iterator[IO[bytes]]:
    """The same as a file without a name, at its beginning: a row is in memory at a time, and leaving the block is the end of it."""
    with tempfile.TemporaryFile() as out:
        with tempfile.TemporaryDirectory(prefix="voice-sheet-") as folder:
            _write_xlsx(out, {"constant_memory": True, "tmpdir": folder}, headings, rows, footer)
        out.seek(0)
        yield out


def said(cell: Cell) -> str:
    """What stands in a cell of a CSV."""
    if cell is None:
        return ""
    return safe(cell) if isinstance(cell, str) else str(cell)


def _write_xlsx(out: IO[bytes], how: Mapping[str, Any], headings: Sequence[str], rows: Iterable[Sequence[Cell]], footer: str) -> None:
    import xlsxwriter  # lazy: few requests make a table, and every server process would load it

    texts_are_texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {**texts_are_texts, **how}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        if footer:
            sheet.set_footer("&L" + footer.replace("&", "&&")[:200])
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, _short(safe(heading)), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, _short(said(cell)))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_IN_XLSX else text[:LONGEST_IN_XLSX] + CUT


def _looks_like_a_formula(text: str) -> bool:
    first = next((letter for letter in text if letter in "\t\n\r" or not (letter.isspace() or unicodedata.category(letter) in ("Cf", "Mn"))), "")
    return first in FORMULA


def _visible(letter: str) -> str:
    if letter in "\t\n" or not (ord(letter) < 32 or ord(letter) == 127):
        return letter
    return "␡" if ord(letter) == 127 else chr(0x2400 + ord(letter))
