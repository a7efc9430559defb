"""When a letter may go, and to what. Pure Python."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

A_WEEK: Final = timedelta(days=7)
UNCONFIRMED: Final = timedelta(days=7)
"""So long the first letter waits for its yes."""
FIRST_LETTERS_A_DAY: Final = 3
"""To one address: nobody can be buried in letters they did not ask for."""
LONGEST_PAUSE: Final = timedelta(hours=6)


def may_tell(told_on: date | None, today: date) -> bool:
    """At most one letter a week."""
    return told_on is None or today - told_on >= A_WEEK


def is_news(seen: Collection[str], shown: Collection[str]) -> bool:
    """Whether the receipt shows anything that it did not when they were last told. What no longer shows is no news."""
    return not set(shown) <= set(seen)


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries in vain (1 and more): two minutes, four, eight, and six hours at most."""
    return min(timedelta(minutes=2 ** min(tries, 10)), LONGEST_PAUSE)
