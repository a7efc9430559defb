"""A decision is before the board only once an officer let it through, and says all it must."""

from __future__ import annotations

import pytest

from voice.reviewing.councils.rules import Stage, fit_to_show, stage


@pytest.mark.parametrize(
    ("outcome", "has_theme", "has_reply", "is_now"),
    [
        (None, False, False, "with_officer"),
        (None, True, True, "with_officer"),
        ("sent_back", False, False, "sent_back"),
        ("passed", False, False, "with_board"),
        ("passed", True, False, "in_a_theme"),
        ("passed", True, True, "answered"),
    ],
)
def test_how_far_it_is(outcome: str | None, has_theme: bool, has_reply: bool, is_now: Stage) -> None:
    assert stage(outcome=outcome, has_theme=has_theme, has_reply=has_reply) == is_now


def test_what_is_kept_of_it_is_tidy_and_whole() -> None:
    said = {"talked_about": " Lunch ", "decided": "Longer queues are no good.", "asked_for": "More time.", "minority": "  "}
    assert fit_to_show(said) == {"talked_about": "Lunch", "decided": "Longer queues are no good.", "asked_for": "More time."}
    with pytest.raises(ValueError, match="decided"):
        fit_to_show({**said, "decided": " "})
