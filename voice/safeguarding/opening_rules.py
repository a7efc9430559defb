"""What must be true before young people are asked to write, and how long it goes on being true. Pure Python; days, not hours."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

FEWEST: Final = 2  # people who read
DRILL_HOLDS: Final = timedelta(days=7)
CLOSES: Final = timedelta(days=14)  # after the last good day of training, or after the practice alert itself
SOON: Final = {"training": timedelta(days=7), "drill": timedelta(days=2)}
"""So long before something lapses the leads get a letter."""
Level: TypeAlias = Literal["met", "soon", "late", "closed"]


@dataclass(frozen=True)
class Reader:
    """A named lead or deputy. `has_second_factor` is None where it is not known how they sign in."""

    id: uuid.UUID
    name: str
    trained_on: date | None
    valid_until: date | None
    has_second_factor: bool | None


@dataclass(frozen=True)
class Condition:
    """One thing that must be true. `good_until`: the last day on which it is; `open_until`: the last on which forms stay open without it.
    Both None where it has no day: then it is true or not."""

    code: str  # people, factor, training, drill, hours, night
    level: Level
    good_until: date | None = None
    open_until: date | None = None


@dataclass(frozen=True)
class Readiness:
    """Whether young people may be asked to write, today."""

    conditions: tuple[Condition, ...]

    @property
    def is_open(self) -> bool:
        """What has begun goes on."""
        return all(each.level != "closed" for each in self.conditions)

    @property
    def is_whole(self) -> bool:
        """Nothing has lapsed: something new may begin."""
        return all(each.level in ("met", "soon") for each in self.conditions)

    @property
    def closes_after(self) -> date | None:
        """The last open day, where something has lapsed and forms are open still."""
        days = [each.open_until for each in self.conditions if each.level == "late" and each.open_until]
        return min(days) if days and self.is_open else None

    @property
    def good_until(self) -> date | None:
        """The last day on which all was true, or will be."""
        return min((each.good_until for each in self.conditions if each.good_until), default=None)

    def at(self, *levels: Level) -> list[Condition]:
        return [each for each in self.conditions if each.level in levels]


def readiness(readers: Sequence[Reader], drilled_on: date | None, *, has_hours: bool, has_night: bool, day: date) -> Readiness:
    """`drilled_on`: the day of the last practice alert that was passed. `has_night`: whom to call out of hours is said."""
    able = [each for each in readers if each.has_second_factor is not False]
    second = _second_last(each.valid_until for each in able)
    return Readiness(
        (
            Condition("people", _either(len(readers) >= FEWEST)),
            Condition("factor", _either(len(able) >= FEWEST)),
            _dated("training", second, second and second + CLOSES, day),
            _dated("drill", drilled_on and drilled_on + DRILL_HOLDS, drilled_on and drilled_on + CLOSES, day),
            Condition("hours", _either(has_hours)),
            Condition("night", _either(has_night)),
        )
    )


def may_go_on(found: Readiness, opens_on: date) -> bool:
    """Whether what opens (or opened) on this day may be answered. While something has lapsed nothing new begins."""
    return found.is_open and (found.is_whole or (found.good_until is not None and opens_on <= found.good_until))


def _second_last(days: Iterable[date | None]) -> date | None:
    """Until when two of these people are trained: the second of them, the longest first."""
    known = sorted((each for each in days if each), reverse=True)
    return known[FEWEST - 1] if len(known) >= FEWEST else None


def _either(is_true: bool) -> Level:
    return "met" if is_true else "closed"


def _dated(code: str, good_until: date | None, open_until: date | None, day: date) -> Condition:
    return Condition(code, _level(code, good_until, open_until, day), good_until, open_until)


def _level(code: str, good_until: date | None, open_until: date | None, day: date) -> Level:
    if good_until is None or open_until is None or day > open_until:
        return "closed"
    if day > good_until:
        return "late"
    return "soon" if day > good_until - SOON[code] else "met"
