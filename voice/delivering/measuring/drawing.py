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


LARGE: Final = Frame(320, 208, 28, 30, 34)
SMALL: Final = Frame(120, 40, 7, 7, 7)
OUT_OF_100: Final = 100.0
WRITTEN: Final = 6  # readings whose values are all written; of more, those that matter
APART: Final = 34.0  # values written nearer than this would stand in one another
LETTER: Final = 8.0  # about how wide a letter is
EDGE: Final = 4.0
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
    text_x: float
    text_y: float
    anchor: str


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
    named = (baseline, target)
    low, high = span([each.value for each in points] + [each[0] for each in named if each], percent=percent)
    xs = _across([each.on for each in points], frame, rtl=rtl)
    ys = [_down(each.value, low, high, frame) for each in points]
    levels = [_down(each[0], low, high, frame) if each else None for each in named]
    dots = _dots(points, xs, ys, [y for y in levels if y is not None])
    lines = _lines(levels, named, dots, frame, rtl=rtl)
    path = "M" + "L".join(f"{x} {y}" for x, y in zip(xs, ys, strict=True)) if len(points) > 1 else None
    return Chart(frame, dots, path, *lines, _times(points, xs, frame, rtl=rtl), rtl)


def span(values: Sequence[float], *, percent: bool) -> tuple[float, float]:
    """From where to where a chart reaches. One of shares that spread far goes from 0 to 100; of others it keeps to round numbers about them, and from
    0 where they are not far from it, so that small steps do not look like leaps."""
    low, high = min(values), max(values)
    percent = percent and 0 <= low <= high <= OUT_OF_100
    if percent and high - low >= OUT_OF_100 / 4:
        return 0.0, OUT_OF_100
    room = max((high - low) * 0.35, abs(high) * 0.05, 1e-9 if high else 1.0)
    step = 10 ** floor(log10(room)) if room > 0 else 1.0
    bottom, top = floor((low - room) / step) * step, ceil((high + room) / step) * step
    if low >= 0 and (bottom < 0 or low < high / 3):
        bottom = 0.0
    return bottom, min(top, OUT_OF_100) if percent else top


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
    levels: Sequence[float | None], of: Sequence[tuple[float, str] | None], dots: Sequence[Dot], frame: Frame, *, rtl: bool
) -> tuple[Line | None, Line | None]:
    """Where the levels are named: at the later end and on the side that turns away from the other level, unless a reading is in the way."""
    made: list[Line | None] = []
    for number, (y, named) in enumerate(zip(levels, of, strict=True)):
        other = levels[1 - number]
        made.append(_line(y, named[1], dots, frame, below=other is not None and y > other, rtl=rtl) if y is not None and named else None)
    return made[0], made[1]


def _line(y: float, said: str, dots: Sequence[Dot], frame: Frame, *, below: bool, rtl: bool) -> Line:
    wide = LETTER * len(said)
    ends = ((EDGE, "start"), (frame.wide - EDGE, "end"))
    later, earlier = ends if rtl else ends[::-1]
    for x, anchor in (later, earlier):
        for under in (below, not below):
            text_y = y + 14 if under else y - 6
            left = x if anchor == "start" else x - wide
            if not any(left - 8 < dot.x < left + wide + 8 and _meets(dot, text_y) for dot in dots):
                return Line(y, said, x, text_y, anchor)
    return Line(y, said, later[0], y + 14 if below else y - 6, later[1])


def _meets(dot: Dot, text_y: float) -> bool:
    """Whether words there would touch the reading, or its value."""
    return abs(dot.y - (text_y - 5)) < 13 or (bool(dot.said) and abs(dot.text_y - text_y) < 14)


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
    edge, other = (frame.wide - EDGE, EDGE) if rtl else (EDGE, frame.wide - EDGE)
    return [Label(edge, points[0].when, near), Label(other, points[-1].when, far)]
