"""What may be seen of small groups, where the gaps are, and how sure a share is. Plain Python.

A figure of fewer than ten people is never seen, and nobody and nine look the same. Nor may it be worked out: whoever takes what is seen from the sum
of a line (a place, an age) must be left with ten people or more, in two groups or more, of which each small one may still be any size up to 9.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from voice.counting.reaching.ranges import ANY, ENOUGH, FEWEST, possible, ways

SHOWN, FEW, HELD, MERGED = "shown", "few", "held", "merged"
"""SHOWN: ten or more. FEW: fewer than ten, and said so. HELD: ten or more, not shown because a small one stands beside it. MERGED: not shown, and
nothing said of it, because its line has too few people to be taken apart."""
CONFIDENT: Final = 1.96  # standard errors to each side: 95 of 100 such intervals hold what would come of asking without end

Key = TypeVar("Key", bound=Hashable)
Cell = tuple[str, str]


def protect(counts: Mapping[Key, int], lines: Iterable[Collection[Key]], states: dict[Key, str] | None = None) -> dict[Key, str]:
    """What is shown of each of these groups of people (SHOWN, FEW, HELD or MERGED). `lines`: groups that add up to something that is known elsewhere;
    one that adds up to fewer than ten is known to nobody. `states`: what is hidden already."""
    states = states or {key: SHOWN if people >= FEWEST else FEW for key, people in counts.items()}
    known = [sorted(line, key=lambda key: (counts[key], str(key))) for line in lines if sum(counts[key] for key in line) >= FEWEST]
    while any(_mended(line, counts, states) for line in known):
        pass
    return states


def by_two(counts: Mapping[Cell, int]) -> dict[Cell, str]:
    """`protect` for a table: each row and each column adds up to a figure that is shown. Taking rows and columns together gives no small group away
    either: each keeps five possible values at least."""
    rows, columns = dict[str, list[Cell]](), dict[str, list[Cell]]()
    for cell in counts:
        rows.setdefault(cell[0], []).append(cell)
        columns.setdefault(cell[1], []).append(cell)
    lines = [*rows.values(), *columns.values()]
    states = protect(counts, lines)
    while (given := _given_away(counts, states)) is not None:
        _hide_beside(rows[given[0]], columns[given[1]], counts, states)
        states = protect(counts, lines, states)
    return states


BOUNDS: Final[Mapping[str, tuple[int, float]]] = {FEW: (0, FEWEST - 1), HELD: (FEWEST, math.inf), MERGED: ANY}


def _given_away(counts: Mapping[Cell, int], states: Mapping[Cell, str]) -> Cell | None:
    """A small group that can be anything but five different sizes, if there is one that can be helped."""
    small = [cell for cell, people in counts.items() if people < FEWEST]
    if all(states[cell] == MERGED for cell in counts):
        return None
    found = ways(counts, {cell: BOUNDS[state] for cell, state in states.items() if state != SHOWN})
    return next((cell for cell in small if possible(cell, found) < ENOUGH), None)


def _hide_beside(row: Sequence[Cell], column: Sequence[Cell], counts: Mapping[Cell, int], states: dict[Cell, str]) -> None:
    """One more of its row or column, the smallest that is shown; else nothing is said of either any more; else of nothing at all."""
    line = {*row, *column}
    shown = [cell for cell in line if states[cell] == SHOWN]
    if shown:
        states[min(shown, key=lambda cell: (counts[cell], cell))] = HELD
    elif any(states[cell] != MERGED for cell in line):
        states.update(dict.fromkeys(line, MERGED))
    else:
        states.update(dict.fromkeys(counts, MERGED))


def _mended(line: Sequence[Key], counts: Mapping[Key, int], states: dict[Key, str]) -> bool:
    """Hide one more group of a line that gives a small one away; False where it gives none away, or nothing is left to hide."""
    hidden = [key for key in line if states[key] != SHOWN]
    if not hidden or _gives_nothing_away(hidden, counts, states):
        return False
    shown = [key for key in line if states[key] == SHOWN]
    if shown:
        left = sum(counts[key] for key in hidden) - FEWEST * sum(states[key] == HELD for key in hidden)
        enough = (key for key in shown if left + counts[key] - FEWEST >= FEWEST - 1)
        states[next(enough, shown[0])] = HELD
        return True
    told = [key for key in line if states[key] != MERGED]
    states.update(dict.fromkeys(told, MERGED))
    return bool(told)


def _gives_nothing_away(hidden: Sequence[Key], counts: Mapping[Key, int], states: Mapping[Key, str]) -> bool:
    """Whether what is left of a line, once all that is seen is taken away, leaves each small group anything from 0 to 9."""
    few, held = (sum(states[key] == each for key in hidden) for each in (FEW, HELD))
    left = sum(counts[key] for key in hidden)
    if few and few + held < len(hidden):  # something of which nothing is said: it may be as few as none
        return left - FEWEST * held >= FEWEST - 1
    return _may_be_added(left, len(hidden), held if few else len(hidden))


@dataclass(frozen=True)
class Part:
    """What is seen of a group, with what came of it beside. `counts[0]` is how many people; the rest are how many of them."""

    counts: tuple[int, ...]  # what is seen
    hidden: tuple[int, ...] | None = None  # what is not; None: nothing is
    held: bool = False  # what is not seen may be ten or more

    @property
    def people(self) -> int | None:
        return self.counts[0] if self.counts[0] >= FEWEST else None

    @property
    def is_few(self) -> bool:
        """Fewer than ten, and that may be said."""
        return self.people is None and not self.held


def part(counts: tuple[int, ...], state: str) -> Part:
    """A group of one activity, as `protect` lets it be seen."""
    return Part(counts) if state == SHOWN else Part((0,) * len(counts), counts, state != FEW)


def together(parts: Sequence[Part]) -> Part:
    """Groups of several activities as one. What is hidden is added only where it is ten people or more, of two activities or more, and leaves each
    small one anything from 0 to 9, by the rule for a line. So a figure is made of pieces of ten and more, and so is what two figures differ by."""
    if not parts:
        return Part((0,), (0,))
    seen, unseen = _sum([each.counts for each in parts]), [each for each in parts if each.hidden is not None]
    if not unseen:
        return Part(seen)
    left = _sum([each.hidden for each in unseen if each.hidden is not None])
    if _may_be_added(left[0], len(unseen), sum(each.held for each in unseen)):
        return Part(_sum([seen, left]))
    return Part(seen, left, left[0] >= FEWEST or any(each.held for each in unseen))


def _may_be_added(left: int, hidden: int, held: int) -> bool:
    """Whether the sum of some hidden groups, `held` of which may be ten or more, leaves each of them unknown."""
    if hidden < 2 or left < FEWEST:
        return False
    if held == hidden:
        return True
    return left - FEWEST * held >= FEWEST - 1 if held else left <= (FEWEST - 1) * (hidden - 1)


def _sum(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,)


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
        of = heard.get(cell, Part((0,), (0,)))
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
    """How many of these people, out of 100; None where they are fewer than ten. The interval is Wilson’s (1927), rounded outwards."""
    if people < FEWEST:
        return None
    rate, z2 = some / people, CONFIDENT**2
    middle = (rate + z2 / (2 * people)) / (1 + z2 / people)
    reach = CONFIDENT * math.sqrt(rate * (1 - rate) / people + z2 / (4 * people**2)) / (1 + z2 / people)
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    return Share(round(100 * rate), math.floor(100 * low + 1e-9), math.ceil(100 * high - 1e-9))


def beside(found: Share | None, other: float) -> str:
    """How a share stands beside another (0 to 100) that is known: `less`, `more`, `same`, or `unsure` where too few were asked."""
    if found is None:
        return "unsure"
    return "less" if other > found.high else "more" if other < found.low else "same"
