"""How far a draft is follows from its days; what the board thinks is gathered only when nobody can be swayed or known by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from voice.reviewing.drafts.rules import FEWEST_TO_GATHER, STANCES, Stage, gathered, stage

DAY = date(2026, 11, 2)
LATER = DAY + timedelta(days=14)


@pytest.mark.parametrize(
    ("laid_on", "until", "closed_on", "answered_on", "on", "is_now"),
    [
        (None, None, None, None, DAY, "made"),
        (DAY, LATER, None, None, DAY, "open"),
        (DAY, LATER, None, None, LATER, "open"),
        (DAY, LATER, None, None, LATER + timedelta(days=1), "closing"),
        (DAY, LATER, DAY, None, DAY, "with_owner"),
        (DAY, LATER, LATER, LATER, LATER, "answered"),
    ],
)
def test_its_days_say_how_far_it_is(
    laid_on: date | None, until: date | None, closed_on: date | None, answered_on: date | None, on: date, is_now: Stage
) -> None:
    assert stage(laid_on=laid_on, until=until, closed_on=closed_on, answered_on=answered_on, on=on) == is_now


def test_how_the_board_stands_is_shown_once_its_days_are_over_and_enough_have_said() -> None:
    said = {"agree": FEWEST_TO_GATHER, "change": 1}
    assert gathered(said, "open") == {}
    assert gathered({"agree": FEWEST_TO_GATHER - 1}, "answered") == {}
    assert list(gathered(said, "with_owner").items()) == list(zip(STANCES, (FEWEST_TO_GATHER, 1, 0), strict=True))
