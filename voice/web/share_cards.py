"""What every picture that goes along with a shared page has in common: its size, our mark with the place, how words are set and how it is packed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from voice.web.lettering import ARABIC, Box, lettered
from voice.web.painting import painted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

SIZE: Final = (1200, 630)
"""Pixels: what places that show shared pages ask for (Open Graph)."""
MARIGOLD, CREAM, INK, QUIET = "#ffc23d", "#fff1d1", "#26123f", "#5a3a00"
COLOURS: Final = 128  # of the packed picture
MARK: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect fill="#ffc23d" width="40" height="40"/>'
    '<path fill="#26123f" d="M20 3a17 17 0 0 1 0 34H6a3 3 0 0 1-3-3V20A17 17 0 0 1 20 3z"/>'
    '<path stroke="#ffc23d" stroke-width="3.2" stroke-linecap="round" d="M9 21c2.5 0 2.5-5 5-5s3 11 6 11 3-14 6-14 2.5 8 5 8"/></svg>'
)


def say(sheet: Image.Image, words: str, box: Box, sizes: Sequence[int], colour: str) -> None:
    """Set words in a box, as large as they fit; `sizes` in pixels, the largest first."""
    sheet.paste(colour, (0, 0), lettered(words, box, SIZE, sizes, heavy=True))


def sign(sheet: Image.Image, place: str, ground: str, start: int, width: int) -> None:
    """Who asks: our mark and the place, at the foot of the card."""
    mark = painted(MARK.replace(MARIGOLD, ground), (0, 0, 40, 40), (64, 64))
    right = ARABIC.search(place) is not None  # a place’s English name stays where English begins
    sheet.paste(mark, (start + width - 64 if right else start, 526))
    say(sheet, place, Box(start if right else start + 82, 512, width - 82, 92), (32, 28, 24, 20), INK)


def packed(sheet: Image.Image) -> bytes:
    """The card as a small PNG."""
    from PIL import Image  # lazy: most processes never draw

    file = BytesIO()
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", compress_level=7)
    return file.getvalue()
