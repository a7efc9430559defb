"""The wall, and each pledge’s own page with its card and certificate. A pledge that is not shown, for whatever reason, has none: the plain 404.

They may be kept but are asked for anew each time, so that what was taken back is gone at once. Search engines are asked to keep no page of one
pledge and no copy of the wall: they would show it long after it was taken back.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import Final

from flask import Response, abort, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from voice import plans
from voice.config import settings
from voice.pledging import cards, motifs, palette
from voice.pledging.pages import blueprint
from voice.pledging.wall_queries import WallPledge, kept_in_words, on_the_wall
from voice.pledging.wall_queries import wall as wall_page
from voice.web import cacheable, lettering, open_to_all, paper, share_cards
from voice.web.locale import language
from voice.web.turns import Turns

NOT_KEPT: Final = "none"
NO_COPY: Final = "noarchive, noimageindex"
MIDDLING, LONG = 60, 140  # letters
_drawing = Turns(at_once=2, patience=4)


@blueprint.get("/pledges")
@open_to_all
@cacheable(0, by=("priority", "place", "page"), anew=True)
def wall() -> AnyResponse:
    """Everyone’s wall, by priority and by place."""
    plan = plans.current_plan()
    priorities, places = (plans.priorities(plan.id), plans.places(plan.id)) if plan else ([], [])
    wish = {name: request.args.get(name, "") for name in ("priority", "place")}
    chosen = next((each for each in priorities if each.code == wish["priority"]), None)
    there = next((each for each in places if each.code == wish["place"]), None)
    page = wall_page(chosen.id if chosen else None, request.args.get("page", 1, int), there.code if there else None)
    drawn = {"page": page, "draw": motifs.of_pledge, "kept": kept_in_words(), "place_names": {each.code: each.name for each in places}}
    picked = {"chosen": chosen, "there": there, "titles": {each.code: each.child_title for each in priorities}}
    return _for_engines(render_template("pledging/wall.html", **drawn, **picked), NO_COPY)


@blueprint.get("/pledges/<uuid:pledge_id>")
@open_to_all
@cacheable(0, anew=True)
def pledge(pledge_id: uuid.UUID) -> AnyResponse:
    """One pledge, to look at and to share."""
    found = _found(pledge_id)
    path = request.path
    shared = {
        "address": paper.address(path, language().code),
        "card": paper.address(f"{path}/card.png", language().code) if lettering.can_letter() else None,
        "size": share_cards.SIZE,
    }
    drawing = motifs.of_pledge(found.id, found.avatar)
    values = {"shared": shared, "drawing": drawing, "place_name": _place_name(found), "prints": paper.can_print()}
    return _for_engines(render_template("pledging/wall_pledge.html", pledge=found, **values), NOT_KEPT)


@blueprint.get("/pledges/<uuid:pledge_id>/card.png")
@open_to_all
def card(pledge_id: uuid.UUID) -> AnyResponse:
    """The picture that goes along when the page is shared."""
    found = _found(pledge_id)
    drawn = cards.Card(
        words=found.words,
        drawing=motifs.of_pledge(found.id, found.avatar),
        above=_("A young person’s pledge"),
        below=settings().place,
        turned=language().direction == "rtl",
    )
    mark = hashlib.sha256(repr((cards.DRAWN_IN, drawn)).encode()).hexdigest()[:32]
    if request.if_none_match.contains(mark):  # it need not be drawn to be known as the same
        return _picture(Response(status=304), mark)
    if not lettering.can_letter():
        abort(404)
    with _drawing.take():
        return _picture(make_response(cards.as_png(drawn)), mark)


@blueprint.get("/pledges/<uuid:pledge_id>/certificate.pdf")
@open_to_all
def certificate(pledge_id: uuid.UUID) -> AnyResponse:
    """A sheet to print and to write one’s own name on, by hand: nobody types it here."""
    found = _found(pledge_id)
    if not paper.can_print():
        abort(404)
    drawing = palette.coloured(motifs.of_pledge(found.id, found.avatar))
    turned = lettering.ARABIC.search(found.words) is not None
    with _drawing.take():
        response = paper.pdf("pledging/wall_certificate.html", "pledge", words=found.words, drawing=drawing, size=_size(found.words), turned=turned)
    response.headers["X-Robots-Tag"] = NOT_KEPT
    return response


def _found(pledge_id: uuid.UUID) -> WallPledge:
    return on_the_wall(pledge_id) or abort(404)


def _size(words: str) -> str:
    """How big they can be set on paper: the class of paper.css."""
    return "long" if len(words) > LONG else "middling" if len(words) > MIDDLING else ""


def _place_name(found: WallPledge) -> str | None:
    plan = plans.current_plan() if found.place else None
    return next((each.name for each in plans.places(plan.id) if each.code == found.place), None) if plan else None


def _for_engines(page: str, robots: str) -> AnyResponse:
    response = make_response(page)
    response.headers["X-Robots-Tag"] = robots
    return response


def _picture(response: Response, mark: str) -> Response:
    response.headers["Content-Type"] = "image/png"
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.headers["X-Robots-Tag"] = NOT_KEPT
    response.headers["Content-Disposition"] = 'inline; filename="pledge.png"'
    response.set_etag(mark)
    return response
