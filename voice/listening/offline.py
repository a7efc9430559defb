"""What lets a phone go on without a net: all pages of an activity in one, pictures for receipt words, the service worker."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from flask import Blueprint, Response, abort, current_app, json, jsonify, render_template, request, url_for

from voice.keeping.receipts import WORDS, picture
from voice.listening import api, bundle, forms
from voice.listening.queries import Asked, asked_lately
from voice.listening.walking import Visit
from voice.listening.ways import HAND_OVER, way
from voice.web import cacheable, goes_on, open_to_all, same_origin
from voice.web.assets import Asset

bp = Blueprint("offline", __name__)
ALL_ALIKE: Final = 60  # seconds
LONGEST_ASKED: Final = 8_000  # bytes: forty slips of five words, and nothing deep
MOST_WORDS: Final = 200  # receipt words drawn at once: those of forty slips


@bp.get("/take-part/<slug>/all")
@open_to_all
@cacheable(ALL_ALIKE, by=("w", "way", "home"))
def everything(slug: str) -> str:
    """Every page of an activity, in the words of one age (`?w=`): the same for everyone."""
    found = asked_lately(slug)
    if found is None or found.closed:
        abort(404)
    wording = forms.visit_in(request.args).wording
    key = api.phone_key()
    return bundle.whole(found, Visit(wording=wording if wording in found.wordings else None), {"id": key.id, "point": key.point})


def bundles_of(found: Asked) -> list[str]:
    """The addresses of everything, one for each age’s words. Hand-over mode has pages of its own; local.js asks for the same."""
    own: dict[str, Any] = dict(HAND_OVER.fields()) if way() is HAND_OVER else {}
    return [url_for("offline.everything", slug=found.activity.slug, w=wording, **own) for wording in found.wordings or (None,)]


@bp.post("/take-part/pictures")
@open_to_all
def pictures() -> Response:
    """The pictures of receipt words. They come in a body, because addresses are written down on the way."""
    same_origin()
    if (request.content_length or 0) > LONGEST_ASKED:
        abort(413)
    words = _words(request.get_json(silent=True))
    return jsonify({word: picture(word) for word in words if word in WORDS})


@bp.get("/no-net")
@open_to_all
@goes_on
@cacheable(ALL_ALIKE)
def no_net() -> str:
    """Shown by the phone itself where it has no other page to show."""
    return render_template("listening/no_net.html")


@bp.get("/sw.js")
@open_to_all
@goes_on
def worker() -> Response:
    """The service worker. Its first line changes with every file it may hold, so that a new release replaces it."""
    assets: dict[str, Asset] = current_app.extensions["voice.assets"]
    release = hashlib.sha256("".join(f"{name}{each.digest}" for name, each in sorted(assets.items())).encode()).hexdigest()[:12]
    shell = assets["js/sw.js"].bodies[""].decode()
    response = Response(f"const RELEASE = {json.dumps(release)};\n{shell}", mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "public, no-cache"  # the same for everyone, and asked for anew each time
    return response


def _words(data: Any) -> list[str]:
    words = data.get("words") if isinstance(data, dict) else None
    if not isinstance(words, list) or len(words) > MOST_WORDS or not all(isinstance(word, str) for word in words):
        abort(400)
    return words
