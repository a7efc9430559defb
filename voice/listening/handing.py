"""Hand-over mode: one phone or tablet, many people. Between two of them stands a page that is the same for all and holds nothing."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template
from werkzeug.wrappers import Response

from voice.listening.queries import Asked, asked_lately
from voice.web import cacheable, open_to_all

bp = Blueprint("handing", __name__)
ALL_ALIKE = 60  # seconds


@bp.get("/take-part/<slug>/hand-over")
@open_to_all
@cacheable(ALL_ALIKE)
def begin(slug: str) -> str:
    """What the adult who hands the phone over reads first."""
    found = _found(slug)
    return render_template("listening/closed.html" if found.closed else "listening/handing_begin.html", found=found)


@bp.get("/take-part/<slug>/hand-over/next")
@open_to_all
def next_person(slug: str) -> Response:
    """Between two people. Here all of the one before is gone."""
    found = _found(slug)
    return _forget(render_template("listening/closed.html" if found.closed else "listening/handing_next.html", found=found))


@bp.get("/take-part/<slug>/hand-over/end")
@open_to_all
def end(slug: str) -> Response:
    """The adult has the phone back for good."""
    return _forget(render_template("listening/handing_end.html", found=_found(slug)))


def _found(slug: str) -> Asked:
    return asked_lately(slug) or abort(404)


def _forget(page: str) -> Response:
    """Kept pages go, from the browser's cache and from what Back would show. Never "storage": what waits to be sent lives there."""
    response = make_response(page)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
