"""“What will you do?”: what organisations pledge, the form to pledge with, and the page where they look after theirs."""

from __future__ import annotations

import uuid
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import audit, keeping, plans, storage
from voice.delivering.partnering import actions, queries
from voice.delivering.partnering.links import own_link, read_link
from voice.delivering.partnering.public_forms import PledgeForm, WordForm, WordsForm, code_of
from voice.web import cacheable, open_to_all, same_origin
from voice.web.caring import CaringForm
from voice.web.locale import language
from voice.web.senders import sender

blueprint = Blueprint("partnering", __name__, url_prefix="/what-will-you-do")
FRESH: Final = 60  # seconds


@blueprint.get("")
@open_to_all
@cacheable(FRESH)
def pledges() -> str:
    plan = plans.current_plan()
    found = queries.partner_pledges(plan.id) if plan else []
    priorities = [each for each in plans.priorities(plan.id) if any(one.priority_id == each.id for one in found)] if plan else []
    return render_template("delivering/public/pledges.html", plan=plan, pledges=found, priorities=priorities)


@blueprint.get("/pledge")
@open_to_all
@cacheable(FRESH, by=("for",))
def begin() -> str:
    """The form; `for` names the part of the plan somebody came from."""
    return _form(PledgeForm(formdata=None, priority=request.args.get("for", "")))


@blueprint.post("/pledge")
@open_to_all
def pledge() -> Response | tuple[str, int]:
    same_origin()
    form = PledgeForm()
    if not form.validate():
        return _form(form), 400
    mark = keeping.mark_of(sender()) if sender() else None
    try:
        pledge_id = actions.pledge(form.pledged(), form.email.data, language=language().code, came_from=mark)
    except actions.TooMany as refusal:
        if str(refusal) == "place":
            abort(429)
        form.email.errors = [_("Some of your pledges still wait for your yes. Look in your letters first.")]
        return _form(form), 400
    _keep_why(form, pledge_id)
    storage.commit()
    return redirect(url_for("partnering.sent"), 303)


@blueprint.get("/sent")
@open_to_all
@cacheable(FRESH)
def sent() -> str:
    return render_template("delivering/public/pledge_sent.html")


@blueprint.get("/yours/<text>")
@open_to_all
def yours(text: str) -> str:
    """For whoever has the letter. Opening it changes nothing: machines open links too."""
    return _yours(_own(text))


@blueprint.post("/yours/<text>")
@open_to_all
def act(text: str) -> Response | tuple[str, int]:
    """Say that it is theirs, put its words right, or say what became of it."""
    same_origin()
    found, what = _own(text), request.form.get("act", "")
    try:
        wrong = {"confirm": _confirm, "words": _rewrite, "say": _say}[what](found)
    except KeyError:
        abort(400)
    except actions.NotNow:
        wrong = None  # somebody was quicker: the page says where it is now
    if wrong is not None:
        return _yours(found, wrong), 400
    storage.commit()
    return redirect(url_for("partnering.yours", text=text), 303)


def _confirm(found: queries.Own) -> None:
    actions.confirm(found.id)


def _rewrite(found: queries.Own) -> CaringForm | None:
    form = WordsForm()
    if not form.validate():
        return form
    actions.rewrite(found.id, form.pledged())
    _keep_why(form, found.id)
    return None


def _say(found: queries.Own) -> CaringForm | None:
    form = WordForm()
    if not form.validate():
        return form
    actions.say(found.id, form.said())
    _keep_why(form, found.id)
    return None


def _keep_why(form: CaringForm, pledge_id: uuid.UUID) -> None:
    if why := form.kept_why():
        audit.record(None, "words kept", actions.ABOUT, pledge_id, why)


def _own(text: str) -> queries.Own:
    pledge_id = read_link(text)
    return (queries.own(pledge_id) if pledge_id else None) or abort(404)


def _form(form: PledgeForm) -> str:
    return render_template("delivering/public/pledge_form.html", form=form)


def _yours(found: queries.Own, wrong: CaringForm | None = None) -> str:
    typed = {name: getattr(found, name) for name in ("organisation", "role", "words", "due_on")}
    form = wrong or (
        WordsForm(formdata=None, data={**typed, "priority": code_of(found.priority_id)}) if found.stage == "back" else filled(found, WordForm)
    )
    return render_template("delivering/public/pledge_yours.html", own=found, form=form, text=own_link(found.id))


def filled(found: queries.Own, kind: type[WordForm]) -> WordForm:
    """The form for word of a pledge, with what they wrote last and no officer let out yet."""
    word = found.word
    return kind(formdata=None, data={"mark": word.mark, "why": word.why, "evidence": word.evidence} if word else {})
