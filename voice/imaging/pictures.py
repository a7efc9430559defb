"""What this room takes and gives: plain data, so that whoever asks for it loads no picture library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 25 * 1024**2
"""Bytes of one picture. A phone’s own camera makes 3 to 12 MB."""

SIZES: Final = {"thumb": 240, "card": 720, "full": 1600}
"""Longest edge in pixels of what is kept of a picture. A smaller picture is not made larger."""

STICKERS: Final = ("smile", "star", "heart", "sun", "flower", "blur")
"""What can cover a part of a picture. Each leaves nothing to be seen of what is under its middle; `blur` keeps a few colours of it."""

REASONS: Final = ("nothing", "too_big", "not_a_picture", "too_many_pixels", "moves", "broken", "too_slow")


class Refused(ValueError):
    """This is no picture we take. `reason` is one of `REASONS`: a code, for whoever tells the sender."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Cover:
    """A round sticker: its middle, and its width, as shares (0 to 1) of the turned and cropped picture’s width and height; `size` is a share
    of the width."""

    x: float
    y: float
    size: float
    sticker: str = "smile"


@dataclass(frozen=True)
class Edit:
    """What the sender wants done: first turned (degrees, clockwise), then cropped (left, top, right, bottom as shares of the turned picture),
    then covered."""

    turn: int = 0
    crop: tuple[float, float, float, float] | None = None
    covers: tuple[Cover, ...] = ()

    def __post_init__(self) -> None:
        if self.turn not in (0, 90, 180, 270):
            raise ValueError("A picture is turned by 0, 90, 180 or 270 degrees.")
        if self.crop is not None and not (0 <= self.crop[0] < self.crop[2] <= 1 and 0 <= self.crop[1] < self.crop[3] <= 1):
            raise ValueError("A crop is left, top, right and bottom, from 0 to 1.")
        if any(cover.sticker not in STICKERS or not 0 < cover.size <= 1 for cover in self.covers):
            raise ValueError("There is no such sticker, or it has no size.")


@dataclass(frozen=True)
class Clean:
    """A picture rebuilt from its pixels, as WebP in each of `SIZES`, with nothing in it but pixels."""

    sizes: Mapping[str, bytes]
    width: int  # of `full`, in pixels
    height: int
    likeness: int  # 64 bits; pictures that look alike differ in few of them


@dataclass(frozen=True)
class Box:
    """Where there may be a face: middle, width and height as shares (0 to 1) of the picture’s; `sure` from 0 to 1."""

    x: float
    y: float
    width: float
    height: float
    sure: float


def unlike(one: int, other: int) -> int:
    """In how many of 64 bits two likenesses differ: up to about 6 they are the same picture, sent again or cut a little."""
    return (one ^ other).bit_count()
