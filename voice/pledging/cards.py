"""The picture that goes along when somebody shares a pledge: its words and a drawing of ours, 1200 by 630.

Never a picture somebody sent. Where a page was shared its card is copied by others and stays there; a photograph or a child’s own drawing
must be gone everywhere once it is taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voice.pledging import palette
from voice.web.lettering import Box
from voice.web.painting import painted
from voice.web.share_cards import CREAM, INK, MARIGOLD, QUIET, SIZE, packed, say, sign

if TYPE_CHECKING:
    from PIL import Image

DRAWN_IN: Final = 3
"""Raised when the card looks otherwise, so that one kept by a browser is asked for anew."""
YELLOW_SKY: Final = "#ffd05e"
PICTURE: Final = (430, 550)
PART: Final = (160 - 200 * 430 / 550 / 2, 0.0, 160 + 200 * 430 / 550 / 2, 200.0)
EDGE: Final = 40
ROUND, MOUTH = 96, 14  # pixels: three corners are round, the one that speaks is not
SIZES: Final = (86, 78, 70, 63, 57, 51, 46, 42, 38, 34, 31, 28)


@dataclass(frozen=True)
class Card:
    """What a card says, in the page’s language but for the pledge’s own words."""

    words: str
    drawing: str  # SVG of ours
    above: str  # whose it is
    below: str  # where it is from
    turned: bool  # from right to left


def as_png(card: Card) -> bytes:
    """The card.

    Raises:
        NoPrinter: the machine has no Pango, or no font.
    """
    from PIL import Image  # lazy: most processes never draw

    ground = CREAM if palette.sky(card.drawing) == YELLOW_SKY else MARIGOLD
    sheet = Image.new("RGB", SIZE, ground)
    start = EDGE + PICTURE[0] + 48 if card.turned else 64
    _picture(sheet, card, EDGE if card.turned else SIZE[0] - EDGE - PICTURE[0])
    width = SIZE[0] - PICTURE[0] - EDGE - 48 - 64
    say(sheet, card.above, Box(start, 36, width, 76), (34, 30, 26, 22), QUIET)
    say(sheet, card.words, Box(start, 116, width, 386), SIZES, INK)
    sign(sheet, card.below, ground, start, width)
    return packed(sheet)


def _picture(sheet: Image.Image, card: Card, left: int) -> None:
    from PIL import Image, ImageDraw  # lazy, as above

    shape = Image.new("L", (PICTURE[0] * 2, PICTURE[1] * 2))
    pen = ImageDraw.Draw(shape)
    pen.rounded_rectangle((0, 0, shape.width - 1, shape.height - 1), ROUND * 2, fill=255)
    corner = (shape.width - ROUND * 2 if card.turned else 0, shape.height - ROUND * 2)
    pen.rounded_rectangle((*corner, corner[0] + ROUND * 2 - 1, shape.height - 1), MOUTH * 2, fill=255)
    sheet.paste(painted(palette.coloured(card.drawing), PART, PICTURE), (left, EDGE), shape.reduce(2))
