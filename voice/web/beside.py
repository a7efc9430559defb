"""Words about safety in a language where nobody has checked them: the English stands beside them until somebody has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Flask, g
from markupsafe import Markup

from voice.web import catalogues
from voice.web.catalogues import Tally
from voice.web.locale import Language, language, offered, speaking


def install(app: Flask) -> None:
    app.jinja_env.globals.update(checked_or_beside=checked_or_beside, is_drafted=is_drafted, how_checked=how_checked)


def checked_or_beside(tag: str = "div", *, caller: Callable[[], str]) -> Markup:
    """What the block says; under it the same in English, where not all of its words are checked. The block holds no id and no heading.

    `tag` is what holds the English: “span” where the block stands inside a sentence.
    """
    here = language()
    if here.tag == "en":  # English, its mirror, and Easy Read need none
        return Markup(caller())  # noqa: S704  # a block of a template, escaped there
    said, words = _overheard(here.code, caller)
    if all(catalogues.written(here.code).is_checked(each) for each in words):
        return said
    with speaking("en"):
        beside = Markup(caller().replace(" data-say", ""))  # noqa: S704  # as above; what is read aloud is read once, in the page’s language
    frame = '{0}<span class="beside" lang="en" dir="ltr">{1}</span>' if tag == "span" else '{0}<div class="beside" lang="en" dir="ltr">{1}</div>'
    return Markup(frame).format(said, beside)  # noqa: S704  # one of the two frames above


def _overheard(code: str, caller: Callable[[], str]) -> tuple[Markup, list[str]]:
    """What the block says, and every string it asked for."""
    heard: list[str] = []
    g.voice_overhearing = replace(catalogues.written(code), heard=heard)
    try:
        return Markup(caller()), heard  # noqa: S704  # as above
    finally:
        g.voice_overhearing = None


def is_drafted() -> bool:
    """Whether some words of this page’s language are a first draft."""
    return catalogues.tally("messages", language().code).drafted > 0


def how_checked() -> list[tuple[Language, Tally]]:
    """Each language we offer beside English, and how much of it a person has checked."""
    return [(each, catalogues.tally("messages", each.code)) for each in offered() if each.code not in ("en", "qps")]
