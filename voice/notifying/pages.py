"""Asking for letters, from the thank-you page and the receipt; and the two pages that letters lead to, which say nothing of what it was about."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from voice import keeping, storage
from voice.config import settings
from voice.keeping import slowing
from voice.notifying import actions
from voice.notifying.rules import UNCONFIRMED
from voice.notifying.sealing import STOP, YES, read_link
from voice.post import address_in
from voice.web import open_to_all, same_origin
from voice.web.locale import language

blueprint = Blueprint("notifying", __name__, url_prefix="/letters")


@blueprint.post("")
@open_to_all
def offer() -> AnyResponse:
    """What it means to get letters, and the box for the address."""
    same_origin()
    return _offered() if _found() else _to_the_receipt()


@blueprint.post("/ask")
@open_to_all
def ask() -> AnyResponse:
    """Keep the address. The reply is the same for all, and neither it nor a page that says what to put right repeats the address."""
    same_origin()
    found = _found()
    if found is None:
        return _to_the_receipt()
    address = address_in(request.form.get("email", "")[:1000])
    if address is None:
        return _offered(_("That is not an e-mail address. It looks like name@example.org."))
    actions.ask(found.id, address, language().code)
    storage.commit()
    return make_response(render_template("notifying/asked.html", days=UNCONFIRMED.days))


@blueprint.get("")
@blueprint.get("/ask")
@open_to_all
def begin_again() -> AnyResponse:
    """Somebody came here by the address alone: ask for the words."""
    return _to_the_receipt()


@blueprint.get("/yes/<text>")
@blueprint.get("/stop/<text>")
@open_to_all
def opened(text: str) -> Response:
    """One button. A machine that opens every link in a letter presses none."""
    return _letters("press", stops="/stop/" in request.path, text=text)


@blueprint.post("/yes/<text>")
@open_to_all
def yes(text: str) -> Response:
    same_origin()
    wish = read_link(YES, text)
    is_on = wish is not None and actions.say_yes(wish)
    storage.commit()
    return _letters("on" if is_on else "over")


@blueprint.post("/stop/<text>")
@open_to_all
def stop(text: str) -> Response:
    """The reply is the same when there was nothing left to stop."""
    same_origin()
    wish = read_link(STOP, text)
    if wish is not None:
        actions.stop(wish)
        storage.commit()
        storage.scrub()
    return _letters("stopped")


def _found() -> keeping.Sent | None:
    """The submission these words belong to; they come from a page of ours, so it is there unless it was taken back meanwhile."""
    words = keeping.meant_words(keeping.typed_words())
    slowing.before_looking()
    sent = keeping.find(words) if words else None
    if sent is None:
        slowing.looked_in_vain()
    return sent


def _to_the_receipt() -> AnyResponse:
    return redirect(url_for("telling.your_receipt"), 303)


def _offered(wrong: str = "") -> Response:
    page = render_template("notifying/offer.html", words=keeping.typed_words(), wrong=wrong, days=settings().keep.news_days)
    return make_response(page)


def _letters(state: str, *, stops: bool = False, text: str = "") -> Response:
    return make_response(render_template("notifying/letters.html", state=state, stops=stops, text=text))
