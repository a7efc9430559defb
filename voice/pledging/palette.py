"""The colours of our drawings, said on each shape: for paper and for pictures, which know nothing of a page’s styles."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from markupsafe import Markup

from voice.web.assets import FOLDER

SHEET: Final = "avatars.css"
RULE: Final = re.compile(r"\.([bc]-\w+|pp-\w+) \{([^}]*)\}")
PLACE: Final = re.compile(r'class="art person (c-\w+) (b-\w+)"')
SHAPE: Final = re.compile(r'class="(pp-\w+)"')
VARIABLE: Final = re.compile(r"var\((--p-\w+)\)")


def coloured(drawing: str) -> Markup:
    """A drawing of ours (`avatars.draw`, `motifs.draw`) that needs no stylesheet.

    Raises:
        ValueError: it is none of ours.
    """
    found = PLACE.search(drawing)
    if found is None:
        raise ValueError("not a drawing of ours")
    rules = _rules()
    colours = {**rules[found[1]], **rules[found[2]]}
    said = SHAPE.sub(lambda shape: _attributes(rules[shape[1]], colours), drawing)
    return Markup(PLACE.sub('xmlns="http://www.w3.org/2000/svg"', said))  # noqa: S704  # as it came, with colours of our own


def sky(drawing: str) -> str:
    """The colour a drawing of ours stands on, as `#rrggbb`."""
    found = PLACE.search(drawing)
    return _rules()[found[2]]["--p-sky"] if found else "#ffc23d"


def _attributes(rule: dict[str, str], colours: dict[str, str]) -> str:
    return " ".join(f'{name}="{VARIABLE.sub(lambda wanted: colours[wanted[1]], value)}"' for name, value in rule.items())


@cache
def _rules() -> dict[str, dict[str, str]]:
    """What the stylesheet says of each class: one place for a colour, whatever it is drawn on."""
    sheet = (FOLDER / SHEET).read_text(encoding="utf-8")
    return {name: dict(_pair(each) for each in body.split(";") if each.strip()) for name, body in RULE.findall(sheet)}


def _pair(declared: str) -> tuple[str, str]:
    name, _, value = declared.partition(":")
    return name.strip(), value.strip()
