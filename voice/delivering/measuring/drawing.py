"""Where the parts of a measure’s chart lie. Plain Python: the page draws what this says, without a script.

The chart is made anew for pages that run from right to left, so that time runs with the words; nothing in it is mirrored as a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Final


@dataclass(frozen=True)
class Frame:
    """How large a picture is, in its own units, and how much of it stays free at the sides, above and below."""

    wide: float
    high: float
    sides: float
    above: float
    below: float


LARGE: Final = Frame(320, 216, 28, 36, 34)
SMALL: Final = Frame(120, 40, 7, 7, 7)
OUT_OF_100: Final = 100.0
WRITTEN: Final = 6  # readings whose values are all written; of more, those that matter
APART: Final = 34.0  # values written nearer than this would stand in one another
UNDER: Final = 15.0
OVER: Final = -11.0


@dataclass(frozen=True)
class Dot:
    """A reading: where it is, what is written beside it (nothing where it would be too much), and how."""

    x: float
    y: float
    said: str
    text_y: float
    source: str
    newest: bool


@dataclass(frozen=True)
class Label:
    """A time under the chart. `anchor`: start, middle or end."""

    x: float
    words: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """A level from side to side."""

    y: float
    said: str
    text_y: float


@dataclass(frozen=True)
class Chart:
    """All of it, `path` joins the readings; None where there is one alone."""

    frame: Frame
    dots: Sequence[Dot]
    path: str | None
    baseline: Line | None
    target: Line | None
    times: Sequence[Label]
    rtl: bool


@dataclass(frozen=True)
class Point:
    """A reading to draw."""

    on: date
    value: float
    said: str
    when: str
    source: str


def chart(
    points: Sequence[Point],
    *,
    baseline: tuple[float, str] | None,
    target: tuple[float, str] | None,
    percent: bool,
    rtl: bool = False,
    frame: Frame = LARGE,
) -> Chart | None:
    """The chart of some readings, oldest first; None where there is none. `baseline` and `target`: a level and how it is said."""
    if not points:
        return None
    levels = [each[0] for each in (baseline, target) if each]
    low, high = span([each.value for each in points] + levels, percent=percent)
    xs = _across([each.on for each in points], frame, rtl=rtl)
    ys = [_down(each.value, low, high, frame) for each in points]
    base_y, target_y = (_down(each[0], low, high, frame) if each else None for each in (baseline, target))
    lines = _lines(base_y, target_y, baseline, target)
    dots = _dots(points, xs, ys, [each.y for each in lines if each])
    path = "M" + "L".join(f"{x} {y}" for x, y in zip(xs, ys, strict=True)) if len(points) > 1 else None
    return Chart(frame, dots, path, *lines, _times(points, xs, frame, rtl=rtl), rtl)


def span(values: Sequence[float], *, percent: bool) -> tuple[float, float]:
    """From where to where a chart reaches. One of shares that spread far goes from 0 to 100; of others it keeps to round numbers about them, and from
    0 where they are not far from it, so that small steps do not look like leaps."""
    low, high = min(values), max(values)
    if percent and high - low >= OUT_OF_100 / 4:
        return 0.0, OUT_OF_100
    room = max((high - low) * 0.35, abs(high) * 0.05, 1e-9 if high else 1.0)
    step = 10 ** floor(log10(room)) if room > 0 else 1.0
    bottom, top = floor((low - room) / step) * step, ceil((high + room) / step) * step
    if low >= 0 and (bottom < 0 or low < high / 3):
        bottom = 0.0
    return bottom, min(top, OUT_OF_100) if percent and high <= OUT_OF_100 else top


def _down(value: float, low: float, high: float, frame: Frame) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(frame.high - frame.below - share * (frame.high - frame.below - frame.above), 1)


def _across(days: Sequence[date], frame: Frame, *, rtl: bool) -> list[float]:
    """By the calendar, so that a long silence looks long; one alone stands in the middle."""
    first, last = days[0], days[-1]
    whole = (last - first).days
    shares = [0.5 if whole == 0 else (each - first).days / whole for each in days]
    wide = frame.wide - 2 * frame.sides
    return [round(frame.sides + (1 - share if rtl else share) * wide, 1) for share in shares]


def _lines(
    base_y: float | None, target_y: float | None, baseline: tuple[float, str] | None, target: tuple[float, str] | None
) -> tuple[Line | None, Line | None]:
    """Their words stand on the sides that turn away from one another."""
    base_under = base_y is not None and target_y is not None and base_y > target_y
    base = Line(base_y, baseline[1], base_y + (14 if base_under else -6)) if base_y is not None and baseline else None
    goal = Line(target_y, target[1], target_y + (-6 if base_under or base_y is None else 14)) if target_y is not None and target else None
    return base, goal


def _dots(points: Sequence[Point], xs: Sequence[float], ys: Sequence[float], levels: Sequence[float]) -> list[Dot]:
    written = _written([each.value for each in points], xs)
    return [
        Dot(x, y, each.said if number in written else "", round(_beside(y, levels), 1), each.source, number == len(points) - 1)
        for number, (each, x, y) in enumerate(zip(points, xs, ys, strict=True))
    ]


def _beside(y: float, levels: Sequence[float]) -> float:
    """Above, unless a line runs there."""
    blocked = any(-26 < level - y < -2 for level in levels)
    return y + UNDER + 6 if blocked else y + OVER


def _written(values: Sequence[float], xs: Sequence[float]) -> set[int]:
    """Whose values are written: the newest, the first, the highest and the lowest, then the others while there is room."""
    last = len(values) - 1
    first_of_all = [last, 0, max(range(last + 1), key=lambda each: values[each]), min(range(last + 1), key=lambda each: values[each])]
    others = list(range(last + 1)) if last < WRITTEN else []
    chosen: list[int] = []
    for each in (*first_of_all, *others):
        if each not in chosen and all(abs(xs[each] - xs[other]) >= APART for other in chosen):
            chosen.append(each)
    return set(chosen)


def _times(points: Sequence[Point], xs: Sequence[float], frame: Frame, *, rtl: bool) -> list[Label]:
    if xs[0] == xs[-1]:
        return [Label(xs[0], points[0].when, "middle")]
    near, far = ("end", "start") if rtl else ("start", "end")
    edge, other = (frame.wide - 4, 4.0) if rtl else (4.0, frame.wide - 4)
    return [Label(edge, points[0].when, near), Label(other, points[-1].when, far)]
