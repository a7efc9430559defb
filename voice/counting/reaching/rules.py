"""What may be said of small groups, where the gaps are, and how sure a share is. Plain Python.

Which figures are seen is decided where all exact figures are (`results.hiding`). Here is what may be said of those that are not: “fewer than ten”
is a finding, but it is a bound too, and whoever takes what is seen from the sum of a line could work more out with it. So it is said only where
every small group may still be any size from 0 to 9 that it might be without it."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from voice.counting.intervals import wilson
from voice.counting.reaching.ranges import ANY, ENOUGH, Ways, possible, ways
from voice.counting.rules import FEWEST

SHOWN, FEW, HELD, MERGED = "shown", "few", "held", "merged"
"""SHOWN: a figure of ten or more. FEW: fewer than ten, and said so. HELD: ten or more, not shown because a small one stands beside it. MERGED: not
shown, and nothing may be said of it; it looks the same as HELD."""


Key = TypeVar("Key", bound=Hashable)
Cell = tuple[str, str]
Bounds = tuple[int, float]
BOUNDS: Final[Mapping[str, Bounds]] = {FEW: (0, FEWEST - 1), HELD: (FEWEST, math.inf), MERGED: ANY}


def told(counts: Mapping[Key, int], seen: Collection[Key], lines: Iterable[Collection[Key]]) -> dict[Key, str]:
    """What is said of each of these groups of people. `seen`: those with figures. `lines`: groups that add up to something that is known elsewhere;
    one that adds up to fewer than ten is known to nobody."""
    states = {key: SHOWN if key in seen else FEW if people < FEWEST else HELD for key, people in counts.items()}
    known = [line for line in lines if sum(counts[key] for key in line) >= FEWEST]
    while any(_unsaid(line, counts, states) for line in known):
        pass
    return states


def told_by_two(counts: Mapping[Cell, int], seen: Collection[Cell]) -> dict[Cell, str]:
    """`told` for a table: each row and each column adds up to a figure that is known. Taking rows and columns together narrows no small group down to
    fewer than five sizes either, or not by what is said."""
    rows, columns = dict[str, list[Cell]](), dict[str, list[Cell]]()
    for cell in counts:
        rows.setdefault(cell[0], []).append(cell)
        columns.setdefault(cell[1], []).append(cell)
    lines = [*rows.values(), *columns.values()]
    states = told(counts, seen, lines)
    hidden = [cell for cell, state in states.items() if state != SHOWN]
    unsaid = ways(counts, dict.fromkeys(hidden, ANY))
    while narrow := _narrowed(counts, states, hidden, unsaid):
        for row, column in narrow:
            _say_nothing([*rows[row], *columns[column]], states)
    return states


def _unsaid(line: Collection[Key], counts: Mapping[Key, int], states: dict[Key, str]) -> bool:
    """Say nothing of the hidden groups of a line where what is said of them narrows a small one down; False where it does not."""
    hidden = [key for key in line if states[key] != SHOWN]
    few, held = (sum(states[key] == each for key in hidden) for each in (FEW, HELD))
    left = sum(counts[key] for key in hidden)
    narrows = left > (FEWEST - 1) * (few - 1) if few == len(hidden) else left - FEWEST * held < min(FEWEST - 1, left)
    return bool(few) and narrows and _say_nothing(line, states)


def _say_nothing(line: Iterable[Key], states: dict[Key, str]) -> bool:
    changed = [key for key in line if states[key] in (FEW, HELD)]
    states.update(dict.fromkeys(changed, MERGED))
    return bool(changed)


def _narrowed(counts: Mapping[Cell, int], states: Mapping[Cell, str], hidden: Sequence[Cell], unsaid: Ways) -> list[Cell]:
    """Small groups that can be fewer than five sizes because of what is said."""
    found = ways(counts, {cell: BOUNDS[states[cell]] for cell in hidden})
    small = [cell for cell in hidden if states[cell] == FEW]
    return [cell for cell in small if possible(cell, found) < ENOUGH <= possible(cell, unsaid)]


@dataclass(frozen=True)
class Part:
    """What is seen of a group, with what came of it beside. `counts[0]` is how many people; the rest are how many of them."""

    counts: tuple[int, ...]  # what is seen
    hidden: tuple[int, ...] | None = None  # what is not; None: nothing is
    bounds: Bounds = (0, 0)  # how few and how many people what is hidden may be, by what is said of it

    @property
    def people(self) -> int | None:
        return self.counts[0] if self.counts[0] >= FEWEST else None

    @property
    def is_few(self) -> bool:
        """Fewer than ten, and that may be said."""
        return self.people is None and self.bounds[1] < FEWEST


def part(counts: tuple[int, ...], state: str) -> Part:
    """A group of one activity, by what is said of it."""
    return Part(counts) if state == SHOWN else Part((0,) * len(counts), counts, BOUNDS[state])


def nobody(size: int = 1) -> Part:
    """A group in which there is nobody, which looks as if there were a few."""
    return part((0,) * size, FEW)


def together(parts: Sequence[Part]) -> Part:
    """Groups of several activities as one. What is hidden is added only where it is ten people or more, of two activities or more, and leaves each
    small one anything from 0 to 9. So a figure is made of pieces of ten and more, and so is what two figures differ by."""
    seen, unseen = _sum([each.counts for each in parts]), [each for each in parts if each.hidden is not None]
    if not unseen:
        return Part(seen)
    left = _sum([each.hidden for each in unseen if each.hidden is not None])
    if _may_be_added(left[0], unseen):
        return Part(_sum([seen, left]))
    least, most = (sum(each.bounds[side] for each in unseen) for side in (0, 1))
    small = all(each.bounds[1] < FEWEST for each in unseen) and left[0] < FEWEST
    return Part(seen, left, (int(least), FEWEST - 1 if small else max(most, FEWEST)))


def _may_be_added(left: int, unseen: Sequence[Part]) -> bool:
    """Whether the sum of some hidden groups leaves each small one unknown."""
    least, most = (sum(each.bounds[side] for each in unseen) for side in (0, 1))
    if len(unseen) < 2 or left < FEWEST:
        return False
    for each in unseen:
        if each.hidden is not None and each.hidden[0] < FEWEST:
            most_others = most - each.bounds[1] if each.bounds[1] < math.inf else sum(one.bounds[1] for one in unseen if one is not each)
            if left - (least - each.bounds[0]) < FEWEST - 1 or left > most_others:
                return False
    return True


def _sum(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


# Gaps -----------------------------------------------------------------------------------------------------------------------------------


class Gap(NamedTuple):
    """A group that we have heard less from than from the county as a whole."""

    place: str
    age: str
    children: int  # who live there
    people: int | None  # who took part; None: fewer than ten
    per_thousand: int  # rounded; where fewer than ten took part, their share is below this
    missing: int  # how many more would have taken part, had it been as in the county: at least


def per_thousand(people: int | None, children: int) -> int:
    """Out of 1,000 children. Where fewer than ten took part (None): what their share is below."""
    return math.ceil(1000 * FEWEST / children) if people is None else round(1000 * people / children)


def gaps(heard: Mapping[Cell, Part], children: Mapping[Cell, int], county: float) -> list[Gap]:
    """Groups that fall behind the county (a share of its children), the largest gap first. One that may not be seen is not among them, nor one that
    is too small to be sure of, because nine of its children would be as many as elsewhere."""
    found = []
    for cell, live in children.items():
        of = heard.get(cell, nobody())
        if live <= 0 or (of.people is None and not of.is_few):
            continue
        missing = math.floor(county * live - (of.people or FEWEST - 1))
        if missing >= 1:
            found.append(Gap(*cell, live, of.people, per_thousand(of.people, live), missing))
    return sorted(found, key=lambda each: (-each.missing, each.place, each.age))


# Shares ---------------------------------------------------------------------------------------------------------------------------------


class Share(NamedTuple):
    """Out of 100, whole: what it is, and between which figures it would lie if we asked again and again (Wilson, 95 in 100)."""

    percent: int
    low: int
    high: int


def share(some: int, people: int) -> Share | None:
    """How many of these people, out of 100; None where they are fewer than ten. The interval is Wilson’s, rounded outwards."""
    if people < FEWEST:
        return None
    low, high = wilson(some, people)
    return Share(round(100 * some / people), math.floor(100 * low + 1e-9), math.ceil(100 * high - 1e-9))


def beside(found: Share | None, other: float) -> str:
    """How a share stands beside another (0 to 100) that is known: `less`, `more`, `same`, or `unsure` where too few were asked."""
    if found is None:
        return "unsure"
    return "less" if other > found.high else "more" if other < found.low else "same"
