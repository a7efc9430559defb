"""From how many views on a figure is said, and when a priority should be looked at again."""

from __future__ import annotations

from datetime import date, timedelta

FEWEST_TO_COUNT = 10  # below this, officers too see words and no figure
REVIEWED_WITHIN = timedelta(days=365)


def is_overdue(looked_at_on: date, today: date) -> bool:
    """Whether a priority's words and its owner should be looked at again."""
    return today - looked_at_on > REVIEWED_WITHIN
