"""Making a pledge. No cookie, no session, no draft: what was typed travels in the form, and the picture comes last."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from voice import imaging, keeping, plans, safeguarding, storage
from voice.keeping import receipts, slowing
from voice.pledging import avatars, wording
from voice.pledging.forms import BEGINNING, LONGEST, STEPS, PledgeForm
from voice.pledging.grown_ups import words_beside
from voice.pledging.models import KINDS
from voice.pledging.taking import may_come, take_in
from voice.web import cacheable, leave_nothing, open_to_all, same_origin, takes_files
from voice.web.picture_words import REFUSED

blueprint = Blueprint("pledging", __name__)
Page = str | tuple[str, int]
WITH_A_PICTURE = imaging.LARGEST + 64 * 1024
"""Bytes in a request that brings a picture and all that was typed."""


@blueprint.get("/pledges/new")
@open_to_all
@cacheable(60)
def new() -> Page:
    """The same for everyone."""
    return drawn("new", form_of()) if safeguarding.may_write() else closed()


@blueprint.post("/pledges/check")
@open_to_all
@takes_files(WITH_A_PICTURE)
def check() -> Page:
    """Each press on the way: what was filled in is checked, and the next page comes, or the one that was asked for."""
    same_origin()
    form, at, go = form_of(), request.form.get("at", ""), request.form.get("go", "next")
    if not may_come(safeguarding.WALK_GOES_ON):
        return closed()
    at = at if at in STEPS else "new"
    if request.form.get("instead") in KINDS:  # where a drawing cannot be made on this screen
        form.kind.data, go = request.form["instead"], "stay"
    if go != "next":
        return drawn(go if go in STEPS else at, form)
    wrong = form.first_wrong(before=at)
    if wrong:
        return drawn(wrong, form), 400
    return drawn(STEPS[min(STEPS.index(at) + 1, len(STEPS) - 1)], form)


@blueprint.post("/pledges/sent")
@open_to_all
@takes_files(WITH_A_PICTURE)
def sent() -> Page:
    same_origin()
    form, key = form_of(), _key()
    if not may_come(safeguarding.WALK_GOES_ON):
        return closed()
    shown_before = _sent_before()
    if shown_before:
        return _thank_you(shown_before, form)
    wrong = form.first_wrong(before="last") or ("check" if key is None else None)
    if wrong or key is None:
        return drawn(wrong or "check", form), 400
    return _take(form, key)


@blueprint.get("/pledges/check")
@blueprint.get("/pledges/sent")
@open_to_all
def again() -> AnyResponse:
    """Someone reloads or types an address on the way: there is nothing to show, so they begin again."""
    return redirect(url_for("pledging.new"), 303)


@blueprint.get("/pledges/finish")
@open_to_all
def finish() -> Response:
    """The end of a visit on a phone that others use too."""
    return leave_nothing(make_response(redirect(url_for("pledging.wall"), 303)))


def form_of(values: Any = None) -> PledgeForm:
    """The form as it was sent, with what may be picked today."""
    plan = plans.current_plan()
    priorities = [(each.code, each.child_title) for each in plans.priorities(plan.id)] if plan else []
    places = [(each.code, each.name) for each in plans.places(plan.id)] if plan else []
    return PledgeForm(request.form if values is None else values).offer(priorities, places)


def drawn(step: str, form: PledgeForm, wrong: str = "", **more: Any) -> str:
    """One page of the way. The pledge’s own mark is made on pages that are never cached, and goes along from then on."""
    key = _key() or (str(uuid.uuid4()) if step in ("check", "last") and not more else None)
    return render_template(
        f"pledging/{step}.html",
        step=step,
        form=form,
        key=key,
        wrong=wrong,
        avatars=avatars,
        wording=wording,
        beginning=BEGINNING,
        longest=LONGEST,
        **more,
    )


def closed() -> str:
    return render_template("pledging/closed.html")


def _take(form: PledgeForm, key: str) -> Page:
    try:
        kept = take_in(form, key, _picture())
    except imaging.Refused as refused:
        return drawn("last", form, str(REFUSED[refused.reason])), 422
    except keeping.AlreadyTakenBack:
        return render_template("pledging/taken_back.html")
    except keeping.DifferentWords:
        return render_template("pledging/different.html", form=form), 409
    page = _thank_you(kept, form)  # made before the commit: were it to break, nothing was kept
    storage.commit()
    return page


def _picture() -> bytes:
    """Of the two ways to give one, that which was used."""
    return next((data for each in request.files.getlist("picture") if (data := each.read())), b"")


def _key() -> str | None:
    try:
        return str(uuid.UUID(request.form.get("key", "")))
    except ValueError:
        return None


def _sent_before() -> keeping.Kept | None:
    """A pledge that was sent and is shown once more, in another language: asked for by its receipt words, not by what it says."""
    if request.form.get("go") != "again":
        return None
    words = tuple(request.form.getlist("word"))
    slowing.before_looking()
    found = keeping.find(words)
    if found is None or found.activity_id is not None:
        slowing.looked_in_vain()
        return None
    return keeping.Kept(submission_id=found.id, view_ids=(), words=words, is_new=False)


def _thank_you(kept: keeping.Kept, form: PledgeForm) -> str:
    """Made from what is kept alone, so that the same pledge again gives the same bytes, and a concern changes none of them."""
    known = keeping.sent(kept.submission_id)
    return render_template(
        "pledging/thank_you.html",
        words=kept.words,
        grown_up=words_beside(kept.submission_id, kept.words) or (),
        picture=receipts.picture,
        week_of=storage.week_of(known.received_on if known else storage.today()),
        person=avatars.draw(form.drawn) if form.kind.data == "avatar" else None,
    )
