"""When an answer may go out, and how long anyone waits."""

from __future__ import annotations

from datetime import date

import pytest

from voice.answering.rules import collective, latest_follow_up, why_not_yet

READY = {"sent_to_board_on": date(2026, 3, 1), "has_verdict": False, "has_objection": False, "enough_senders": True, "on": date(2026, 3, 8)}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_nobody_waits_longer_than_six_months(start: date, end: date) -> None:
    assert latest_follow_up(start, 6) == end


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"on": date(2026, 3, 7)}, "with_board"),
        ({"on": date(2026, 3, 2), "has_verdict": True}, None),
        ({"sent_to_board_on": None}, "not_sent"),
        ({"has_objection": True, "has_verdict": True}, "objection"),
        ({"enough_senders": False}, "too_few"),
    ],
)
def test_silence_never_blocks_and_everything_else_does(change: dict[str, object], why: str | None) -> None:
    assert why_not_yet(**{**READY, **change}) == why  # type: ignore[arg-type]


def test_an_even_board_asks_more_of_us() -> None:
    assert collective(["fair", "not_yet"]) == "not_yet"
    assert collective([]) is None
