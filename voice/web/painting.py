"""Our own drawings as pixels: the few shapes of SVG they are made of, with their colours said on them. Never for what somebody sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

FINER: Final = 3  # drawn so many times larger and then made smaller, so that edges are smooth
STEPS: Final = 14  # straight pieces of a curve
SAID: Final = ("fill", "stroke", "stroke-width", "stroke-linecap")

Point = tuple[float, float]


@dataclass
class _Sheet:
    """What is drawn on, and how a drawing’s units become its pixels."""

    pen: ImageDraw.ImageDraw
    scale: float
    left: float
    top: float

    def at(self, points: list[Point]) -> list[Point]:
        return [((x - self.left) * self.scale, (y - self.top) * self.scale) for x, y in points]


@dataclass
class _Lines:
    """A pen that turns outlines into rows of points."""

    rows: list[list[Point]] = field(default_factory=list)

    def moveTo(self, point: Point) -> None:  # noqa: N802  # fontTools’ names for what a pen does
        self.rows.append([point])

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self.rows[-1].append(point)

    def curveTo(self, one: Point, two: Point, end: Point) -> None:  # noqa: N802
        start = self.rows[-1][-1]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            self.rows[-1].append((a * start[0] + b * one[0] + c * two[0] + d * end[0], a * start[1] + b * one[1] + c * two[1] + d * end[1]))

    def closePath(self) -> None:  # noqa: N802
        self.rows[-1].append(self.rows[-1][0])

    def endPath(self) -> None:  # noqa: N802
        """An open line stays open."""


def painted(drawing: str, part: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    """The part (left, top, right, bottom, in the drawing’s units) of an SVG drawing as a picture of this size in pixels (mode RGB)."""
    from PIL import Image, ImageDraw  # lazy: most processes never draw

    left, top, right, _bottom = part
    large = Image.new("RGB", (size[0] * FINER, size[1] * FINER))
    sheet = _Sheet(ImageDraw.Draw(large), large.width / (right - left), left, top)
    for shape, said in _shapes(ElementTree.fromstring(drawing), {}):  # noqa: S314  # our own drawing
        _put(sheet, shape, said)
    return large.reduce(FINER)


def _shapes(element: ElementTree.Element, above: Mapping[str, str]) -> Iterator[tuple[ElementTree.Element, dict[str, str]]]:
    """Every shape, from the back, with the colours it has or is given by its group."""
    said = {**above, **{name: value for name, value in element.attrib.items() if name in SAID}}
    if element.tag.rpartition("}")[2] in ("svg", "g"):
        for each in element:
            yield from _shapes(each, said)
    else:
        yield element, said


def _put(sheet: _Sheet, shape: ElementTree.Element, said: Mapping[str, str]) -> None:
    for row in _rows(shape):
        points = sheet.at(row)
        if said.get("fill", "none") != "none":
            sheet.pen.polygon(points, fill=said["fill"])
        if said.get("stroke", "none") != "none":
            _line(sheet, points, said)


def _line(sheet: _Sheet, points: list[Point], said: Mapping[str, str]) -> None:
    width = float(said.get("stroke-width", 1)) * sheet.scale
    sheet.pen.line(points, fill=said["stroke"], width=round(width), joint="curve")
    for end in (points[0], points[-1]) if said.get("stroke-linecap") == "round" else ():
        sheet.pen.circle(end, width / 2, fill=said["stroke"])


def _rows(shape: ElementTree.Element) -> list[list[Point]]:
    from fontTools.svgLib.path import parse_path  # lazy, as above
    from fontTools.svgLib.path.shapes import PathBuilder

    builder: Any = PathBuilder()
    builder.add_path_from_element(shape)
    lines = _Lines()
    for path in builder.paths:
        parse_path(path, lines)
    return lines.rows
