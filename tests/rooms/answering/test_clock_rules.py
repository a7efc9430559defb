"""The clock’s decisions about days, and what one sender says of several answers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from voice.answering.clock_rules import Fast, Wait, came_back, days_late, due_on, hardest, how_fast

TODAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_the_day_is_the_one_that_was_named_and_28_days_at_the_latest() -> None:
    closed = date(2026, 3, 1)
    assert due_on(closed, date(2026, 3, 10), 28) == date(2026, 3, 10)
    assert due_on(closed, date(2026, 6, 1), 28) == date(2026, 3, 29)
    assert due_on(closed, date(2026, 6, 1), 8) == date(2026, 3, 9)


@pytest.mark.parametrize(("due", "late"), [(0, 0), (1, 1), (40, 40), (-3, 0)])
def test_a_day_is_kept_until_it_is_over(due: int, late: int) -> None:
    assert days_late(ago(due), TODAY) == late


def waited(since: int, until: int | None, due: int = 28) -> Wait:
    """Something that closed so many days ago, was answered so many days ago (or not), and was due so many days after it closed."""
    return Wait(ago(since), ago(since) + timedelta(days=due), None if until is None else ago(until))


def test_what_was_answered_before_it_closed_waited_no_day() -> None:
    assert waited(10, 30).days(TODAY) == 0
    assert waited(30, 10).days(TODAY) == 20
    assert waited(30, None).days(TODAY) == 30


def test_the_middle_wait_is_told_with_how_many_kept_the_day() -> None:
    assert how_fast([waited(60, 50), waited(60, 32), waited(60, 20)], 28, TODAY) == Fast(28, False, 2, 3)


def test_what_still_waits_is_not_left_out() -> None:
    """Two were answered in a day, and three wait since months: half of them wait longer than any answer took."""
    some = [waited(90, 89), waited(90, 89), waited(90, None), waited(80, None), waited(70, None)]
    assert how_fast(some, 28, TODAY) == Fast(70, True, 2, 5)


def test_what_is_not_due_yet_says_nothing() -> None:
    assert how_fast([waited(28, None), waited(3, None)], 28, TODAY) is None
    assert how_fast([waited(29, None), waited(3, None)], 28, TODAY) == Fast(29, True, 0, 1)


def test_who_says_several_things_counts_by_what_asks_most_of_us() -> None:
    assert hardest(["yes", "not_really", "not_sure"]) == "not_really"
    assert hardest(["yes", "not_sure"]) == "not_sure"
    assert hardest(["yes"]) == "yes"


@pytest.mark.parametrize(
    ("first", "said", "kept"),
    [
        (-5, [], (0, 0)),  # the day is to come
        (0, [], (0, 0)),  # and is kept until it is over
        (1, [], (0, 1)),
        (10, [(12, None)], (1, 1)),  # came sooner, for the last time
        (10, [(10, None)], (1, 1)),
        (10, [(3, None)], (0, 1)),  # came, and too late
        (40, [(45, 20)], (1, 2)),  # named another day, and did not come
        (40, [(45, 20), (21, -60)], (2, 2)),
    ],
)
def test_coming_back_is_judged_by_each_day_we_named(first: int, said: list[tuple[int, int | None]], kept: tuple[int, int]) -> None:
    assert came_back(ago(first), [(ago(day), None if after is None else ago(after)) for day, after in said], TODAY) == kept
