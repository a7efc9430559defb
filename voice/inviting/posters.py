"""Posters and flyers: what is asked, the square a camera reads, a short address, when the answer comes, and help."""

from __future__ import annotations

from typing import Final

from flask import Response
from flask_babel import lazy_gettext as _l

from voice import asking
from voice.asking import ActivityFacts, Said
from voice.web import paper
from voice.web.locale import LANGUAGES, speaking

HELP: Final = {
    "danger": _l("Not safe right now? Call 999."),
    "childline": _l("Childline: 0800 1111. Both are free."),
}
SHAPES: Final = {"poster": 1, "flyer": 2}
"""How many there are on a page."""
MIDDLING: Final = 26  # letters
LONG: Final = 40


def as_pdf(activity: ActivityFacts, shape: str, language: str) -> Response:
    """A poster (A4) or two flyers (A5, side by side on A4) in this language.

    Raises:
        NoPrinter: as `paper.pdf`.
        KeyError: there is no such shape or language.
    """
    url = paper.address(f"/q/{activity.address}", language)
    beside = paper.beside(HELP, language)
    title = _title(activity, language)
    with speaking(language):
        return paper.pdf(
            "inviting/poster.html",
            f"{shape}-{activity.slug}-{language}",
            shape=shape,
            times=SHAPES[shape],
            title=title,
            size=_size(title.text),
            why=_in(activity, "intro", language),
            minutes=activity.document["minutes"],
            activity=activity,
            tongue=LANGUAGES[language],
            help=HELP,
            beside=beside,
            qr=paper.qr(url),
            typed_at=paper.spoken(url),
        )


def _size(title: str) -> str:
    """How big it can be set: the class of paper.css."""
    return "long" if len(title) > LONG else "middling" if len(title) > MIDDLING else ""


def _title(activity: ActivityFacts, language: str) -> Said:
    """The title the officer gave it; where that is the instrument's own, the instrument's in this language."""
    own = _in(activity, "title", "en").text
    return _in(activity, "title", language) if activity.title == own else Said(activity.title, "en")


def _in(activity: ActivityFacts, name: str, language: str) -> Said:
    return asking.in_language(activity.document[name], language)
