"""The feed, the pictures that go along with shared pages, and what search engines ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from flask import Blueprint, Response, abort, make_response, request, url_for
from flask_babel import gettext as _

from voice import storage
from voice.config import settings
from voice.spreading import cards, queries
from voice.spreading.feed import Feed, as_atom
from voice.spreading.sitemap import as_xml
from voice.web import cacheable, lettering, open_to_all
from voice.web.locale import language, offered
from voice.web.turns import Turns

blueprint = Blueprint("spreading", __name__)
FRESH: Final = 300  # seconds
CARDS: Final[dict[str, Callable[[str], cards.Card | None]]] = {
    "theme": queries.card_of_theme,
    "priority": queries.card_of_priority,
    "place": queries.card_of_place,
    "review": queries.card_of_review,
    "page": queries.card_of_page,
}
NOT_FOR_MACHINES: Final = ("/work", "/board", "/safeguarding", "/sign-in", "/me", "/your-receipt", "/code", "/q/")
_drawing = Turns(at_once=2, patience=4)


@blueprint.get("/you-said-we-did.atom")
@open_to_all
@cacheable(FRESH)
def feed() -> Response:
    """Each answer as it comes, for readers of feeds."""
    found = Feed(
        queries.whole(url_for("publishing.you_said")),
        queries.whole(url_for("spreading.feed")),
        _("You said, we did") + " – " + settings().place,
        language().tag,
        storage.today(),
        queries.entries(),
    )
    return _as(as_atom(found), "application/atom+xml; charset=utf-8")


@blueprint.get("/share/<kind>/<name>.png")
@open_to_all
def card(kind: str, name: str) -> Response:
    """The picture that goes along when a page is shared."""
    find = CARDS.get(kind)
    found = find(name) if find else None
    if found is None or not lettering.can_letter():
        abort(404)
    mark = hashlib.sha256(repr((cards.DRAWN_IN, found)).encode()).hexdigest()[:32]
    if request.if_none_match.contains(mark):  # it need not be drawn to be known as the same
        return _kept(Response(status=304), mark)
    with _drawing.take():
        return _kept(_as(cards.as_png(found), "image/png"), mark)


@blueprint.get("/sitemap.xml")
@open_to_all
@cacheable(FRESH)
def sitemap() -> Response:
    """Every page for all, in every language offered. Easy Read is English in words of its own, and goes without saying here."""
    fronts = {"" if each.code == "en" else f"/{each.code}": each.tag for each in offered() if each.code not in ("easy", "qps")}
    return _as(as_xml(queries.public_pages(), settings().public_url, fronts), "application/xml; charset=utf-8")


@blueprint.get("/robots.txt")
@open_to_all
@cacheable(FRESH)
def robots() -> Response:
    """What search engines need not read, and where the map is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_MACHINES), f"Sitemap: {settings().public_url}/sitemap.xml"]
    return _as("\n".join(lines).encode() + b"\n", "text/plain; charset=utf-8")


def _as(body: bytes, kind: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = kind
    return response


def _kept(response: Response, mark: str) -> Response:
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    response.headers["Content-Disposition"] = 'inline; filename="voice.png"'
    response.set_etag(mark)
    return response
