"""A drawn person made of parts, in place of a photograph. Pure: parts in, a picture and its words out.

Nobody has a skin colour, a face of their own or a name here: a drawing must not describe the young person who chose it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup


class UnknownPart(ValueError):
    """A part we have no drawing for."""


@dataclass(frozen=True)
class Option:
    """One thing to pick: its words, and its drawing where it has a shape (colours are classes of the stylesheet)."""

    words: Any
    drawing: str = ""


EYES = '<circle class="pp-cream" cx="146" cy="94" r="4.5"/><circle class="pp-cream" cx="174" cy="94" r="4.5"/>'
SMILE = '<path class="pp-smile" d="M143 107c7 11 27 11 34 0"/>'
FACE = f'<rect class="pp-skin" x="146" y="116" width="28" height="34" rx="12"/><circle class="pp-skin" cx="160" cy="92" r="40"/>{EYES}{SMILE}'
CAP_OF_HAIR = '<path class="pp-hair" d="M118 90c-2-32 16-48 42-48s44 16 42 48c-16-2-30-10-38-22-10 14-26 22-46 22z"/>'

HEADS = {
    "short": Option(_l("short hair"), FACE + CAP_OF_HAIR),
    "curls": Option(
        _l("curly hair"),
        FACE
        + '<g class="pp-hair"><circle cx="120" cy="82" r="15"/><circle cx="128" cy="58" r="18"/><circle cx="160" cy="46" r="20"/>'
        + '<circle cx="192" cy="58" r="18"/><circle cx="200" cy="82" r="15"/></g>',
    ),
    "long": Option(
        _l("long hair"),
        '<path class="pp-hair" d="M160 40c32 0 50 22 50 52v56a10 10 0 0 1-10 10h-80a10 10 0 0 1-10-10V92c0-30 18-52 50-52z"/>' + FACE + CAP_OF_HAIR,
    ),
    "plaits": Option(
        _l("plaits"),
        FACE
        + CAP_OF_HAIR
        + '<g class="pp-hair"><circle cx="114" cy="98" r="11"/><circle cx="108" cy="117" r="10"/><circle cx="104" cy="135" r="9"/>'
        + '<circle cx="206" cy="98" r="11"/><circle cx="212" cy="117" r="10"/><circle cx="216" cy="135" r="9"/></g>',
    ),
    "bun": Option(_l("hair in a bun"), '<circle class="pp-hair" cx="160" cy="34" r="18"/>' + FACE + CAP_OF_HAIR),
    "spikes": Option(
        _l("spiky hair"), FACE + '<path class="pp-hair" d="M118 88l-8-34 22 12 4-30 20 20 14-26 10 28 24-16-2 28 18-4-20 38-22-22-18 16-14-16z"/>'
    ),
    "hat": Option(
        _l("a woolly hat"),
        FACE
        + '<path class="pp-hair" d="M118 78c0-26 18-42 42-42s42 16 42 42z"/><rect class="pp-top" x="112" y="68" width="96" height="18" rx="9"/>'
        + '<circle class="pp-cream" cx="160" cy="32" r="11"/>',
    ),
    "scarf": Option(
        _l("a head scarf"),
        '<path class="pp-hair" d="M160 38c34 0 52 24 52 56 0 28-6 48-22 62h-60c-16-14-22-34-22-62 0-32 18-56 52-56z"/>'
        + f'<circle class="pp-skin" cx="160" cy="94" r="33"/>{EYES}{SMILE}',
    ),
}

BODY = '<path class="pp-top" d="M88 200v-10a72 56 0 0 1 144 0v10z"/>'
TOPS = {
    "plain": Option(_l("a plain top"), BODY),
    "stripes": Option(_l("a stripy top"), BODY + '<path class="pp-mark" d="M110 155h100M97 174h126M92 193h136"/>'),
    "spots": Option(
        _l("a spotty top"),
        BODY
        + '<g class="pp-dot"><circle cx="130" cy="162" r="7"/><circle cx="160" cy="158" r="7"/><circle cx="190" cy="162" r="7"/>'
        + '<circle cx="110" cy="186" r="7"/><circle cx="143" cy="185" r="7"/><circle cx="177" cy="185" r="7"/><circle cx="210" cy="186" r="7"/></g>',
    ),
    "zigzag": Option(_l("a zigzag top"), BODY + '<path class="pp-mark" d="m95 184 16-17 16 17 17-17 16 17 16-17 17 17 16-17 16 17"/>'),
    "star": Option(
        _l("a top with a star"),
        BODY + '<path class="pp-dot" d="m160 150 6.5 14.5 15.5 1.5-11.5 10.5 3.5 15.5-14-8-14 8 3.5-15.5-11.5-10.5 15.5-1.5z"/>',
    ),
    "heart": Option(
        _l("a top with a heart"),
        BODY + '<path class="pp-dot" d="M160 194c-16-11-23-18-23-27a11.5 11.5 0 0 1 23-4 11.5 11.5 0 0 1 23 4c0 9-7 16-23 27z"/>',
    ),
    "dungarees": Option(
        _l("dungarees"),
        BODY + '<path class="pp-dot" d="M122 200v-30a6 6 0 0 1 6-6h64a6 6 0 0 1 6 6v30z"/><path class="pp-mark" d="M131 170v-27M189 170v-27"/>',
    ),
}

COLOURS = {
    "marigold": Option(_l("yellow")),
    "berry": Option(_l("pink")),
    "river": Option(_l("green")),
    "damson": Option(_l("purple")),
    "orange": Option(_l("orange")),
    "sky": Option(_l("blue")),
}
BACKGROUNDS = {
    "sky": Option(_l("a blue sky")),
    "lilac": Option(_l("a lilac sky")),
    "sun": Option(_l("a yellow sky")),
    "peach": Option(_l("a peach sky")),
    "berry": Option(_l("a pink sky")),
    "river": Option(_l("a green sky")),
}

PARTS: dict[str, dict[str, Option]] = {"head": HEADS, "top": TOPS, "colour": COLOURS, "background": BACKGROUNDS}
FIRST = {"head": "short", "top": "stripes", "colour": "berry", "background": "sky"}


def whole(parts: Mapping[str, object]) -> dict[str, str]:
    """The parts, checked: each of the four, by a name we know, and nothing else.

    Raises:
        UnknownPart: one is missing, not ours, or one too many.
    """
    if set(parts) != set(PARTS):
        raise UnknownPart(f"a drawn person has {', '.join(PARTS)}")
    for part, name in parts.items():
        if not isinstance(name, str) or name not in PARTS[part]:
            raise UnknownPart(f"no {part} “{name}”")
    return {part: str(parts[part]) for part in PARTS}


def draw(parts: Mapping[str, object], words: str = "") -> Markup:
    """The picture: inline SVG, coloured by classes. With `words` it says them; without, it only decorates.

    Raises:
        UnknownPart: as `whole`.
    """
    person = whole(parts)
    said = Markup('role="img" aria-label="{}"').format(words) if words else Markup('aria-hidden="true"')
    return frame(person["colour"], person["background"], said) + _group("top", person) + _group("head", person) + Markup("</svg>")


def frame(colour: str, background: str, said: Markup) -> Markup:
    """The beginning of a drawing of ours: its colours and its sky. Where it is shown higher or narrower, its middle stays in view."""
    start = Markup('<svg class="art person c-{} b-{}" viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" {}>')
    sky = Markup('<rect class="pp-sky" width="320" height="200"/><circle class="pp-sun" cx="160" cy="104" r="92"/>')
    return start.format(colour, background, said) + sky


def describe(parts: Mapping[str, object]) -> str:
    """The picture in words, for those who cannot see it.

    Raises:
        UnknownPart: as `whole`.
    """
    person = whole(parts)
    words = {part: PARTS[part][name].words for part, name in person.items()}
    sentence: str = _("A drawn person with %(head)s and %(top)s in %(colour)s, under %(background)s", **words)
    return sentence


def _group(part: str, person: Mapping[str, str]) -> Markup:
    return Markup('<g data-shape="{}">').format(part) + Markup(PARTS[part][person[part]].drawing) + Markup("</g>")  # noqa: S704  # our own drawings
