"""From how many views on a figure is said, when a priority should be looked at again, and when the machine learns again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST_TO_COUNT = 10  # below this, officers too see words and no figure
REVIEWED_WITHIN = timedelta(days=365)
FEWEST_TO_LEARN = 10  # confirmed views
ENOUGH_NEW = 0.05  # of what was learned from, new or changed since


@dataclass(frozen=True)
class Step:
    """A stretch of days: how many tags people chose in it, and how many of them the machine had among its suggestions."""

    since: date
    until: date
    chosen: int
    among: int


def is_overdue(looked_at_on: date, today: date) -> bool:
    """Whether a priority's words and its owner should be looked at again."""
    return today - looked_at_on > REVIEWED_WITHIN


def is_due_to_learn(changes: int, *, lessons: int | None, erased: bool, otherwise: bool) -> bool:
    """Whether to learn again.

    Args:
        changes: how often people taught something since the last time.
        lessons: from how many views was learned then; None, if nothing was ever learned.
        erased: whether something that it may have learned from is gone since.
        otherwise: whether the plan or the key is another one since.
    """
    if erased or otherwise:
        return True
    return changes >= max(FEWEST_TO_LEARN, round((lessons or 0) * ENOUGH_NEW))


def steps(days: Iterable[tuple[date, int, int]], at_least: int) -> list[Step]:
    """Cut days (day, tags chosen, of them suggested; in order) into stretches with so many tags; what is left over at the end is the last one, if
    it has FEWEST_TO_COUNT."""
    found: list[Step] = []
    open_: Step | None = None
    for day, chosen, among in days:
        open_ = Step(open_.since, day, open_.chosen + chosen, open_.among + among) if open_ else Step(day, day, chosen, among)
        if open_.chosen >= at_least:
            found.append(open_)
            open_ = None
    return [*found, open_] if open_ and open_.chosen >= FEWEST_TO_COUNT else found


def tenths(part: float) -> int:
    """A share (0 to 1) as so many in ten. Ten only where it is all, none only where it is none."""
    whole = round(part * 10)
    if whole == 10 and part < 1:
        return 9
    return 1 if whole == 0 and part > 0 else whole
