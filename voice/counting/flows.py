"""How much can go through a network, and where it is narrowest. Plain Python.

L. R. Ford and D. R. Fulkerson, “Maximal flow through a network”, Canadian Journal of Mathematics 8 (1956), along shortest ways (J. Edmonds and
R. M. Karp, Journal of the ACM 19, 1972).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def push(room: dict[Node, dict[Node, float]], start: Node, end: Node, most: float) -> tuple[float, set[Node]]:
    """Send as much as can go from one node to another, at most so much.

    `room` says how much each arrow still takes, and is used up. Returns how much went, and the nodes that more could still be brought to where
    the end is none of them: this side of a smallest cut; empty where `most` went.
    """
    flow = 0.0
    while flow < most:
        came = _reached(room, start, end)
        if end not in came:
            return flow, set(came)
        steps = list(pairwise(_way(came, start, end)))
        width = min(most - flow, *(room[one][other] for one, other in steps))
        for one, other in steps:
            room[one][other] -= width
            room[other][one] = room[other].get(one, 0) + width
        flow += width
    return flow, set()


def _reached(room: Mapping[Node, Mapping[Node, float]], start: Node, end: Node) -> dict[Node, Node]:
    """The nodes that arrows with room lead to, nearest first until the end is one of them; each with the node before it."""
    came: dict[Node, Node] = {start: start}
    due: deque[Node] = deque([start])
    while due and end not in came:
        node = due.popleft()
        for other, width in room[node].items():
            if width > 0 and other not in came:
                came[other] = node
                due.append(other)
    return came


def _way(came: Mapping[Node, Node], start: Node, end: Node) -> list[Node]:
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]
