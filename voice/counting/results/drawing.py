"""Where things stand in the charts of the results pages. Plain Python: across in per cent of the width, down in px, so that words in a chart
keep their size however wide it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from voice.counting.intervals import Interval

WRITTEN_FROM: Final = 7
"""Out of 100: a narrower piece of a bar has no room for its figure."""
SCALES: Final = (25, 50, 75, 100)
TOP: Final = 22
HEIGHT: Final = 96


class Piece(NamedTuple):
    """One answer’s piece of a bar."""

    x: float
    width: float
    written: bool


class Dot(NamedTuple):
    """One wave in a chart: its share and how far chance may carry it. Without a `y` it is not shown."""

    x: float
    y: float | None
    top: float
    foot: float


def pieces(counts: Sequence[int]) -> list[Piece]:
    """A bar of all these people, split where one answer ends and the next begins."""
    whole, at, found = sum(counts), 0, list[Piece]()
    for count in counts:
        share = 100 * count / whole if whole else 0.0
        found.append(Piece(round(100 * at / whole, 3) if whole else 0.0, round(share, 3), share >= WRITTEN_FROM))
        at += count
    return found


def scale(highest: float) -> int:
    """What the top of a chart stands for, out of 100, so that this share fits under it."""
    return next((each for each in SCALES if 100 * highest <= each), 100)


def dots(points: Sequence[tuple[float, Interval] | None], top: int) -> list[Dot]:
    """Waves from the oldest at the left to the newest at the right; `top` is what the top stands for, the foot is nobody."""
    width = 100 / len(points) if points else 0.0
    return [_dot(round((at + 0.5) * width, 3), each, top / 100) for at, each in enumerate(points)]


def lines(found: Sequence[Dot]) -> list[tuple[Dot, Dot]]:
    """From each wave that is shown to the next that is."""
    shown = [each for each in found if each.y is not None]
    return list(pairwise(shown))


def _dot(x: float, point: tuple[float, Interval] | None, top: float) -> Dot:
    if point is None:
        return Dot(x, None, 0, 0)
    share, (low, high) = point
    return Dot(x, _down(share, top), _down(high, top), _down(low, top))


def _down(share: float, top: float) -> float:
    return round(TOP + HEIGHT * (1 - share / top), 1)
