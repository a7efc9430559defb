"""Which exact figures are hidden, so that nobody can work out those of fewer than ten people. Plain Python.

A table splits people by one fact or by two, and what it adds up to is known. What is hidden in it can be worked out where it stands alone in a
sum, and so can any part of it that is a sum less other sums. Such a part has to be nobody or at least ten people, or more is hidden. Parts are
found as smallest cuts of a network whose arrows are the hidden figures (rows to columns); that any part that can be worked out is made of such
cuts follows from the sums being those of a network (Fischetti and Salazar, “Models and algorithms for the 2-dimensional cell suppression
problem in statistical disclosure control”, Mathematical Programming 84, 1999, use the same network).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from voice.counting.flows import push
from voice.counting.rules import FEWEST

Pair: TypeAlias = tuple[str, str]
Node: TypeAlias = tuple[int, str]  # 0 and a row, 1 and a column
REST: Final = "\x00rest"
"""All rows, or columns, that are hidden as a whole, taken together: only their sum is known."""


class _Part(NamedTuple):
    """Some hidden figures whose sum can be worked out: those in `rows` less those in `columns`, one of them being `cell`."""

    cell: Pair
    rows: set[str]
    columns: set[str]


def hidden(people: Mapping[str, int], also: Collection[str] = ()) -> frozenset[str]:
    """The groups that are not shown, of those that all people are split into: each of fewer than ten, what is hidden for another reason
    (`also`), and the smallest others for as long as those hidden would be fewer than ten together."""
    found = {value for value, count in people.items() if count < FEWEST or value in also}
    others = sorted((count, value) for value, count in people.items() if value not in found)
    while 0 < sum(people[value] for value in found) < FEWEST and others:
        found.add(others.pop(0)[1])
    return frozenset(found)


def hidden_pairs(people: Mapping[Pair, int], rows: Collection[str], columns: Collection[str], also: Iterable[Pair] = ()) -> frozenset[Pair]:
    """The cells that are not shown of a table of two facts. `people` has every cell; `rows` and `columns` are those whose totals are shown."""
    own, closed = {pair: _merged(pair, rows, columns) for pair in people}, set(also)
    cells: dict[Pair, int] = {}
    for pair, count in people.items():
        cells[own[pair]] = cells.get(own[pair], 0) + count
    small = {own[pair] for pair, count in people.items() if count < FEWEST or pair in closed}
    gone = {pair for pair in cells if pair in small or REST in pair}
    while (part := _too_small(cells, gone)) is not None:
        more = _corners(cells, gone, part.cell) or _across(cells, gone, part)
        if not more:
            return frozenset(people)
        gone |= more
    return frozenset(pair for pair in people if own[pair] in gone)


def _corners(cells: Mapping[Pair, int], gone: Collection[Pair], cell: Pair) -> set[Pair]:
    """Of all rectangles with this cell in a corner that keep it, the other corners of the one that hides fewest people more; none where none does."""
    (row, column), found = cell, list[tuple[int, list[Pair]]]()
    for one, other in cells:
        beside, below, across = (row, other), (one, column), (one, other)
        if one == row or other == column or min(cells[beside], cells[below]) + cells[cell] < FEWEST:
            continue
        more = [each for each in (beside, below, across) if each not in gone]
        if more:
            found.append((sum(cells[each] for each in more), sorted(more)))
    return set(min(found)[1]) if found else set()


def _across(cells: Mapping[Pair, int], gone: Collection[Pair], part: _Part) -> set[Pair]:
    """The smallest cell that ends this part’s being told by sums; none where all that could are hidden."""
    more = [
        (count, (row, column))
        for (row, column), count in cells.items()
        if (row, column) not in gone and (row in part.rows) != (column in part.columns)
    ]
    return {min(more)[1]} if more else set()


def _merged(pair: Pair, rows: Collection[str], columns: Collection[str]) -> Pair:
    row, column = pair
    return (row if row in rows else REST, column if column in columns else REST)


def _too_small(cells: Mapping[Pair, int], gone: Collection[Pair]) -> _Part | None:
    """A part of one to nine people that can be worked out; None where there is none."""
    unknown = _without_known_zeros({pair: cells[pair] for pair in gone})
    for row, column in sorted(unknown):
        if unknown[row, column]:
            size, side = _smallest_cut(unknown, row, column, FEWEST)
            if size < FEWEST:
                return _Part((row, column), *({name for kind, name in side if kind == wanted} for wanted in (0, 1)))
    return None


def _without_known_zeros(unknown: dict[Pair, int]) -> dict[Pair, int]:
    """Nobody is known to be where a sum says nobody is; that may make more known."""
    while True:
        known = [pair for pair, count in unknown.items() if count == 0 and _smallest_cut(unknown, *pair, 1)[0] == 0]
        if not known:
            return unknown
        unknown = {pair: count for pair, count in unknown.items() if pair not in known}


def _smallest_cut(unknown: Mapping[Pair, int], row: str, column: str, enough: int) -> tuple[float, set[Node]]:
    """How many people the smallest part that can be worked out and holds this cell has (at most `enough`), and the nodes on its rows’ side.

    From a row to a column of a hidden cell leads an arrow as wide as the cell is large; back leads one without end, because what is hidden
    there too is taken off by nothing.
    """
    room: dict[Node, dict[Node, float]] = {}
    for (at, beside), count in unknown.items():
        room.setdefault((0, at), {})[(1, beside)] = count
        room.setdefault((1, beside), {})[(0, at)] = math.inf
    return push(room, (0, row), (1, column), enough)
