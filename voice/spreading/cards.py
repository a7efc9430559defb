"""The picture that goes along when somebody shares a page of ours, 1200 by 630: what young people said and what came of it, or what a page is about.

It holds only words that are public on the page it goes with, and no figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voice.web.lettering import Box
from voice.web.share_cards import CREAM, INK, MARIGOLD, QUIET, SIZE, packed, say, sign

if TYPE_CHECKING:
    from PIL import Image

DRAWN_IN: Final = 1
"""Raised when the card looks otherwise, so that one kept by a browser is asked for anew."""
RIVER, WHITE, PALE = "#00665d", "#ffffff", "#d8f1ec"
EDGE, PAD = 40, 36  # pixels around and inside the plates
ROUND, MOUTH = 64, 12  # three corners are round, the one that speaks is not
SAID: Final = (64, 58, 52, 47, 43, 39, 36, 33, 30)
DID: Final = (44, 40, 37, 34, 31, 28)
LABEL: Final = (30, 27, 24)
TITLE: Final = (104, 94, 84, 76, 68, 61, 55, 50, 45, 40)
UNDER: Final = (42, 38, 34, 31, 28)
MOST_SAID, MOST_DID, MOST_UNDER = 150, 190, 170  # letters; what is longer is cut between words


@dataclass(frozen=True)
class Plate:
    """One voice: whose it is, and what it says."""

    label: str
    words: str


@dataclass(frozen=True)
class Card:
    """What a card says, in the page’s language but for words as they were written. `did` is none where a page has no answer on it."""

    said: Plate
    did: Plate | None
    place: str
    turned: bool  # from right to left


def as_png(card: Card) -> bytes:
    """The card.

    Raises:
        NoPrinter: the machine has no Pango, or no font.
    """
    from PIL import Image  # lazy: most processes never draw

    ground = CREAM if card.did else MARIGOLD
    sheet = Image.new("RGB", SIZE, ground)
    if card.did:
        _story(sheet, card.said, card.did, card.turned)
    else:
        _title(sheet, card.said)
    sign(sheet, card.place, ground, EDGE + 24, SIZE[0] - 2 * EDGE - 48)
    return packed(sheet)


def shortened(words: str, most: int) -> str:
    """At most so many letters, cut between words."""
    if len(words) <= most:
        return words
    head = words[: most - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,.;:–") + "…"


def _story(sheet: Image.Image, said: Plate, did: Plate, turned: bool) -> None:
    indent = 130  # a plate leans to the side of who speaks
    width = SIZE[0] - 2 * EDGE - indent
    first, second = (EDGE + indent, EDGE) if turned else (EDGE, EDGE + indent)
    _plate(sheet, Box(first, 36, width, 236), MARIGOLD, mouth="br" if turned else "bl")
    _words(sheet, said, Box(first, 36, width, 236), (QUIET, INK), (SAID, MOST_SAID))
    _plate(sheet, Box(second, 290, width, 206), RIVER, mouth="bl" if turned else "br")
    _words(sheet, did, Box(second, 290, width, 206), (PALE, WHITE), (DID, MOST_DID))


def _words(sheet: Image.Image, plate: Plate, box: Box, colours: tuple[str, str], sizes: tuple[tuple[int, ...], int]) -> None:
    left, width = box.left + PAD, box.width - 2 * PAD
    say(sheet, plate.label, Box(left, box.top + 16, width, 42), LABEL, colours[0])
    say(sheet, shortened(plate.words, sizes[1]), Box(left, box.top + 62, width, box.height - 82), sizes[0], colours[1])


def _title(sheet: Image.Image, said: Plate) -> None:
    width = SIZE[0] - 2 * EDGE - 48
    has_more = bool(said.words)
    say(sheet, said.label, Box(EDGE + 24, 48, width, 260 if has_more else 440), TITLE, INK)
    if has_more:
        say(sheet, shortened(said.words, MOST_UNDER), Box(EDGE + 24, 320, width, 180), UNDER, QUIET)


def _plate(sheet: Image.Image, box: Box, colour: str, mouth: str) -> None:
    from PIL import Image, ImageDraw  # lazy, as above

    shape = Image.new("L", (box.width * 2, box.height * 2))
    pen = ImageDraw.Draw(shape)
    pen.rounded_rectangle((0, 0, shape.width - 1, shape.height - 1), ROUND * 2, fill=255)
    left = 0 if mouth == "bl" else shape.width - ROUND * 2
    pen.rounded_rectangle((left, shape.height - ROUND * 2, left + ROUND * 2 - 1, shape.height - 1), MOUTH * 2, fill=255)
    small = shape.reduce(2)
    sheet.paste(colour, (box.left, box.top, box.left + small.width, box.top + small.height), small)
