"""What a round’s papers come to, and how far a meeting and an ask are."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from voice.reviewing.meeting.rules import FEWEST_PAPERS, ask_standing, fold, in_order, local, marks_of, meeting_standing, score

DAY = date(2027, 3, 9)


@pytest.mark.parametrize(
    ("day", "ended", "called_off", "is_"),
    [
        (date(2027, 3, 10), False, False, "to_come"),
        (DAY, False, False, "today"),
        (DAY, True, False, "over"),
        (date(2027, 3, 8), False, False, "over"),
        (date(2027, 3, 10), False, True, "called_off"),
    ],
)
def test_how_far_a_meeting_is_follows_from_its_days(day: date, ended: bool, called_off: bool, is_: str) -> None:
    assert meeting_standing(day, DAY, ended=ended, called_off=called_off) == is_


def test_an_ask_is_late_once_its_day_is_over() -> None:
    assert [ask_standing(DAY, on, answered=False) for on in (DAY, date(2027, 3, 10))] == ["open", "late"]
    assert ask_standing(DAY, date(2027, 4, 1), answered=True) == "answered"


def test_a_paper_holds_weights_of_the_rounds_themes_alone() -> None:
    said = {"a": "3", "b": "pass", "c": "4", "d": "", "elsewhere": "2"}
    assert marks_of(said, ["a", "b", "c", "d", "e"]) == {"a": 3}


def test_papers_are_folded_to_sums_that_do_not_depend_on_whose_they_are() -> None:
    papers = [{"a": 3, "b": 1}, {"a": 2}, {"b": 2}, {}]
    sums = fold(papers, ["a", "b", "c"])
    assert sums == {"a": (5, 2), "b": (3, 2), "c": (0, 0)}
    random.Random(1).shuffle(papers)
    assert fold(papers, ["a", "b", "c"]) == sums


def test_too_few_papers_come_to_nothing() -> None:
    assert fold([{"a": 3}] * (FEWEST_PAPERS - 1), ["a"]) is None
    assert fold([{"a": 3}] * FEWEST_PAPERS, ["a"]) == {"a": (3 * FEWEST_PAPERS, FEWEST_PAPERS)}


def test_what_weighs_the_same_shares_a_place_and_passing_does_not_pull_down() -> None:
    scores = {"a": score(6, 2), "b": score(3, 1), "c": score(4, 2), "d": score(4, 2), "e": score(0, 0)}
    assert in_order(scores) == [(1, ["a"]), (2, ["b"]), (3, ["c", "d"]), (5, ["e"])]


def test_hours_are_of_the_county_in_summer_too() -> None:
    assert f"{local(datetime(2027, 7, 1, 17, 30, tzinfo=UTC)):%H:%M}" == "18:30"
