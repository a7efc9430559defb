"""The pages on which a young person answers. No cookie, no session, no draft: every page carries what was answered so far."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import keeping, storage
from voice.contacting import Unfit
from voice.imaging import Refused
from voice.inviting import BadCode
from voice.keeping import AlreadyTakenBack, DifferentWords, Kept, Slowed, slowing
from voice.listening import forms, screens
from voice.listening.actions import NothingSaid, made_ready, take_in
from voice.listening.picturing import LARGEST, Picture, sent_picture
from voice.listening.queries import Asked, asked_lately, asked_to_send, open_lately
from voice.listening.walking import Place, Posted, Visit, answered, given_and_passed, said_nothing, walk
from voice.listening.ways import came_in, note_arrival, wait_your_turn
from voice.safeguarding import WALK_GOES_ON, takes_what_was_begun
from voice.web import cacheable, leave_nothing, open_to_all, same_origin, takes_files
from voice.web.locale import language

bp = Blueprint("listening", __name__)
Reply: TypeAlias = str | tuple[str, int]
ALL_ALIKE = 60  # seconds a first page may be kept before it is asked for again


@bp.get("/take-part")
@open_to_all
@cacheable(ALL_ALIKE)
def take_part() -> str:
    return render_template("listening/take_part.html", activities=open_lately(language().code))


@bp.get("/take-part/<slug>")
@open_to_all
@cacheable(ALL_ALIKE, by=("w", "way", "home"))
def start(slug: str) -> str:
    """The first page of an activity: the same for everyone who follows the same link. `?w=younger` begins in that age's words."""
    return beginning(known(asked_lately(slug)))


@bp.post("/take-part/<slug>/answers")
@open_to_all
def answers(slug: str) -> str:
    """The whole walk happens at this one address, so that a phone's history tells nothing."""
    same_origin()
    return walked(slug)


@bp.post("/take-part/<slug>/sent")
@open_to_all
@takes_files(LARGEST)
def sent(slug: str) -> Reply:
    same_origin()
    return taken(slug)


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


def beginning(found: Asked) -> str:
    """The first page, or why there is none today, whichever way someone came in."""
    if found.closed:
        return screens.closed(found)
    visit = _offered(found, forms.visit_in(request.values))
    return screens.start(found.for_age(visit.wording), Place(where="start", raw={}, answers={}, visit=visit))


def walked(slug: str) -> str:
    """The next page of the walk, whichever way someone came in. Whoever had begun when it closed for want of readers goes on for a day."""
    found = known(asked_lately(slug))
    if found.closed and not takes_what_was_begun(found.activity, WALK_GOES_ON):
        return screens.closed(found)
    posted = _posted(found)
    found = found.for_age(posted.visit.wording)
    return screens.here(found, walk(found.instrument, posted), forms.key_in(request.form))


def taken(slug: str, also: Callable[[Kept], None] = lambda kept: None) -> Reply:
    """Keep what was sent, and give the receipt. `also` belongs to the same transaction."""
    found, key = known(asked_to_send(slug)), forms.key_in(request.form)
    if found.closed and not takes_what_was_begun(found.activity, WALK_GOES_ON) and not (key and keeping.is_known(key)):
        return screens.closed(found)  # but for whoever lost our reply and asks again after the last day
    posted = _posted(found)
    found = found.for_age(posted.visit.wording)
    shown_before = _sent_before(found)
    if shown_before:
        return screens.thank_you(found, shown_before, Place(where="start", raw={}, answers={}, visit=posted.visit))
    place = answered(found.instrument, posted)
    if place.where != "check" or key is None:
        return screens.here(found, place, key)
    missing = _asked_first(found, posted, place, key)
    return missing if missing is not None else _keep(found, place, key, also)


def _asked_first(found: Asked, posted: Posted, place: Place, key: str) -> str | None:
    """The page that comes before all is sent: how to reach someone, then the picture; None where both were there."""
    if said_nothing(found.instrument, place) or posted.picturing:
        return None
    if posted.visit.door == "contact" and not posted.contacting:
        return screens.contact(found, place, key)
    if not screens.picture_to_come(found, place):
        return None
    try:
        forms.wish_in(place.visit)
    except Unfit as unfit:
        return screens.contact(found, place, key, unfit)
    return screens.picture(found, place, key)


def _keep(found: Asked, place: Place, key: str, also: Callable[[Kept], None]) -> Reply:
    """Keep it, or say kindly why not. A picture is made clean before anything is begun that others wait for."""
    try:
        wait_your_turn(request.form.get("code"))
        picture = sent_picture()
        if picture and (twice := given_and_passed(found.instrument, place)):
            return screens.picture(found, twice, key)
        kept = _take_in(found, place, key, picture)
    except Slowed:
        return screens.slowed(found, place, key), 429
    except Refused as refused:
        return screens.picture(found, place, key, refused.reason)
    except Unfit as unfit:
        return screens.contact(found, place, key, unfit)
    except NothingSaid:
        return screens.nothing(found, place)
    except BadCode as bad:
        slowing.looked_in_vain()
        return ask_for_code(bad.reason), 404
    except AlreadyTakenBack:
        return screens.taken_back(found)
    except DifferentWords:
        return screens.different(found, place), 409
    also(kept)
    page = screens.thank_you(found, kept, place)  # made before the commit: were it to break, “we could not save it” would be true
    storage.commit()
    return page


def _sent_before(found: Asked) -> Kept | None:
    """What was sent and is shown once more, in another language: the page asks for it by its receipt words, not by what was said."""
    if request.form.get("go") != "again":
        return None
    words = tuple(request.form.getlist("word"))
    slowing.before_looking()
    sent = keeping.find(words)
    if sent is None or sent.activity_id != found.activity.id:
        slowing.looked_in_vain()
        return None
    return Kept(submission_id=sent.id, view_ids=(), words=words, is_new=False)


def _take_in(found: Asked, place: Place, key: str, picture: Picture | None) -> Kept:
    wish = forms.wish_in(place.visit)  # before the code of a slip is spent
    if "code" in request.form:
        slowing.before_looking()
    ready = made_ready(found, place.answers, language=language().code, wording=place.visit.wording, wish=wish, picture=picture)
    came = came_in(found, key)  # from here on others wait
    kept = take_in(ready, came.key, way_in=came.way, group_id=came.group_id)
    note_arrival(kept, came)
    return kept


def ask_for_code(why: str | None = None) -> str:
    """Where a code is typed; `why` the last one let nobody in."""
    return render_template("listening/code.html", typed=request.form.get("code", "")[:40], why=forms.CODE_SENTENCES[why] if why else None)


def known(found: Asked | None) -> Asked:
    return found or abort(404)


def _posted(found: Asked) -> Posted:
    """The page that came in; from the first question on it has an order of choices of its own."""
    posted = forms.posted(request.form)
    visit = _offered(found, posted.visit)
    return replace(posted, visit=replace(visit, seed=visit.seed or secrets.token_hex(4)))


def _offered(found: Asked, visit: Visit) -> Visit:
    """An age we have no words for is no age; where there are words for one alone, nobody is asked."""
    only = found.wordings[0] if len(found.wordings) == 1 else None
    return visit if visit.wording in found.wordings else replace(visit, wording=only)
