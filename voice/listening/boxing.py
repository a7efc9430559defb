"""A feedback box: one question, in a frame of a partner's page or on its own. It needs no cookie and no script."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, url_for
from werkzeug.wrappers import Response

from voice.listening import screens
from voice.listening.pages import ALL_ALIKE, Reply, known, taken, walked
from voice.listening.picturing import LARGEST
from voice.listening.queries import Asked, asked_lately
from voice.listening.walking import Posted, walk
from voice.web import cacheable, in_frames_of, open_to_all, same_origin, takes_files

bp = Blueprint("boxing", __name__)


@bp.get("/box/<slug>")
@open_to_all
@cacheable(ALL_ALIKE)
def start(slug: str) -> Response:
    """The question itself: a box has no first page before it. The same for everyone."""
    found = _box(slug)
    if found.closed:
        return _framed(found, screens.closed(found))
    asked = found.for_age(None)
    return _framed(found, screens.here(asked, walk(asked.instrument, Posted(at="", go="next", raw={}))))


@bp.post("/box/<slug>/answers")
@open_to_all
def answers(slug: str) -> Response:
    same_origin()
    return _framed(_box(slug), walked(slug))


@bp.post("/box/<slug>/sent")
@open_to_all
@takes_files(LARGEST)
def sent(slug: str) -> Response:
    same_origin()
    return _framed(_box(slug), taken(slug))


@bp.get("/box/<slug>/answers")
@bp.get("/box/<slug>/sent")
@open_to_all
def again(slug: str) -> Response:
    """A page of the walk reloaded: back to the question."""
    return redirect(url_for("boxing.start", slug=slug), 303)


def _box(slug: str) -> Asked:
    found = known(asked_lately(slug))
    return found if found.activity.kind == "feedback_box" else abort(404)


def _framed(found: Asked, reply: Reply) -> Response:
    return in_frames_of(make_response(reply), found.activity.embed_hosts)
