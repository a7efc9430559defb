"""What a measure’s figures say: how it stands, how fresh it is, and what is about so few people that it stays inside. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from voice.delivering.measuring.periods import months_between

SOURCES: Final = ("entered", "imported", "release")
UNITS: Final = ("percent", "rate", "count", "money", "score", "number")
"""percent: out of 100. rate: per so many. count: how many. money: pounds. score: out of so many points. number: anything else, such as hours."""
COUNTED: Final = ("percent", "rate", "count")
"""Units that may count people."""
FEWEST: Final = 10  # people a share may be of
TOO_FEW: Final = range(1, 8)  # counts that are not shown

Standing = Literal["met", "nearer", "no_nearer", "unknown"]
Bound = Literal["at_least", "more_than", "at_most", "less_than"]
Moved = Literal["up", "down", "same"]
KEPT_WITHIN: Final = 0.02  # of itself: what should stay as it is may move so far
TOP: Final = 100.0


class Aim(NamedTuple):
    """Where a measure begins and where it should come to; None where nobody has said it as a number."""

    direction: str | None
    baseline: float | None = None
    target: float | None = None
    bound: Bound | None = None

    @property
    def way(self) -> str | None:
        """up, down or keep: as it is said, or as the target says it (“at least 35%”)."""
        if self.direction:
            return self.direction
        return {"at_least": "up", "more_than": "up", "at_most": "down", "less_than": "down"}.get(self.bound or "")


def standing(aim: Aim, values: Sequence[float]) -> Standing:
    """How the newest of these (oldest first) stands to the target. It is nearer where less is left to go than at the baseline, or than at the first
    reading where there is no baseline. Where no number is aimed at, nearer is having moved the right way."""
    if not values or aim.way is None:
        return "unknown"
    newest = values[-1]
    start = aim.baseline if aim.baseline is not None else values[0] if len(values) > 1 else None
    if aim.way == "keep":
        return _kept(start if aim.target is None else aim.target, newest)
    if aim.target is not None:
        return "met" if _reached(aim, aim.target, newest) else _left_to_go(aim.target, start, newest)
    if start is None:
        return "unknown"
    return "nearer" if (newest > start if aim.way == "up" else newest < start) else "no_nearer"


def moved(start: float, newest: float) -> Moved:
    return "same" if start == newest else "up" if newest > start else "down"


def is_fresh(newest: date | None, months: int, today: date) -> bool:
    """Whether the newest figure is of a time less than so many months ago."""
    return newest is not None and months_between(newest, today) < months


class Few(NamedTuple):
    """Why a figure stays inside: a code, and the figure it is about."""

    why: Literal["not_said", "share_of_few", "count_of_few", "part_of_few"]
    people: int | None = None


def about_few(unit: str | None, per: int | None, value: float, out_of: int | None, *, of_people: bool = True) -> Few | None:
    """Why this must stay inside, or None. A count of 1 to 7 people could point at them; so could a share of fewer than 10, a share that is 1 to 7
    people written another way, and one that leaves 1 to 7 out. How many a share is of has to be said, or nobody can know."""
    if not of_people or unit not in COUNTED:
        return None
    if unit == "count":
        return Few("count_of_few", round(value)) if round(value) in TOO_FEW else None
    if out_of is None:
        return Few("not_said")
    if out_of < FEWEST:
        return Few("share_of_few", out_of)
    people = round(value * out_of / (per or TOP))
    if people in TOO_FEW:
        return Few("part_of_few", people)
    left = out_of - people
    return Few("part_of_few", left) if unit == "percent" and left in TOO_FEW else None


def could_be_worked_out(unit: str | None, whole: float | None, shown: Mapping[str, float], hidden: Iterable[str], places: int) -> str | None:
    """The place whose count must be hidden too: where the whole is known and one place alone is hidden, what is missing is its count.
    None where nothing needs to be. `places`: how many there are; one that nobody has counted hides as well as one that is hidden."""
    alone = len(list(hidden)) == 1 and len(shown) == places - 1
    if unit != "count" or whole is None or not alone or not shown:
        return None
    return min(shown, key=lambda place: (shown[place], place))


def _kept(goal: float | None, newest: float) -> Standing:
    if goal is None:
        return "unknown"
    return "met" if abs(newest - goal) <= KEPT_WITHIN * abs(goal) else "no_nearer"


def _reached(aim: Aim, target: float, newest: float) -> bool:
    if newest == target:
        return aim.bound not in ("more_than", "less_than")
    return newest > target if aim.way == "up" else newest < target


def _left_to_go(target: float, start: float | None, newest: float) -> Standing:
    if start is None:
        return "unknown"
    return "nearer" if abs(target - newest) < abs(target - start) else "no_nearer"
