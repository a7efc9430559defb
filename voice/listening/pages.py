"""The pages on which a young person answers. No cookie, no session, no draft: every page carries what was answered so far."""

from __future__ import annotations

import secrets
from dataclasses import replace

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import storage
from voice.keeping import AlreadyTakenBack, DifferentWords
from voice.listening import forms, screens
from voice.listening.actions import NothingSaid, take_in
from voice.listening.queries import Asked, asked, asked_lately, open_lately
from voice.listening.walking import Place, Posted, Visit, answered, walk
from voice.web import cacheable, leave_nothing, open_to_all, same_origin
from voice.web.locale import language

bp = Blueprint("listening", __name__)
ALL_ALIKE = 60  # seconds a first page may be kept before it is asked for again


@bp.get("/take-part")
@open_to_all
@cacheable(ALL_ALIKE)
def take_part() -> str:
    return render_template("listening/take_part.html", activities=open_lately(language().code))


@bp.get("/take-part/<slug>")
@open_to_all
@cacheable(ALL_ALIKE)
def start(slug: str) -> str:
    """The first page of an activity: the same for everyone who follows the same link. `?w=younger` begins in that age's words."""
    found = _found(asked_lately(slug))
    if found.closed:
        return screens.closed(found)
    visit = _offered(found, forms.visit_in(request.args))
    return screens.start(found.for_age(visit.wording), screens.own(slug), Place(where="start", raw={}, answers={}, visit=visit))


@bp.post("/take-part/<slug>/answers")
@open_to_all
def answers(slug: str) -> str:
    """The whole walk happens at this one address, so that a phone's history tells nothing."""
    same_origin()
    found = _found(asked_lately(slug))
    if found.closed:
        return screens.closed(found)
    posted = _posted(found)
    found = found.for_age(posted.visit.wording)
    return screens.here(found, screens.own(slug), walk(found.instrument, posted), forms.key_in(request.form))


@bp.post("/take-part/<slug>/sent")
@open_to_all
def sent(slug: str) -> str | tuple[str, int]:
    same_origin()
    found = _found(asked(slug))
    if found.closed:
        return screens.closed(found)
    posted, to = _posted(found), screens.own(slug)
    found = found.for_age(posted.visit.wording)
    place = answered(found.instrument, posted)
    key = forms.key_in(request.form)
    if place.where != "check" or key is None:
        return screens.here(found, to, place, key)
    try:
        kept = take_in(found, place.answers, key, language=language().code, wording=place.visit.wording, way_in=place.visit.way or "web")
    except NothingSaid:
        return screens.here(found, to, place, key)
    except AlreadyTakenBack:
        return screens.taken_back(found, to)
    except DifferentWords:
        return screens.different(found, to, place), 409
    page = screens.thank_you(found, to, kept, place)  # made before the commit: were it to break, “we could not save it” would be true
    storage.commit()
    return page


@bp.get("/take-part/<slug>/answers")
@bp.get("/take-part/<slug>/sent")
@open_to_all
def again(slug: str) -> Response:
    """Someone reloads or types an address of the walk: there is nothing to show, so they begin again."""
    return redirect(url_for("listening.start", slug=slug), 303)


@bp.get("/take-part/<slug>/finish")
@open_to_all
def finish(slug: str) -> Response:
    """The end of a visit on a phone that others use too."""
    return leave_nothing(make_response(redirect(url_for("listening.take_part"), 303)))


def _found(found: Asked | None) -> Asked:
    return found or abort(404)


def _posted(found: Asked) -> Posted:
    """The page that came in; from the first question on it has an order of choices of its own."""
    posted = forms.posted(request.form)
    visit = _offered(found, posted.visit)
    return replace(posted, visit=replace(visit, seed=visit.seed or secrets.token_hex(4)))


def _offered(found: Asked, visit: Visit) -> Visit:
    """An age we have no words for is no age."""
    return visit if visit.wording in found.wordings else replace(visit, wording=None)
