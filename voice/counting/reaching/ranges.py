"""How far a hidden group of a table can be worked out by whoever knows all that is shown, and the sum of every row and column. Plain Python.

What is hidden may be anything that leaves these sums as they are: one cell grows by one where others shrink and grow along a way from its row to its
column. How many such ways there are at once is a largest flow, and with it the range of the cell is exact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from voice.counting.flows import push
from voice.counting.rules import FEWEST

ENOUGH: Final = 5  # possible values that every hidden small group keeps
Node = tuple[str, str]
Ways = dict[Node, dict[Node, float]]
FREE: Final[Node] = ("free", "")
"""Where what a line with fewer than ten people has more or less may go: nobody knows its sum."""


def ways(counts: Mapping[tuple[str, str], int], bounds: Mapping[tuple[str, str], tuple[int, float]]) -> Ways:
    """What may move. `bounds`: the least and the most that each hidden cell may be, by its label alone."""
    found: Ways = {FREE: {}}
    sums: dict[Node, int] = {}
    for (row, column), people in counts.items():
        for node in (("row", row), ("column", column)):
            sums[node] = sums.get(node, 0) + people
            found.setdefault(node, {})
    for (row, column), (least, most) in bounds.items():
        found[("row", row)][("column", column)] = counts[(row, column)] - least
        found[("column", column)][("row", row)] = most - counts[(row, column)]
    for node, people in sums.items():
        if people < FEWEST:
            more, less = FEWEST - 1 - people, people
            found[node][FREE], found[FREE][node] = (more, less) if node[0] == "row" else (less, more)
    return found


def possible(cell: tuple[str, str], found: Ways) -> int:
    """How many values the cell may have; counting stops at ENOUGH."""
    row, column = ("row", cell[0]), ("column", cell[1])
    shrinks, grows = found[row][column], found[column][row]
    up = _flow(row, column, found, min(grows, ENOUGH - 1))
    return 1 + up + _flow(column, row, found, min(shrinks, ENOUGH - 1 - up))


def _flow(start: Node, end: Node, found: Ways, most: float) -> int:
    """How much can go from one node to another, at most so much, without the edge between the two."""
    left = {node: dict(edges) for node, edges in found.items()}
    left[start].pop(end, None)
    left[end].pop(start, None)
    return int(push(left, start, end, most)[0])


ANY: Final = (0, math.inf)
"""The bounds of a cell of which nothing is said."""
