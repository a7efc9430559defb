"""Slips to cut and hand out: a code, what to do with it, and the receipt that will be theirs. They never say for which group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from voice import keeping
from voice.inviting.actions import Slip
from voice.inviting.codes import written
from voice.web import paper
from voice.web.locale import LANGUAGES, speaking

WORDS: Final = {
    "title": _l("Have your say"),
    "how": _l("Scan the square. Or type it at"),
    "keep": _l("Keep these five words. They let you see what we did."),
    "write": _l("At the end you get five words. Write them here. They let you see what we did."),
    "help": _l("Not safe right now? Call 999. Childline: 0800 1111. Both are free."),
}


@dataclass(frozen=True)
class Printed:
    """One slip as the template needs it."""

    code: str
    url: str  # the code stands behind a #: no server's log and no other page ever learns it
    words: tuple[str, ...]


def as_pdf(slips: Sequence[Slip], language: str) -> Response:
    """The slips as a PDF file, eight on a page of A4; English stands beside a language whose words nobody has checked.

    Raises:
        NoPrinter: as `paper.pdf`.
    """
    entry = paper.address("/code", language)
    beside = paper.beside(WORDS, language)
    with speaking(language):
        return paper.pdf(
            "inviting/slips.html",
            "slips",
            slips=[Printed(written(each.code), f"{entry}#{each.code}", each.words) for each in slips],
            words=WORDS,
            beside=beside,
            tongue=LANGUAGES[language],
            typed_at=paper.spoken(entry),
            qr=paper.qr,
            picture=_drawn,
        )


def _drawn(word: str) -> Markup:
    """The word’s picture with its lines said on it: what sets the page does not know the styles of our screens."""
    lines = Markup('<svg fill="none" stroke="#000" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" ')
    return Markup(keeping.picture(word).replace(Markup("<svg "), lines, 1))  # noqa: S704  # our own data file
