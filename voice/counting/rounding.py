"""Rounding figures that stand together so that they add up. Plain Python; proof and rules in docs/decisions/0017-releases.md.

Every figure becomes one of the multiples of 5 at most 5 away from the true one, and a total becomes exactly the sum of its parts. So the
published figures are themselves a county that could be the true one, and so is that county with one, two, three or four more people of any
one kind in it: whoever takes figures from each other, over all tables and releases, is left with five possible values of each at least.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

STEP: Final = 5
HIDDEN_TO: Final = 7  # people: never shown
SHOWN_FROM: Final = 2 * STEP  # of a rounded figure; what is rounded to less is not shown
GROUP_HIDDEN_TO: Final = 12  # a group of so many has no figures: the smallest that has some is rounded to 15, and is 13 people at least
GROUP_FROM: Final = 3 * STEP

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Range:
    """Where a figure may be rounded to, in steps of 5, and what it truly is. `loose`: it will not be shown, so it may give way first."""

    true: int
    lowest: int
    highest: int
    loose: bool = False

    def cost(self, steps: int) -> float:
        return abs(STEP * steps - self.true) * (0.01 if self.loose else 1)

    @property
    def nearest(self) -> int:
        return max(self.lowest, min(self.highest, (2 * self.true + STEP) // (2 * STEP)))


def near(people: int, figure: int) -> Range:
    """A group that is shown with an older figure: at this moment it may be one step from it."""
    return Range(people, figure // STEP - 1, figure // STEP + 1)


def between(people: int, figure: int, change: int) -> Range:
    """An answer in such a group, whose size is taken to have changed by this: one step more, one less, or the same."""
    steps = figure // STEP
    return Range(people, max(0, min(steps, steps + change // STEP)), max(steps, steps + change // STEP))


def answers(people: int, most: int | None = None) -> Range:
    """How many gave one answer; `most` where they cannot be rounded to more."""
    lowest, highest = -(-max(0, people - STEP) // STEP), (people + STEP) // STEP
    if people <= HIDDEN_TO:
        highest = 1
    elif people < 2 * STEP:
        highest = 2
    return Range(people, lowest, highest if most is None else max(lowest, min(highest, most // STEP)))


def group(people: int) -> Range:
    """How large a group is."""
    lowest, highest = -(-max(0, people - STEP) // STEP), (people + STEP) // STEP
    return Range(people, lowest, min(highest, 2) if people <= GROUP_HIDDEN_TO else highest)


def loose(people: int, most: int) -> Range:
    """A figure that is not shown: anything up to `most` (people)."""
    return Range(people, 0, most // STEP, loose=True)


def add_up(parts: Mapping[Key, Range], total: int) -> dict[Key, int] | None:
    """Parts rounded so that they add up to this total (a multiple of 5), as near to the truth as can be; None where they cannot."""
    steps = {key: each.nearest for key, each in parts.items()}
    missing = total // STEP - sum(steps.values())
    way = 1 if missing > 0 else -1
    for _ in range(abs(missing)):
        free = [key for key, each in parts.items() if each.lowest <= steps[key] + way <= each.highest]
        if not free:
            return None
        best = min(free, key=lambda key: parts[key].cost(steps[key] + way) - parts[key].cost(steps[key]))
        steps[best] += way
    return {key: STEP * each for key, each in steps.items()}


Node: TypeAlias = tuple[int, str]  # 0 and a row, or 1 and a column
Place: TypeAlias = tuple[Node, Node]


class Grid:
    """A table whose rows and columns add up to given totals. Solved by cheapest ways of moving one step from where it is too much to where it
    is too little (successive shortest paths), which finds the nearest rounding there is."""

    def __init__(self, cells: Mapping[tuple[str, str], Range], rows: Mapping[str, int], columns: Mapping[str, int]) -> None:
        self._cells: dict[Place, Range] = {((0, row), (1, column)): each for (row, column), each in cells.items()}
        self._steps = {key: each.nearest for key, each in self._cells.items()}
        totals = {(0, row): total for row, total in rows.items()} | {(1, column): total for column, total in columns.items()}
        self._missing = {node: total // STEP for node, total in totals.items()}
        for (row, column), steps in self._steps.items():
            self._missing[row] -= steps
            self._missing[column] -= steps

    def solve(self) -> dict[tuple[str, str], int] | None:
        """Every cell, a multiple of 5; None where there is no such table."""
        while any(self._missing.values()):
            if not self._move_one():
                return None
        return {(row[1], column[1]): STEP * steps for (row, column), steps in self._steps.items()}

    def _move_one(self) -> bool:
        starts = [node for node, missing in self._missing.items() if (missing > 0) == (node[0] == 0) and missing]
        ends = {node for node, missing in self._missing.items() if (missing > 0) == (node[0] == 1) and missing}
        way = self._cheapest(starts, ends)
        if way is None:
            return False
        for key, by in way:
            self._steps[key] += by
        for key, by in way:
            for node in key:
                self._missing[node] -= by
        return True

    def _cheapest(self, starts: Sequence[Node], ends: Collection[Node]) -> list[tuple[Place, int]] | None:
        """Cells to change by a step, from a start to an end: a row is left by adding to one of its cells, a column by taking from one."""
        costs: dict[Node, float] = dict.fromkeys(starts, 0.0)
        came: dict[Node, tuple[Node, Place, int]] = {}
        while self._spread(costs, came):
            pass
        reached = [node for node in ends if node in costs]
        if not reached:
            return None
        node, way = min(reached, key=lambda each: costs[each]), list[tuple[Place, int]]()
        while node in came:
            node, key, by = came[node]
            way.append((key, by))
        return way

    def _spread(self, costs: dict[Node, float], came: dict[Node, tuple[Node, Place, int]]) -> bool:
        """One round of Bellman and Ford’s: whether anything became cheaper to reach."""
        changed = False
        for key, each in self._cells.items():
            steps, (row, column) = self._steps[key], key
            for start, end, by in ((row, column, 1), (column, row, -1)):
                if start in costs and each.lowest <= steps + by <= each.highest:
                    cost = costs[start] + each.cost(steps + by) - each.cost(steps)
                    if cost < costs.get(end, math.inf) - 1e-9:
                        costs[end], came[end], changed = cost, (start, key, by), True
        return changed
