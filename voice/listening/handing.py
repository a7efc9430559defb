"""Hand-over mode: one phone or tablet, many people. Between two of them stands a page that is the same for all and holds nothing."""

from __future__ import annotations

from flask import Blueprint, make_response
from werkzeug.wrappers import Response

from voice.listening import screens
from voice.listening.pages import ALL_ALIKE, known
from voice.listening.queries import asked_lately
from voice.web import cacheable, open_to_all

bp = Blueprint("handing", __name__)
AT_ONCE = 0  # seconds: asked for each time where there is a net; the same for everyone, so a phone without one may show it again


@bp.get("/take-part/<slug>/hand-over")
@open_to_all
@cacheable(ALL_ALIKE, by=("home",))
def begin(slug: str) -> str:
    """What the adult who hands the phone over reads first."""
    return _page("begin", slug)


@bp.get("/take-part/<slug>/hand-over/next")
@open_to_all
@cacheable(AT_ONCE, by=("home",))
def next_person(slug: str) -> Response:
    """Between two people. Here all of the one before is gone."""
    return _forget(_page("next", slug))


@bp.get("/take-part/<slug>/hand-over/end")
@open_to_all
@cacheable(AT_ONCE, by=("home",))
def end(slug: str) -> Response:
    """The adult has the phone back for good."""
    return _forget(screens.handing("end", known(asked_lately(slug))))


def _page(part: str, slug: str) -> str:
    found = known(asked_lately(slug))
    return screens.closed(found) if found.closed else screens.handing(part, found)


def _forget(page: str) -> Response:
    """Kept pages go, from the browser's cache and from what Back would show. Never "storage": what waits to be sent lives there."""
    response = make_response(page)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
