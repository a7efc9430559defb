"""The receipt’s pages. The words come in a form, never in an address, and every reply is kept by nobody."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, make_response, render_template, request
from flask.wrappers import Response
from flask_babel import gettext as _

from voice import answering, audit, keeping, storage
from voice.keeping import slowing
from voice.keeping.receipts import Misspelt, WrongNumber, read_words
from voice.telling.queries import may_mark, told
from voice.web import cacheable, leave_nothing, open_to_all, same_origin

blueprint = Blueprint("telling", __name__)
WORDS = 5


@blueprint.get("/your-receipt")
@open_to_all
@cacheable(60)
def your_receipt() -> Response:
    return _ask([])


@blueprint.post("/your-receipt")
@open_to_all
def show_receipt() -> Response | str:
    same_origin()
    sent = _find()
    return _show(sent) if isinstance(sent, keeping.Sent) else sent


@blueprint.post("/your-receipt/mark")
@open_to_all
def mark() -> Response | str:
    """“Fair” or “not good enough”, by the sender."""
    same_origin()
    sent = _find()
    if not isinstance(sent, keeping.Sent):
        return sent
    answer_id, value = _answer_id(), request.form.get("mark", "")
    if value not in ("fair", "not_good_enough") or not may_mark(sent, answer_id):
        abort(400)
    answering.mark(answer_id, sent.id, value)
    storage.commit()
    return _show(sent)


@blueprint.post("/your-receipt/take-back")
@open_to_all
def take_back() -> Response | str:
    """Asked once; the second press takes everything out."""
    same_origin()
    sent = _find()
    if not isinstance(sent, keeping.Sent):
        return sent
    if request.form.get("sure") != "yes":
        return make_response(render_template("telling/take_back.html", words=_typed()))
    keeping.erase(sent.id)
    storage.commit()
    storage.scrub()
    return leave_nothing(make_response(render_template("telling/taken_back.html")))


@blueprint.get("/your-receipt/mark")
@blueprint.get("/your-receipt/take-back")
@open_to_all
def begin_again() -> Response:
    """Somebody came here by the address alone: ask for the words."""
    return _ask([])


def _typed() -> list[str]:
    return [word.strip()[:40] for word in request.form.getlist("word")]


def _find() -> keeping.Sent | Response:
    """The submission the typed words belong to, or the page that says kindly what to look at."""
    typed = _typed()
    found = read_words(" ".join(typed))
    if isinstance(found, WrongNumber):
        return _ask(typed, _("There are five words. We found %(n)s. Type them in their order.", n=found.found))
    if isinstance(found, Misspelt):
        place = found.positions[0]
        return _ask(typed, _("We do not know ‘%(word)s’. Look at picture %(n)s that you drew.", word=found.unknown[0], n=place + 1), place)
    slowing.before_looking()
    sent = keeping.find(found)
    if sent is None:
        slowing.looked_in_vain()
        return _ask(typed, _("We found nothing for these words. Check the order and each word. If you took it back, it is gone."))
    audit.record(None, "receipt used", "submission", sent.id)  # by whoever has its words: nobody knows who
    storage.commit()
    return sent


def _answer_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("answer", ""))
    except ValueError:
        abort(400)


def _ask(typed: list[str], wrong: str = "", place: int | None = None) -> Response:
    words = (typed + [""] * WORDS)[:WORDS]
    return make_response(render_template("telling/your_receipt.html", words=words, wrong=wrong, place=place), 200)


def _show(sent: keeping.Sent) -> Response:
    return make_response(render_template("telling/receipt.html", told=told(sent), words=_typed()))
