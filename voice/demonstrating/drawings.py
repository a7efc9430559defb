"""Drawings as a child makes them with thick pens, invented by code: nobody’s picture is in the demo, and nobody is in a picture.

Every scene is drawn on a sheet of 320 by 240. A hand shakes: no line is quite straight, and what is filled is filled by going to and fro.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

SHEET: Final = (320, 240)
FINE: Final = 2  # pixels for each unit: as large as a phone shows it, and made quickly
PAPERS: Final = ("#fffdf6", "#fdf6e3", "#f4f8ff", "#fff4f7")
BLUE, RED, GREEN, YELLOW, BROWN, BLACK, PURPLE, ORANGE, PINK = (
    "#2f62c9",
    "#d8342c",
    "#2b8a4b",
    "#f2b705",
    "#8a5a33",
    "#2b2b33",
    "#7a3fa8",
    "#ef7d1a",
    "#e8649a",
)
Point = tuple[float, float]


@dataclass
class Hand:
    """A pen in a hand that shakes a little."""

    pen: ImageDraw.ImageDraw
    chance: random.Random

    def line(self, points: Sequence[Point], colour: str, width: float = 4) -> None:
        shaky = [self._near(each) for start, end in pairwise(points) for each in _between(start, end)]
        self.pen.line([(x * FINE, y * FINE) for x, y in shaky], fill=colour, width=round(width * FINE), joint="curve")
        for x, y in (shaky[0], shaky[-1]):
            self.pen.circle((x * FINE, y * FINE), width * FINE / 2, fill=colour)

    def ring(self, middle: Point, across: float, colour: str, width: float = 4, tall: float = 1.0) -> None:
        turns = [step / 18 * math.tau for step in range(20)]  # the hand goes a little past where it began
        self.line([(middle[0] + math.cos(t) * across, middle[1] + math.sin(t) * across * tall) for t in turns], colour, width)

    def fill(self, left: float, top: float, right: float, bottom: float, colour: str, *, is_round: bool = False) -> None:
        """To and fro, from the top down."""
        middle, half, tall = (left + right) / 2, (right - left) / 2, (bottom - top) / 2
        points: list[Point] = []
        for number in range(round((bottom - top) / 5) + 1):
            y = top + number * 5
            wide = half * math.sqrt(max(0.0, 1 - ((y - top - tall) / tall) ** 2)) if is_round else half
            ends = [(middle - wide, y), (middle + wide, y)]
            points += ends if number % 2 else reversed(ends)
        self.line(points, colour, 4.4)

    def _near(self, point: Point) -> Point:
        return point[0] + self.chance.uniform(-1.1, 1.1), point[1] + self.chance.uniform(-1.1, 1.1)


def _between(start: Point, end: Point) -> list[Point]:
    steps = max(2, round(math.dist(start, end) / 9))
    return [(start[0] + (end[0] - start[0]) * n / steps, start[1] + (end[1] - start[1]) * n / steps) for n in range(steps + 1)]


def drawing(scene: str, seed: int) -> bytes:
    """A drawing as a PNG file, the same for the same seed.

    Raises:
        KeyError: there is no such scene.
    """
    return _file(_drawn(scene, seed))


def photographed(scene: str, seed: int) -> bytes:
    """The same on a sheet of paper that lies on a table, as a phone takes it: askew, with the table around it. A PNG file."""
    from PIL import Image  # lazy: only a demo draws

    table = Image.new("RGB", (SHEET[0] * FINE + 120, SHEET[1] * FINE + 120), ("#b98a5e", "#7d8f9c", "#8c6f8f")[seed % 3])
    sheet = _drawn(scene, seed)
    shadow = Image.new("L", sheet.size, 255).rotate(seed % 9 - 4, expand=True, resample=Image.Resampling.BICUBIC)
    table.paste("#4c4038", (64, 66), shadow.point(lambda light: light // 2))
    table.paste(sheet.rotate(seed % 9 - 4, expand=True, resample=Image.Resampling.BICUBIC), (57, 57), shadow)
    return _file(table)


def _drawn(scene: str, seed: int) -> Image.Image:
    from PIL import Image, ImageDraw  # lazy, as above

    chance = random.Random(seed)  # noqa: S311  # a shaking hand needs no secrets
    sheet = Image.new("RGB", (SHEET[0] * FINE, SHEET[1] * FINE), PAPERS[seed % len(PAPERS)])
    SCENES[scene](Hand(ImageDraw.Draw(sheet), chance))
    return sheet


def _file(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def _grass(hand: Hand) -> None:
    hand.fill(10, 202, 310, 230, GREEN)


def _sun(hand: Hand, at: Point = (262, 50)) -> None:
    hand.fill(at[0] - 24, at[1] - 24, at[0] + 24, at[1] + 24, YELLOW, is_round=True)
    for step in range(10):
        turn = step / 10 * math.tau
        hand.line([(at[0] + math.cos(turn) * far, at[1] + math.sin(turn) * far) for far in (33, 46)], ORANGE, 4)


def _friend(hand: Hand, x: float, colour: str, top: float = 96) -> None:
    """A person of five lines and a ring: anybody."""
    hand.ring((x, top), 15, BLACK)
    hand.line([(x - 7, top + 5), (x - 2, top + 9), (x + 4, top + 9), (x + 8, top + 4)], BLACK, 2.5)
    hand.fill(x - 13, top + 22, x + 13, top + 62, colour)
    hand.line([(x - 9, top + 64), (x - 12, top + 104)], BLACK)
    hand.line([(x + 9, top + 64), (x + 12, top + 104)], BLACK)
    hand.line([(x - 32, top + 50), (x - 14, top + 30)], BLACK)
    hand.line([(x + 14, top + 30), (x + 32, top + 50)], BLACK)


def _tree(hand: Hand, x: float = 90) -> None:
    hand.fill(x - 9, 130, x + 9, 204, BROWN)
    hand.fill(x - 52, 44, x + 52, 140, GREEN, is_round=True)
    for dx, dy in ((-24, -8), (18, -22), (28, 16), (-6, 22), (-32, 24)):
        hand.fill(x + dx - 6, 92 + dy - 6, x + dx + 6, 92 + dy + 6, RED, is_round=True)


def _friends(hand: Hand) -> None:
    _grass(hand)
    _sun(hand)
    _friend(hand, 82, BLUE)
    _friend(hand, 150, RED)
    _friend(hand, 218, PURPLE)


def _orchard(hand: Hand) -> None:
    _grass(hand)
    _sun(hand, (164, 44))
    _tree(hand, 76)
    _tree(hand, 246)


def _bicycle(hand: Hand) -> None:
    _grass(hand)
    for x in (100, 222):
        hand.ring((x, 162), 40, BLACK, 5)
        hand.ring((x, 162), 5, BLACK, 4)
    hand.line([(100, 162), (132, 104), (204, 104), (160, 162), (100, 162)], RED, 6)
    hand.line([(160, 162), (128, 92)], RED, 6)
    hand.line([(222, 162), (198, 84), (220, 76)], RED, 6)
    hand.line([(112, 90), (144, 90)], BLACK, 8)


def _river(hand: Hand) -> None:
    _sun(hand, (60, 50))
    for number in range(5):
        y = 150 + number * 18
        hand.line([(x, y + (7 if x // 20 % 2 else -7)) for x in range(8, 316, 20)], BLUE, 5)
    hand.fill(140, 96, 208, 136, YELLOW, is_round=True)
    hand.fill(194, 68, 228, 104, YELLOW, is_round=True)
    hand.line([(228, 84), (244, 90), (228, 94)], ORANGE, 5)
    hand.ring((214, 82), 2, BLACK, 3)


def _bus(hand: Hand) -> None:
    hand.fill(40, 76, 284, 172, RED)
    for x in (58, 114, 170, 226):
        hand.fill(x, 90, x + 36, 122, "#cfe6ff")
    hand.line([(40, 140), (284, 140)], "#fffdf6", 5)
    for x in (92, 232):
        hand.fill(x - 22, 156, x + 22, 200, BLACK, is_round=True)
    hand.line([(8, 206), (312, 206)], BLACK, 6)


def _books(hand: Hand) -> None:
    for number, colour in enumerate((BLUE, RED, GREEN, PURPLE, ORANGE)):
        y = 176 - number * 26
        hand.fill(60 + number * 8, y, 232 + (number % 2) * 22, y + 20, colour)
        hand.line([(72 + number * 8, y + 10), (96 + number * 8, y + 10)], "#fffdf6", 4)
    hand.line([(20, 204), (300, 204)], BROWN, 8)


def _garden(hand: Hand) -> None:
    _grass(hand)
    _sun(hand, (160, 46))
    for x, colour in ((52, PINK), (108, PURPLE), (164, RED), (220, ORANGE), (272, BLUE)):
        hand.line([(x, 206), (x - 2, 142)], GREEN, 5)
        for step in range(5):
            turn = step / 5 * math.tau
            at = (x + math.cos(turn) * 15, 128 + math.sin(turn) * 15)
            hand.fill(at[0] - 9, at[1] - 9, at[0] + 9, at[1] + 9, colour, is_round=True)
        hand.fill(x - 7, 121, x + 7, 135, YELLOW, is_round=True)


def _rainbow(hand: Hand) -> None:
    for number, colour in enumerate((RED, ORANGE, YELLOW, GREEN, BLUE, PURPLE)):
        across = 132 - number * 13
        hand.line([(160 - math.cos(t / 16 * math.pi) * across, 196 - math.sin(t / 16 * math.pi) * across) for t in range(17)], colour, 11)
    for x in (34, 286):
        hand.ring((x, 196), 22, BLUE, 5, 0.6)


def _football(hand: Hand) -> None:
    _grass(hand)
    hand.line([(196, 206), (196, 92), (300, 92), (300, 206)], BLACK, 6)
    for x in range(210, 300, 15):
        hand.line([(x, 96), (x, 200)], "#9fb3c8", 2)
    for y in range(108, 200, 16):
        hand.line([(198, y), (298, y)], "#9fb3c8", 2)
    _friend(hand, 70, ORANGE)
    hand.ring((136, 186), 17, BLACK, 4)
    hand.fill(129, 180, 143, 192, BLACK, is_round=True)


def _dog(hand: Hand) -> None:
    _grass(hand)
    hand.fill(96, 112, 216, 164, BROWN, is_round=True)
    hand.fill(196, 74, 248, 122, BROWN, is_round=True)
    hand.fill(236, 96, 262, 114, BROWN, is_round=True)
    for x in (116, 140, 178, 200):
        hand.line([(x, 156), (x - 2, 204)], BROWN, 9)
    hand.line([(98, 128), (76, 100), (70, 84)], BROWN, 8)
    hand.line([(206, 78), (196, 104)], BLACK, 8)
    hand.ring((228, 92), 2, BLACK, 4)
    hand.line([(256, 102), (261, 103)], BLACK, 7)


def _dinner(hand: Hand) -> None:
    hand.ring((160, 128), 84, BLUE, 6, 0.82)
    hand.ring((160, 128), 62, BLUE, 3, 0.82)
    hand.line([(120, 142), (164, 116)], ORANGE, 13)
    hand.line([(164, 114), (182, 100)], GREEN, 6)
    for x, y in ((180, 142), (196, 150), (188, 162), (172, 158), (204, 138)):
        hand.fill(x - 6, y - 6, x + 6, y + 6, GREEN, is_round=True)
    hand.line([(44, 62), (44, 196)], BLACK, 5)
    hand.line([(276, 62), (276, 196)], BLACK, 5)


def _letter(hand: Hand) -> None:
    """Written, not drawn: loops that look like a hand’s, and a heart."""
    for number, wide in enumerate((250, 262, 180, 236)):
        y = 52 + number * 36
        hand.line([(30 + x, y + 8 * math.sin(x / 4.2) * (0.6 + 0.4 * math.sin(x / 23))) for x in range(0, wide, 2)], BLUE, 3)
    heart = [(252 + 20 * math.sin(t) ** 3, 190 - _lobes(t)) for t in (step / 22 * math.tau for step in range(23))]
    hand.line(heart, RED, 6)


def _lobes(t: float) -> float:
    """How high a heart is there (t: once around)."""
    return 16 * math.cos(t) - 6 * math.cos(2 * t) - 2.4 * math.cos(3 * t) - 1.2 * math.cos(4 * t)


SCENES: Final[dict[str, Callable[[Hand], None]]] = {
    "friends": _friends,
    "orchard": _orchard,
    "bicycle": _bicycle,
    "river": _river,
    "bus": _bus,
    "books": _books,
    "garden": _garden,
    "rainbow": _rainbow,
    "football": _football,
    "dog": _dog,
    "dinner": _dinner,
    "letter": _letter,
}
