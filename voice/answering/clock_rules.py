"""The clock, as plain decisions about days: by when an answer is due, what is late, how long it usually took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

QUESTIONS: Final = ("listened", "helped")
"""What a sender is asked about an answer, each by itself: were you listened to, did it help."""
SAID: Final = ("yes", "not_sure", "not_really")
"""What they can say, from the kindest to what asks most of us."""


@dataclass(frozen=True)
class Wait:
    """How long something waited for its first answer. `since`: it closed, or three had said it; `until`: it was answered; None: it was not yet."""

    since: date
    due_on: date
    until: date | None

    def days(self, on: date) -> int:
        """Days waited; what was answered before it closed waited none."""
        return max(0, ((self.until or on) - self.since).days)

    def is_settled(self, on: date) -> bool:
        """Whether it can be said if its day was kept: it was answered, or its day has passed."""
        return self.until is not None or on > self.due_on


@dataclass(frozen=True)
class Fast:
    """How fast first answers come. `is_longer`: half of them wait longer than `median` days, as they are still waiting."""

    median: int
    is_longer: bool
    within: int
    of: int


def due_on(closed_on: date, reply_by: date, days: int) -> date:
    """By when an activity is first answered: the day young people were told, and so many days after closing at the latest."""
    return min(reply_by, closed_on + timedelta(days=days))


def days_late(due: date, on: date) -> int:
    return max(0, (on - due).days)


def how_fast(waits: Iterable[Wait], days: int, on: date) -> Fast | None:
    """Of all whose day can be judged, those that still wait among them: leaving them out would make the slowest look fast. None of none."""
    settled = sorted((each for each in waits if each.is_settled(on)), key=lambda each: (each.days(on), each.until is None))
    if not settled:
        return None
    middle = settled[(len(settled) - 1) // 2]
    within = sum(each.until is not None and each.days(on) <= days for each in settled)
    return Fast(middle.days(on), middle.until is None, within, len(settled))


def came_back(first: date, said: Sequence[tuple[date, date | None]], on: date) -> tuple[int, int]:
    """Of the days we named for one answer that can be judged: how many we kept, and how many there are.

    `first`: named with the answer; `said`: each time we came back, and the day we named then (None: for the last time).
    """
    named: list[date | None] = [first, *(after for _said, after in said)]
    came: list[date | None] = [*(day for day, _after in said), None]
    due = [(day, back) for day, back in zip(named, came, strict=True) if day and (back or day < on)]
    return sum(back is not None and back <= day for day, back in due), len(due)


def hardest(said: Sequence[str]) -> str:
    """What one sender said of several answers, as one: what asks most of us."""
    return max(said, key=SAID.index)
