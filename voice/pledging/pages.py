"""Making a pledge. No cookie, no session, no draft: what was typed travels in the form."""

from __future__ import annotations

import uuid

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.wrappers import Response
from werkzeug.wrappers import Response as AnyResponse

from voice import keeping, plans, safeguarding, storage
from voice.keeping import receipts, slowing
from voice.pledging import avatars
from voice.pledging.actions import make_pledge
from voice.pledging.forms import BEGINNING, LONGEST, PledgeForm
from voice.web import cacheable, leave_nothing, open_to_all, same_origin
from voice.web.locale import language
from voice.web.senders import sender

blueprint = Blueprint("pledging", __name__)
Page = str | tuple[str, int]


@blueprint.get("/pledges/new")
@open_to_all
@cacheable(60)
def new() -> Page:
    """The same for everyone."""
    return _new(_form()) if safeguarding.may_write() else _closed()


@blueprint.post("/pledges/check")
@open_to_all
def check() -> Page:
    same_origin()
    form = _form()
    if not (safeguarding.may_write() or safeguarding.takes_what_was_begun(None, safeguarding.WALK_GOES_ON)):
        return _closed()
    if request.form.get("go") in ("show", "change"):
        return _new(form)
    if not form.validate():
        return _new(form), 400
    # The pledge's own mark is made here, on a page that is never cached, and goes along from now on.
    return render_template("pledging/check.html", form=form, key=_key() or str(uuid.uuid4()), avatars=avatars)


@blueprint.post("/pledges/sent")
@open_to_all
def sent() -> Page:
    same_origin()
    form, key = _form(), _key()
    if not (safeguarding.may_write() or safeguarding.takes_what_was_begun(None, safeguarding.WALK_GOES_ON)):
        return _closed()
    shown_before = _sent_before()
    if shown_before:
        return _thank_you(shown_before, form)
    if key is None or not form.validate():
        return _new(form), 400
    try:
        kept = make_pledge(key, form.pledge.data, form.avatar, priority=form.priority.data, language=language().code)
    except keeping.AlreadyTakenBack:
        return render_template("pledging/taken_back.html")
    except keeping.DifferentWords:
        return render_template("pledging/different.html", form=form, avatars=avatars), 409
    if kept.is_new:
        keeping.arrive(kept.submission_id, sender())
    page = _thank_you(kept, form)  # made before the commit: were it to break, nothing was kept
    storage.commit()
    return page


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


def _priorities() -> list[plans.PriorityFacts]:
    plan = plans.current_plan()
    return plans.priorities(plan.id) if plan else []


def _form() -> PledgeForm:
    return PledgeForm(request.form).offer([(each.code, each.child_title) for each in _priorities()])


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
    sent = keeping.find(words)
    if sent is None or sent.activity_id is not None:
        slowing.looked_in_vain()
        return None
    return keeping.Kept(submission_id=sent.id, view_ids=(), words=words, is_new=False)


def _new(form: PledgeForm) -> str:
    return render_template("pledging/new.html", form=form, avatars=avatars, beginning=BEGINNING, longest=LONGEST, key=_key())


def _closed() -> str:
    return render_template("pledging/closed.html")


def _thank_you(kept: keeping.Kept, form: PledgeForm) -> str:
    """Made from what is kept alone, so that the same pledge again gives the same bytes, and a concern changes none of them."""
    known = keeping.sent(kept.submission_id)
    day = known.received_on if known else storage.today()
    return render_template("pledging/thank_you.html", words=kept.words, picture=receipts.picture, received_on=day, person=avatars.draw(form.drawn))
