"""Receipt words as they are typed, and the submission they belong to, or the page that says kindly what to look at."""

from __future__ import annotations

from flask import make_response, render_template, request
from flask.wrappers import Response
from flask_babel import gettext as _

from voice import audit, keeping, storage
from voice.keeping import slowing
from voice.keeping.receipts import Misspelt, WrongNumber, read_words

WORDS = 5
LONGEST = 120  # letters looked at in one box: somebody may type all five into the first


def typed() -> list[str]:
    return [word.strip()[:LONGEST] for word in request.form.getlist("word")]


def find() -> keeping.Sent | Response:
    """The submission the typed words belong to, or the page that says kindly what to look at."""
    words = typed()
    found = read_words(" ".join(words))
    if isinstance(found, WrongNumber):
        return ask(words, _("There are five words. We found %(n)s. Type them in their order.", n=found.found))
    if isinstance(found, Misspelt):
        place = found.positions[0]
        return ask(words, _("We do not know ‘%(word)s’. Look at picture %(n)s that you drew.", word=found.unknown[0], n=place + 1), place)
    slowing.before_looking()
    sent = keeping.find(found)
    if sent is None:
        slowing.looked_in_vain()
        return ask(words, _("We found nothing for these words. Check the order and each word. If you took it back, it is gone."))
    audit.record(None, "receipt used", "submission", sent.id)  # by whoever has its words: nobody knows who
    storage.commit()
    return sent


def ask(words: list[str], wrong: str = "", place: int | None = None) -> Response:
    shown = (words + [""] * WORDS)[:WORDS]
    return make_response(render_template("telling/your_receipt.html", words=shown, wrong=wrong, place=place), 200)
