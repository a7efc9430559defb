"""A council’s decision on its way: to an officer, to the board, and back. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Stage: TypeAlias = Literal["with_officer", "sent_back", "with_board", "in_a_theme", "answered"]

TEXTS: Final = ("talked_about", "decided", "asked_for", "minority")
"""What a decision says, in the order it is read."""


def stage(*, outcome: str | None, has_theme: bool, has_reply: bool) -> Stage:
    """How far it is. Nothing is before the board that an officer has not let through."""
    if outcome != "passed":
        return "sent_back" if outcome == "sent_back" else "with_officer"
    if has_reply:
        return "answered"
    return "in_a_theme" if has_theme else "with_board"


def fit_to_show(texts: Mapping[str, str | None]) -> dict[str, str]:
    """The texts as they are kept once let through: tidy, without those that say nothing. ValueError where one that must be there is empty."""
    found = {name: (texts.get(name) or "").strip() for name in TEXTS}
    missing = [name for name in TEXTS[:3] if not found[name]]
    if missing:
        raise ValueError(f"Nothing is said of {missing[0]}.")
    return {name: words for name, words in found.items() if words}
