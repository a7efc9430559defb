"""The pages on which a young person answers. No cookie, no session, no draft: every page carries what was answered so far."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import TypeAlias

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import keeping, storage
from voice.inviting import BadCode
from voice.keeping import AlreadyTakenBack, DifferentWords, Kept
from voice.listening import forms, showing
from voice.listening.actions import NothingSaid, take_in
from voice.listening.queries import Asked, asked, asked_lately, open_lately
from voice.listening.walking import Place, answered, said_nothing, walk
from voice.listening.ways import came_in
from voice.web import cacheable, leave_nothing, open_to_all, same_origin
from voice.web.locale import language

bp = Blueprint("listening", __name__)
Reply: TypeAlias = str | tuple[str, int]
ALL_ALIKE = 60  # seconds a first page may be kept before it is asked for again
SLOWLY = 0.4  # seconds a wrong guess waits: a person does not notice, a machine that tries millions does


@bp.get("/take-part")
@open_to_all
@cacheable(ALL_ALIKE)
def take_part() -> str:
    return render_template("listening/take_part.html", activities=open_lately(language().code))


@bp.get("/take-part/<slug>")
@open_to_all
@cacheable(ALL_ALIKE)
def start(slug: str) -> str:
    """The first page of an activity: the same for everyone."""
    found = known(asked_lately(slug))
    return closed(found) if found.closed else beginning(found)


@bp.post("/take-part/<slug>/answers")
@open_to_all
def answers(slug: str) -> str:
    """The whole walk happens at this one address, so that a phone's history tells nothing."""
    same_origin()
    return walked(slug)


@bp.post("/take-part/<slug>/sent")
@open_to_all
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


def _sent_before(found: Asked) -> Kept | None:
    """What was sent and is shown once more, in another language: the page asks for it by its receipt words, not by what was said."""
    if request.form.get("go") != "again":
        return None
    words = tuple(request.form.getlist("word"))
    sent = keeping.find(words)
    if sent is None or sent.activity_id != found.activity.id:
        time.sleep(SLOWLY)
        return None
    return Kept(submission_id=sent.id, view_ids=(), words=words, is_new=False)


def walked(slug: str) -> str:
    """The next page of the walk, whichever way someone came in."""
    found = known(asked_lately(slug))
    if found.closed:
        return closed(found)
    return here(found, walk(found.instrument, forms.posted(request.form)))


def taken(slug: str, also: Callable[[Kept], None] = lambda kept: None) -> Reply:
    """Keep what was sent, and give the receipt. `also` belongs to the same transaction."""
    found = known(asked(slug))
    if found.closed:
        return closed(found)
    shown_before = _sent_before(found)
    if shown_before:
        return _thank_you(found, shown_before)
    place = answered(found.instrument, forms.posted(request.form).raw)
    key = forms.key_in(request.form)
    if place.where != "check" or key is None:
        return here(found, place)
    try:
        came = came_in(found, key)
        kept = take_in(found, place.answers, came.key, language=language().code, way_in=came.way, group_id=came.group_id)
    except NothingSaid:
        return here(found, place)
    except BadCode as bad:
        return ask_for_code(bad.reason), 404
    except AlreadyTakenBack:
        return render_template("listening/taken_back.html", found=found)
    except DifferentWords:
        return render_template("listening/different.html", found=found, place=place), 409
    also(kept)
    page = _thank_you(found, kept)  # made before the commit: were it to break, “we could not save it” would be true
    storage.commit()
    return page


def ask_for_code(why: str | None = None) -> str:
    """Where a code is typed; `why` the last one let nobody in."""
    return render_template("listening/code.html", typed=request.form.get("code", "")[:40], why=forms.CODE_SENTENCES[why] if why else None)


def known(found: Asked | None) -> Asked:
    return found or abort(404)


def closed(found: Asked) -> str:
    return render_template("listening/closed.html", found=found)


def beginning(found: Asked, place: Place | None = None) -> str:
    return render_template("listening/start.html", found=found, carried=place.carried if place else [], key=forms.key_in(request.form))


def here(found: Asked, place: Place) -> str:
    """The page for where the walk is now."""
    if place.where == "start":
        return beginning(found, place)
    if place.question:
        question = showing.page(found.instrument, place, place.question, language().code)
        return render_template("listening/question.html", found=found, place=place, question=question, key=forms.key_in(request.form))
    if said_nothing(found.instrument, place):
        return render_template("listening/nothing.html", found=found, place=place)
    # The submission's own mark is made here, on a page that is never cached, and goes along from now on.
    key = forms.key_in(request.form) or str(uuid.uuid4())
    lines = list(showing.lines(found.instrument, place, language().code))
    return render_template("listening/check.html", found=found, place=place, lines=lines, key=key)


def _thank_you(found: Asked, kept: Kept) -> str:
    """Made from what is kept alone, so that the same submission again gives the same bytes, and a concern changes none of them."""
    known = keeping.sent(kept.submission_id)
    received_on = known.received_on if known else storage.today()
    return render_template("listening/thank_you.html", found=found, words=kept.words, picture=keeping.picture, received_on=received_on)
