"""When word is due, what is late, whom to ask, and which quarter a day is in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from voice.delivering.doing.rules import (
    Days,
    Due,
    Quarter,
    behind_since,
    is_silent,
    missing_from,
    months_after,
    quarter_before,
    quarter_of,
    read_quarter,
    remind_from,
    to_ask,
    word_due,
)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 6, date(2028, 8, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_months_are_months_of_the_calendar(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


def test_word_is_due_after_the_last_or_after_somebody_became_the_owner() -> None:
    assert word_due(date(2026, 3, 1), date(2025, 1, 1), 6) == date(2026, 9, 1)
    assert word_due(None, date(2026, 3, 1), 6) == date(2026, 9, 1)
    assert word_due(None, None, 6) is None


def test_silence_shows_fourteen_days_after_it_was_due() -> None:
    due = date(2026, 9, 1)
    assert not is_silent(due, date(2026, 9, 15))
    assert is_silent(due, date(2026, 9, 16))
    assert not is_silent(None, date(2026, 9, 16))
    assert remind_from(due) == date(2026, 9, 15)


@pytest.mark.parametrize(
    ("status", "days", "since"),
    [
        ("on_the_way", Days(date(2026, 9, 1)), date(2026, 9, 1)),
        ("on_the_way", Days(date(2026, 10, 1)), None),
        (None, Days(date(2026, 9, 1)), date(2026, 9, 1)),
        ("on_the_way", Days(date(2026, 9, 1), (date(2026, 6, 1), date(2026, 12, 1))), date(2026, 6, 1)),
        ("done", Days(date(2026, 9, 1), (date(2026, 6, 1),)), None),
        ("stopped", Days(date(2026, 9, 1)), None),
        ("not_begun", Days(None), None),
    ],
)
def test_what_is_behind_is_so_since_the_first_day_it_did_not_keep(status: str | None, days: Days, since: date | None) -> None:
    assert behind_since(status, days, date(2026, 10, 1)) == since


@pytest.mark.parametrize(
    ("status", "fields", "is_late", "missing"),
    [
        ("not_begun", {}, False, ()),
        ("on_the_way", {}, False, ()),
        ("on_the_way", {}, True, ("why",)),
        ("on_the_way", {"why": "The builder went away."}, True, ()),
        ("done", {}, True, ("evidence",)),
        ("done", {"evidence": "The new timetable"}, True, ()),
        ("stopped", {"evidence": "x"}, False, ("why",)),
    ],
)
def test_what_an_update_cannot_go_without(status: str, fields: dict[str, str], is_late: bool, missing: tuple[str, ...]) -> None:
    assert missing_from(status, fields, is_late=is_late) == missing


TODAY = date(2026, 9, 1)


def _in(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_one_letter_for_all_that_is_due_and_what_falls_due_soon() -> None:
    due = [Due("a", "ann", _in(-3)), Due("b", "ann", _in(14)), Due("c", "ann", _in(15)), Due("d", "ben", _in(5))]
    assert to_ask(due, [], TODAY) == {"ann": [due[0], due[1]]}


def test_what_was_asked_is_not_asked_again_until_it_falls_due_anew() -> None:
    a, b = Due("a", "ann", _in(-3)), Due("b", "ann", _in(10))
    asked = [("a", "ann", a.on), ("b", "ann", b.on)]
    assert to_ask([a, b], asked, TODAY) == {}
    assert to_ask([a, b], asked, _in(10)) == {}
    anew = Due("a", "ann", months_after(a.on, 6))
    assert to_ask([anew, b], asked, anew.on) == {"ann": [anew]}


def test_a_new_owner_is_asked_although_the_old_one_was() -> None:
    now = Due("a", "ben", _in(-3))
    assert to_ask([now], [("a", "ann", now.on)], TODAY) == {"ben": [now]}


@pytest.mark.parametrize(
    ("day", "quarter", "first", "last"),
    [
        (date(2026, 1, 1), Quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2028, 2, 29), Quarter(2028, 1), date(2028, 1, 1), date(2028, 3, 31)),
        (date(2026, 6, 30), Quarter(2026, 2), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 9, 30), Quarter(2026, 3), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), Quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarters_are_three_months_of_the_calendar(day: date, quarter: Quarter, first: date, last: date) -> None:
    assert quarter_of(day) == quarter
    assert (quarter.first, quarter.last) == (first, last)
    assert quarter.holds(day)
    assert not quarter.holds(last + timedelta(days=1))
    assert not quarter.holds(None)
    assert read_quarter(quarter.code) == quarter


def test_the_quarter_before_the_first_is_of_the_year_before() -> None:
    assert quarter_before(Quarter(2026, 1)) == Quarter(2025, 4)
    assert quarter_before(Quarter(2026, 4)) == Quarter(2026, 3)


@pytest.mark.parametrize("text", ["2026-q5", "2026", "26-q1", "2026-q", "q3", "2026-q3-x", ""])
def test_what_is_no_quarter_is_none(text: str) -> None:
    assert read_quarter(text) is None


def test_a_quarter_is_read_however_it_is_typed() -> None:
    assert read_quarter(" 2026-Q3 ") == Quarter(2026, 3) == read_quarter("2026Q3")
