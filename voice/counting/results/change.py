"""Change between two waves: other people each time, so two independent samples. Plain Python.

The interval of a difference of two proportions is Newcombe’s hybrid score interval without continuity correction, from Wilson’s score intervals
of each: method 10 of R. G. Newcombe, “Interval estimation for the difference between independent proportions: comparison of eleven methods”,
Statistics in Medicine 17 (1998), 873-890. Both at 95 %.

It says how far chance alone may carry a figure where those who answered are like a sample drawn at random. Who chooses to answer is not one: so it
is the least doubt there is, not all of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from voice.counting.intervals import Interval, wilson
from voice.counting.rules import FEWEST

LEAST_EXPECTED: Final = 5
"""People to be expected in each of the four cells (so, not so; then, now) if nothing had changed; with fewer nothing is said (Cochran, 1954)."""

Verdict: TypeAlias = Literal["more", "fewer", "chance", "few"]
"""Clearly more people, clearly fewer, what could be chance, too few to say."""


class Share(NamedTuple):
    """So many of so many people."""

    people: int
    of: int

    @property
    def value(self) -> float:
        return self.people / self.of


@dataclass(frozen=True)
class Change:
    """From one wave to another. `interval` is of the difference, as a share (0.1: ten more in a hundred); None where it is too few to say."""

    before: Share | None
    now: Share | None
    interval: Interval | None
    verdict: Verdict


def newcombe(one: Share, other: Share) -> Interval:
    """Where the true difference `one - other` may be, as a share."""
    difference, first, second = one.value - other.value, wilson(*one), wilson(*other)
    down = math.hypot(one.value - first.low, second.high - other.value)
    up = math.hypot(first.high - one.value, other.value - second.low)
    return Interval(max(-1.0, difference - down), min(1.0, difference + up))


def change(before: Share | None, now: Share | None) -> Change:
    """What may be said of these two. None: that wave is not shown, or it was not asked."""
    if before is None or now is None or not _enough(before, now):
        return Change(before, now, None, "few")
    found = newcombe(now, before)
    return Change(before, now, found, "more" if found.low > 0 else "fewer" if found.high < 0 else "chance")


def _enough(before: Share, now: Share) -> bool:
    if min(before.of, now.of) < FEWEST:
        return False
    together = Share(before.people + now.people, before.of + now.of)
    rarer = min(together.people, together.of - together.people)
    return rarer * min(before.of, now.of) >= LEAST_EXPECTED * together.of


class Spoken(NamedTuple):
    """A share as people say it: so many in `of`, which is 10 or 100."""

    number: int
    of: int


def spoken(*shares: Share) -> list[Spoken]:
    """All in tens, where tens tell them apart and none would be said to be nobody or all; else in hundreds."""
    tens = [_rounded(each, 10) for each in shares]
    honest = all(0 < ten < 10 or each.people in (0, each.of) for ten, each in zip(tens, shares, strict=True))
    if honest and (len(shares) == 1 or len(set(tens)) == len({_rounded(each, 100) for each in shares})):
        return [Spoken(each, 10) for each in tens]
    return [Spoken(_rounded(each, 100), 100) for each in shares]


def _rounded(share: Share, of: int) -> int:
    return (2 * of * share.people + share.of) // (2 * share.of)


def by_chance(verdicts: int) -> int:
    """How many of so many comparisons would look changed by chance alone: one in twenty."""
    return round(verdicts / 20)
