"""A parent or carer of somebody under 13 says yes or no, and may change it at any time: by words of their own, without an account."""

from __future__ import annotations

import base64

from flask import Blueprint, make_response, render_template, request
from flask.wrappers import Response
from flask_babel import gettext as _

from voice import audit, keeping, storage
from voice.keeping import slowing
from voice.pledging import grown_ups
from voice.pledging.grown_ups import ForGrownUp
from voice.storage.files import NoSuchFile, StoreAway
from voice.web import cacheable, open_to_all, same_origin
from voice.web.headers import POLICY

blueprint = Blueprint("grown_ups", __name__, url_prefix="/pledges/grown-up")
IN_THE_PAGE = POLICY.replace("img-src 'self'", "img-src 'self' data:")
"""On the one page that shows a picture before anybody else may see it: it stands in the page itself and has no address of its own."""


@blueprint.get("")
@open_to_all
@cacheable(60)
def ask() -> Response:
    return _ask()


@blueprint.post("")
@open_to_all
def look() -> Response:
    """What is asked about, for whoever has the words."""
    same_origin()
    found = _find()
    return _show(found) if isinstance(found, ForGrownUp) else found


@blueprint.post("/decided")
@open_to_all
def decide() -> Response:
    same_origin()
    found = _find()
    if not isinstance(found, ForGrownUp):
        return found
    wrong = _wrong(found)
    if wrong:
        return make_response(_show(found, wrong), 400)
    grown_ups.decide(
        keeping.meant_words(keeping.typed_words()), words_agreed=request.form["words"] == "yes", picture_agreed=request.form.get("picture") == "yes"
    )
    storage.commit()
    again = grown_ups.find(keeping.meant_words(keeping.typed_words()))
    return make_response(render_template("pledging/grown_up_done.html", found=again, words=keeping.typed_words()))


@blueprint.get("/decided")
@open_to_all
def begin_again() -> Response:
    """Somebody came here by the address alone: ask for the words."""
    return _ask()


def _wrong(found: ForGrownUp) -> dict[str, str]:
    """What is still to be said: who they are, and yes or no to each thing there is to see."""
    asked = {"words": found.words is not None, "picture": found.picture is not None}
    wrong = {name: _("Pick one of these.") for name, is_asked in asked.items() if is_asked and request.form.get(name) not in ("yes", "no")}
    if found.words is None:
        wrong["words"] = _("There is nothing to see yet.")
    return wrong if request.form.get("carer") == "yes" else {"carer": _("Tick this first."), **wrong}


def _find() -> ForGrownUp | Response:
    """The pledge the typed words belong to, or the page that says kindly what to look at."""
    words = keeping.words_or_why(keeping.typed_words(), lambda word, n: _("We do not know ‘%(word)s’. Look at word %(n)s again.", word=word, n=n))
    if isinstance(words, keeping.Unread):
        return _ask(words)
    slowing.before_looking()
    found = grown_ups.find(words)
    if found is None:
        slowing.looked_in_vain()
        return _ask(
            keeping.Unread(_("We found nothing for these words. Are they the words for a parent or carer? If the pledge was taken back, it is gone."))
        )
    audit.record(None, "grown-up words used", "pledge", found.pledge_id)  # by whoever has them: nobody knows who
    storage.commit()
    return found


def _ask(why: keeping.Unread | None = None) -> Response:
    return make_response(render_template("pledging/grown_up_ask.html", words=keeping.word_boxes(keeping.typed_words()), why=why))


def _show(found: ForGrownUp, wrong: dict[str, str] | None = None) -> Response:
    picture = _picture(found)
    page = render_template("pledging/grown_up.html", found=found, picture=picture, words=keeping.typed_words(), wrong=wrong or {}, said=request.form)
    response = make_response(page)
    if picture:
        response.headers["Content-Security-Policy"] = IN_THE_PAGE
    return response


def _picture(found: ForGrownUp) -> str | None:
    """As an address that holds the picture itself."""
    kept = keeping.pictures([found.picture]).get(found.picture) if found.picture else None
    if kept is None:
        return None
    try:
        data = keeping.picture_bytes(kept.file, "card")
    except (NoSuchFile, StoreAway):
        return None
    return f"data:image/webp;base64,{base64.b64encode(data).decode()}"
