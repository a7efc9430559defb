"""Pictures for pledges without one of their own: things that go out, grow or shine. Pure: a pledge’s id in, its picture out.

They stand beside drawn people and drawings and are as large and as bright as these, so that a pledge without a face looks no less.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from voice.pledging import avatars

MOTIFS: Final = {
    "voice": (
        '<path class="pp-top" d="M152 48a52 52 0 0 1 0 104H110a10 10 0 0 1-10-10v-42a52 52 0 0 1 52-52z"/>'
        '<path class="pp-smile" d="M118 104c8 0 8-16 16-16s9 34 18 34 9-44 18-44 8 26 16 26M222 66a60 60 0 0 1 0 72M244 48a92 92 0 0 1 0 108"/>'
    ),
    "sprout": (
        '<path class="pp-hair" d="M84 200a76 42 0 0 1 152 0z"/><path class="pp-line" d="M160 172V96"/>'
        '<path class="pp-top" d="M160 112c-4-36-32-54-70-52 2 36 30 58 70 52z"/>'
        '<path class="pp-top" d="M160 136c2-40 28-62 68-62 0 40-28 68-68 62z"/>'
        '<path class="pp-smile" d="M106 74c18 6 30 16 40 28M212 88c-16 8-28 20-38 36"/>'
    ),
    "boat": (
        '<path class="pp-top" d="M94 130h132l-18 32a12 12 0 0 1-10 6h-76a12 12 0 0 1-10-6z"/><path class="pp-line" d="M160 132V40"/>'
        '<path class="pp-cream" d="M170 44c32 14 48 40 52 74h-52z"/><path class="pp-hair" d="M150 60c-24 10-38 30-44 58h44z"/>'
        '<path class="pp-smile" d="M64 184c16-14 20-14 36 0s20 14 36 0 20-14 36 0 20 14 36 0 20-14 36 0"/>'
    ),
    "blossom": (
        '<path class="pp-line" d="M160 200v-66M160 178c-14-16-30-20-46-16M160 166c12-14 26-18 40-14"/>'
        '<g class="pp-top"><circle cx="160" cy="52" r="26"/><circle cx="192" cy="76" r="26"/><circle cx="180" cy="114" r="26"/>'
        '<circle cx="140" cy="114" r="26"/><circle cx="128" cy="76" r="26"/></g><circle class="pp-cream" cx="160" cy="87" r="20"/>'
        '<circle class="pp-dot" cx="160" cy="87" r="9"/>'
    ),
    "kite": (
        '<path class="pp-smile" d="M124 136c-6 24-26 12-30 30s-18 14-22 34"/>'
        '<path class="pp-top" d="m184 28 44 62-96 44-10-76z"/><path class="pp-hair" d="m184 28 44 62-53-16z"/>'
        '<path class="pp-dot" d="m122 58 53 16-43 60z"/>'
        '<path class="pp-cream" d="m92 150 18 2-2 18-18-2z"/>'
    ),
    "letter": (
        '<path class="pp-cream" d="m76 58 164-14a10 10 0 0 1 11 9l8 92a10 10 0 0 1-9 11L86 170z"/>'
        '<path class="pp-line" d="M98 88c10-10 12 8 22-1s12 8 22-1 12 8 22-1 12 6 20-1M101 118c10-10 12 8 22-1s12 8 22-1 12 8 22-1'
        'M104 146c10-10 12 8 22-1s10 6 18-1"/>'
        '<path class="pp-top" d="M214 146c-17-10-25-18-26-28a12.500 12.500 0 0 1 24-6 12.500 12.500 0 0 1 25 2c1 10-7 19-23 32z"/>'
    ),
    "hills": (
        '<circle class="pp-cream" cx="182" cy="76" r="34"/><path class="pp-hair" d="M0 200v-44c40-46 84-50 128-14s92 18 192-10v68z"/>'
        '<path class="pp-top" d="M0 200v-14c64-34 120-40 176-10s104 12 144-16v40z"/>'
        '<path class="pp-smile" d="M182 26v-14M224 46l10-10M140 46l-10-10M236 80h14M128 80h-14"/>'
    ),
    "star": (
        '<path class="pp-top" d="m160 34 20 42 46 6-34 32 9 46-41-23-41 23 9-46-34-32 46-6z"/><path class="pp-smile" d="M144 104c6 12 26 12 32 0"/>'
        '<circle class="pp-cream" cx="146" cy="88" r="5"/><circle class="pp-cream" cx="174" cy="88" r="5"/>'
        '<g class="pp-dot"><circle cx="84" cy="60" r="8"/><circle cx="244" cy="150" r="8"/><circle cx="92" cy="156" r="6"/>'
        '<circle cx="238" cy="48" r="6"/></g>'
    ),
}
SKIES: Final = tuple(name for name in avatars.BACKGROUNDS if name != "sun")
"""Where cream shows up; before the yellow sky’s sun it does not."""


def draw(pledge_id: uuid.UUID) -> Markup:
    """The picture of this pledge, always the same: it decorates, and says nothing of who made it."""
    number, motif = divmod(pledge_id.int, len(MOTIFS))
    number, colour = divmod(number, len(avatars.COLOURS))
    return framed(list(avatars.COLOURS)[colour], SKIES[number % len(SKIES)], MOTIFS[list(MOTIFS)[motif]])


def of_pledge(pledge_id: uuid.UUID, avatar: Mapping[str, object] | None) -> Markup:
    """The drawing of a pledge: its drawn person, described in words, where its maker chose one; else a picture of ours."""
    return avatars.draw(avatar, avatars.describe(avatar)) if avatar else draw(pledge_id)


def framed(colour: str, background: str, drawing: str) -> Markup:
    """A drawing on a sky, like a drawn person’s."""
    return avatars.frame(colour, background, Markup('aria-hidden="true"')) + Markup(drawing) + Markup("</svg>")  # noqa: S704  # our own drawings
