"""How far those who answered both times came, and what of it may be said. Plain Python.

For a statement on a scale each person moved up, stayed or moved down; and said yes, or did not, each time. Of the second an interval says how
sure the difference is. It is the score interval for a difference of two proportions of the same people: Tango, “Equivalence test and confidence
interval for the difference in proportions for the paired-sample design”, Statistics in Medicine 17 (1998) 891–908, which keeps its level where
few changed (Fagerland, Lydersen and Laake, “Recommended tests and confidence intervals for paired binomial proportions”, Statistics in
Medicine 33 (2014) 2850–2875). Means are not taken: the steps of a scale are no lengths.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from voice.counting.intervals import Z
from voice.counting.rules import FEWEST

STEP: Final = 5
"""Points out of 100 that an interval is widened to, so that nobody works out of it how many few were."""
_CLOSE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Counts:
    """One statement, of those who answered it both times. `gained` said yes at the end alone, `lost` at the start alone."""

    people: int = 0
    up: int = 0
    same: int = 0
    down: int = 0
    yes_before: int = 0
    yes_after: int = 0
    gained: int = 0
    lost: int = 0


class Share(NamedTuple):
    """So many in ten. `bound`: “about”; “under” or “over” where the exact figure, or what it leaves, is of too few people."""

    tenths: int
    bound: str


@dataclass(frozen=True, slots=True)
class Change:
    """What may be said of one statement. None: too few."""

    people: int | None
    before: Share | None = None
    after: Share | None = None
    up: int | None = None
    same: int | None = None
    down: int | None = None
    least: int | None = None  # points out of 100 by which more (or, below nought, fewer) say yes; 95 in 100 sure that it is not less
    most: int | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it is more than chance would give."""
        return self.least is not None and self.most is not None and (self.least > 0 or self.most < 0)


def counts(pairs: Iterable[tuple[str, str]], codes: Sequence[str]) -> Counts:
    """Count pairs of codes (before, after). `codes` go from the most to the least; those above the middle are a yes. Others are left out."""
    place = {code: len(codes) - at for at, code in enumerate(codes)}
    yes = set(codes[: len(codes) // 2])
    both = [(one, other) for one, other in pairs if one in place and other in place]
    moves = [place[other] - place[one] for one, other in both]
    gained = sum(other in yes and one not in yes for one, other in both)
    lost = sum(one in yes and other not in yes for one, other in both)
    yes_before = sum(one in yes for one, _ in both)
    up, down = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    return Counts(len(both), up, len(both) - up - down, down, yes_before, yes_before + gained - lost, gained, lost)


def sayable(counted: Counts) -> Change:
    """What may be said: nothing of fewer than ten; no figure of fewer than ten, nor the one it could be worked out from."""
    people = counted.people
    if people < FEWEST:
        return Change(None)
    same, down, up = hide_few((counted.same, counted.down, counted.up))
    before, after = share(counted.yes_before, people), share(counted.yes_after, people)
    if before is None or after is None:
        return Change(people, None, None, up, same, down)
    low, high = tango(counted.gained, counted.lost, people)
    return Change(people, before, after, up, same, down, _widened(low, math.floor), _widened(high, math.ceil))


def share(count: int, people: int) -> Share | None:
    """How many in ten; of fewer than ten people, or where fewer than ten are left, only that. None where both would be so."""
    if people < 2 * FEWEST:
        return None
    few = FEWEST - 1
    if count <= few:
        return Share(math.ceil(10 * FEWEST / people), "under")
    if people - count <= few:
        return Share(math.floor(10 * (people - FEWEST) / people), "over")
    return Share(math.floor(10 * count / people + 0.5), "about")


def hide_few(figures: Sequence[int]) -> list[int | None]:
    """Figures that add up to a known one: those under ten are hidden, and where that is one alone, the first of the others too."""
    hidden = {at for at, figure in enumerate(figures) if figure < FEWEST}
    if len(hidden) == 1:
        hidden.add(next(at for at in range(len(figures)) if at not in hidden))
    return [None if at in hidden else figure for at, figure in enumerate(figures)]


def about(count: int) -> int | None:
    """To the nearest five; None under ten."""
    return None if count < FEWEST else STEP * math.floor(count / STEP + 0.5)


def tango(gained: int, lost: int, people: int, z: float = Z) -> tuple[float, float]:
    """Tango’s score interval for (gained - lost) / people, as parts of one.

    `gained` and `lost` are those who changed, one way and the other, of `people` pairs. ValueError where there are none, or more changed.
    """
    if people < 1 or min(gained, lost) < 0 or gained + lost > people:
        raise ValueError("those who changed are some of the people")
    middle = (gained - lost) / people
    return (
        _edge(lambda at: _score(at, gained, lost, people) - z, -1.0, middle),
        _edge(lambda at: -z - _score(at, gained, lost, people), 1.0, middle),
    )


def _score(difference: float, gained: int, lost: int, people: int) -> float:
    """How many standard errors what was seen lies from this difference, with the nuisance at its most likely value under it."""
    a, b = 2 * people, -gained - lost + (2 * people - gained + lost) * difference
    likely = (math.sqrt(max(0.0, b * b + 4 * a * lost * difference * (1 - difference))) - b) / (2 * a)
    variance = people * (2 * likely + difference * (1 - difference))
    off = gained - lost - people * difference
    return math.copysign(math.inf, off) if variance <= _CLOSE and abs(off) > _CLOSE else off / math.sqrt(max(variance, _CLOSE))


def _edge(beyond: Callable[[float], float], outside: float, inside: float) -> float:
    """Where `beyond` changes its sign between a point outside the interval, where it is above nought, and one inside."""
    if beyond(outside) <= 0:
        return outside
    while abs(outside - inside) > _CLOSE:
        half = (outside + inside) / 2
        outside, inside = (half, inside) if beyond(half) > 0 else (outside, half)
    return inside


def _widened(part: float, to: Callable[[float], int]) -> int:
    return STEP * to(100 * part / STEP)
