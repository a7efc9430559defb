"""When word is due, what it must say, and what the board says as one: rules alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from voice.delivering.partnering.rules import collective, fits, is_late, may_ask, missing_from, word_due_on

DAY = date(2027, 3, 1)


def test_what_each_mark_must_say() -> None:
    assert missing_from("not_kept", {"why": ""}) == ("why",)
    assert missing_from("kept", {"evidence": None}) == ("evidence",)
    assert missing_from("on_the_way", {}) == ()
    assert missing_from("not_kept", {"why": "No money."}) == ()


def test_the_boards_mark_is_the_one_most_share_and_the_stricter_where_it_is_even() -> None:
    assert collective([]) is None
    assert collective(["kept", "kept", "not_kept"]) == "kept"
    assert collective(["kept", "on_the_way"]) == "on_the_way"
    assert collective(["on_the_way", "not_kept"]) == "not_kept"


def test_a_day_to_come_within_three_years() -> None:
    assert [fits(DAY + timedelta(days=n), DAY) for n in (-1, 0, 1, 1095, 1096)] == [False, False, True, True, False]


def test_late_until_they_say_how_it_ended() -> None:
    assert [is_late(DAY, mark, DAY + timedelta(days=1)) for mark in (None, "on_the_way", "kept", "not_kept")] == [True, True, False, False]
    assert not is_late(DAY, None, DAY)


@pytest.mark.parametrize(
    ("due_on", "last_said", "mark", "expected"),
    [
        (date(2029, 1, 1), date(2027, 3, 1), None, date(2027, 9, 1)),  # half a year after the last word
        (date(2029, 1, 1), date(2027, 8, 31), "on_the_way", date(2028, 2, 29)),
        (date(2027, 6, 1), date(2027, 3, 1), None, date(2027, 5, 2)),  # its day comes near
        (date(2027, 6, 1), date(2027, 5, 10), "on_the_way", date(2027, 6, 1)),  # said then: asked again on the day
        (date(2027, 6, 1), date(2027, 6, 2), "on_the_way", date(2027, 12, 2)),
        (date(2027, 6, 1), date(2027, 3, 1), "kept", None),
        (date(2027, 6, 1), date(2027, 3, 1), "not_kept", None),
    ],
)
def test_when_word_is_due(due_on: date, last_said: date, mark: str | None, expected: date | None) -> None:
    assert word_due_on(due_on, last_said, mark, 6) == expected


def test_asked_once_and_again_after_a_month() -> None:
    assert not may_ask(None, None, DAY)
    assert not may_ask(DAY + timedelta(days=1), None, DAY)
    assert may_ask(DAY, None, DAY)
    assert not may_ask(DAY, DAY - timedelta(days=29), DAY)
    assert may_ask(DAY, DAY - timedelta(days=30), DAY)
