"""What of a board member’s words a grown-up looks at before other members do: what may name someone, or mean that someone is at risk."""

from __future__ import annotations

from typing import Final

from voice import plans, reading
from voice.safeguarding.screen import screen

NAMES_NOBODY: Final = frozenset({"place", "link"})


def must_be_looked_at(*texts: str | None) -> bool:
    """Whether a grown-up looks first. When we cannot tell, they do."""
    return any(_may_name_someone(each) or screen(each).concern for each in texts if each)


def _may_name_someone(words: str) -> bool:
    plan = plans.current_plan()
    places = [each.name for each in plans.places(plan.id)] if plan else []
    return any(each.kind not in NAMES_NOBODY for each in reading.proposals(words, "en", places))
