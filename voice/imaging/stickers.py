"""Stickers, drawn by us: what is under one is gone."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw, ImageFilter

FINE = 4  # drawn so many times larger, for smooth edges
INK = (43, 38, 64, 255)
YELLOW, PINK, TEAL, ORANGE, CREAM = (255, 204, 51, 255), (240, 98, 146, 255), (38, 166, 154, 255), (255, 152, 67, 255), (255, 247, 224, 255)
BLOCKS = 6  # colours across that are left of what is blurred


def stick(image: Image.Image, x: float, y: float, size: float, sticker: str) -> None:
    """Cover a circle of this picture; `x`, `y`, `size` are shares, `size` of the width."""
    across = max(8, round(size * image.width))
    left, top = round(x * image.width - across / 2), round(y * image.height - across / 2)
    if sticker == "blur":
        _blur(image, left, top, across)
        return
    drawn = _drawn(sticker, across)
    image.paste(drawn, (left, top), drawn)


def _blur(image: Image.Image, left: int, top: int, across: int) -> None:
    """So few blocks are left that no face can be made of them again."""
    part = image.crop((left, top, left + across, top + across))
    few = part.resize((BLOCKS, BLOCKS), Image.Resampling.BOX)
    soft = few.resize(part.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(across / BLOCKS / 2))
    image.paste(soft, (left, top), _disc(across))


def _disc(across: int) -> Image.Image:
    mask = Image.new("L", (across, across))
    ImageDraw.Draw(mask).ellipse((0, 0, across - 1, across - 1), fill=255)
    return mask


def _drawn(sticker: str, across: int) -> Image.Image:
    """A disc in its colour with a figure on it, `across` pixels wide."""
    side = min(across, 640) * FINE
    image = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(image)
    ground, figure = _FIGURES[sticker]
    draw.ellipse((0, 0, side - 1, side - 1), fill=ground)
    figure(draw, side)
    return image.resize((across, across), Image.Resampling.LANCZOS)


def _round(draw: ImageDraw.ImageDraw, side: int, x: float, y: float, radius: float, fill: tuple[int, ...]) -> None:
    draw.ellipse(((x - radius) * side, (y - radius) * side, (x + radius) * side, (y + radius) * side), fill=fill)


def _smile(draw: ImageDraw.ImageDraw, side: int) -> None:
    for x in (0.35, 0.65):
        _round(draw, side, x, 0.4, 0.065, INK)
    draw.arc((0.25 * side, 0.28 * side, 0.75 * side, 0.78 * side), 20, 160, fill=INK, width=round(0.055 * side))


def _star(draw: ImageDraw.ImageDraw, side: int) -> None:
    points = [(0.42 if corner % 2 == 0 else 0.18, math.radians(36 * corner - 90)) for corner in range(10)]
    draw.polygon([((0.5 + far * math.cos(turn)) * side, (0.52 + far * math.sin(turn)) * side) for far, turn in points], fill=YELLOW)


def _heart(draw: ImageDraw.ImageDraw, side: int) -> None:
    turns = [math.radians(step) for step in range(0, 360, 2)]
    across = [16 * math.sin(turn) ** 3 for turn in turns]
    down = [-(13 * math.cos(turn) - 5 * math.cos(2 * turn) - 2 * math.cos(3 * turn) - math.cos(4 * turn)) for turn in turns]
    draw.polygon([((0.5 + 0.021 * x) * side, (0.5 + 0.021 * y) * side) for x, y in zip(across, down, strict=True)], fill=PINK)


def _sun(draw: ImageDraw.ImageDraw, side: int) -> None:
    for ray in range(12):
        turn = math.radians(30 * ray)
        ends = [((0.5 + far * math.cos(turn)) * side, (0.5 + far * math.sin(turn)) * side) for far in (0.25, 0.42)]
        draw.line(ends, fill=YELLOW, width=round(0.05 * side))
    _round(draw, side, 0.5, 0.5, 0.23, YELLOW)


def _flower(draw: ImageDraw.ImageDraw, side: int) -> None:
    for petal in range(6):
        turn = math.radians(60 * petal)
        _round(draw, side, 0.5 + 0.22 * math.cos(turn), 0.5 + 0.22 * math.sin(turn), 0.16, PINK)
    _round(draw, side, 0.5, 0.5, 0.14, YELLOW)


_FIGURES = {"smile": (YELLOW, _smile), "star": (TEAL, _star), "heart": (CREAM, _heart), "sun": (ORANGE, _sun), "flower": (CREAM, _flower)}
