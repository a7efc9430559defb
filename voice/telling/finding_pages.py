"""Receipt words as they are typed, and the submission they belong to, or the page that says kindly what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from flask import make_response, render_template
from flask.wrappers import Response
from flask_babel import gettext as _

from voice import audit, keeping, storage
from voice.keeping import slowing


def find() -> keeping.Sent | Response:
    """The submission the typed words belong to, or the page that says kindly what to look at."""
    words = keeping.typed_words()
    found = keeping.words_or_why(words, lambda word, n: _("We do not know ‘%(word)s’. Look at picture %(n)s that you drew.", word=word, n=n))
    if isinstance(found, keeping.Unread):
        return ask(words, found)
    slowing.before_looking()
    sent = keeping.find(found)
    if sent is None:
        slowing.looked_in_vain()
        return ask(words, keeping.Unread(_("We found nothing for these words. Check the order and each word. If you took it back, it is gone.")))
    audit.record(None, "receipt used", "submission", sent.id)  # by whoever has its words: nobody knows who
    storage.commit()
    return sent


def ask(words: Sequence[str] = (), why: keeping.Unread | None = None) -> Response:
    """The page with the boxes; `why` is what was wrong with what stands in them."""
    return make_response(render_template("telling/your_receipt.html", words=keeping.word_boxes(words), why=why), 200)
