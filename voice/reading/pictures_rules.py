"""Pictures that look alike, and places in a picture that are covered. Plain Python."""

from __future__ import annotations

import math
from collections.abc import Iterable

from voice.imaging import Cover, unlike

ALIKE = 6
"""In so many of 64 bits two likenesses may differ and still be of the same picture, sent again or cut a little."""
BAND = 16  # bits
BANDS = 4
PLAIN = 8
"""A likeness with fewer bits set, or unset, is of a picture with little in it: a line on white paper. Many of those differ in few bits,
so only those that are the same to one bit are put together."""
ALIKE_WHERE_PLAIN = 1
MOST_COVERS = 20
SMALLEST, LARGEST = 0.02, 1.0
"""Width of a cover as a share of the picture’s."""

REASONS = ("shows_someone_else", "could_be_known", "unkind_to_someone", "not_about_this", "not_to_be_seen", "someone_at_risk")
"""Why a picture is withheld."""


def alike(one: int, other: int) -> bool:
    """Whether two pictures look so much alike that a person looks at them together."""
    most = ALIKE_WHERE_PLAIN if _is_plain(one) or _is_plain(other) else ALIKE
    return unlike(one, other) <= most


def bands(likeness: int) -> tuple[int, int, int, int]:
    """The four parts of a likeness that it is looked up by, 0 to 65535 each."""
    one, two, three, four = (likeness >> BAND * at & (1 << BAND) - 1 for at in range(BANDS))
    return one, two, three, four


def near(band: int) -> list[int]:
    """A part and all that differ from it in one bit.

    Of two likenesses that differ in at most seven bits, one of the four parts differs in at most one: so what is alike is always found by these.
    """
    return [band, *(band ^ 1 << bit for bit in range(BAND))]


def read_cover(typed: str) -> Cover | None:
    """A cover as it stands in a form, “x,y,size” in shares of the picture; None where it is none."""
    try:
        x, y, size = (float(each) for each in typed.split(","))
    except ValueError:
        return None
    fits = all(math.isfinite(each) for each in (x, y, size)) and 0 <= x <= 1 and 0 <= y <= 1 and SMALLEST <= size <= LARGEST
    return Cover(x, y, size, "blur") if fits else None


def read_covers(typed: Iterable[str]) -> list[Cover]:
    """Those of these that are covers, each once, at most MOST_COVERS."""
    found = (read_cover(each) for each in dict.fromkeys(typed))
    return [each for each in found if each][:MOST_COVERS]


def write_cover(cover: Cover) -> str:
    """As it stands in a form."""
    return f"{cover.x:.4f},{cover.y:.4f},{cover.size:.4f}"


def around(middle: tuple[float, float], extent: tuple[float, float], shape: float) -> Cover:
    """A round cover over a face found there: its middle, and its width and height, as shares of the picture’s; `shape`: the picture’s height
    by its width. A little larger than the face, hair and all."""
    (x, y), (width, height) = middle, extent
    size = max(width, height * shape) * 1.35
    return Cover(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0), min(max(size, SMALLEST), LARGEST), "blur")


def _is_plain(likeness: int) -> bool:
    return min(likeness.bit_count(), 64 - likeness.bit_count()) < PLAIN
