"""The safeguarding lead’s pages: what waits, one concern whole, its outcome, and the practice alert."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import audit, identity, storage
from voice.identity.slowing import slow_down
from voice.post import NotSent
from voice.safeguarding import actions, drills, queries
from voice.safeguarding.contacts import asked_by
from voice.safeguarding.forms import CodeForm, OutcomeForm
from voice.safeguarding.queries import LEADS, Concern
from voice.safeguarding.whole import whole
from voice.safeguarding.words import ASKED, OUTCOME_WORDS, kind_words
from voice.web import needs
from voice.web.locale import language

blueprint = Blueprint("safeguarding", __name__, url_prefix="/safeguarding")


@blueprint.get("")
@needs(*LEADS)
def queue() -> str:
    return _queue()


@blueprint.post("/<uuid:concern_id>/open")
@needs(*LEADS)
def open_it(concern_id: uuid.UUID) -> Response:
    actions.open_concern(_found(concern_id).id, identity.me().id)
    storage.commit()
    return redirect(url_for("safeguarding.read", concern_id=concern_id), 303)


@blueprint.get("/<uuid:concern_id>")
@needs(*LEADS)
def read(concern_id: uuid.UUID) -> str | Response:
    found = _found(concern_id)
    if found.opened_at is None:  # opening is an act of its own: a look from the list by accident must not stop the clock
        return redirect(url_for("safeguarding.queue"), 303)
    return _read(found, OutcomeForm())


@blueprint.post("/<uuid:concern_id>/close")
@needs(*LEADS)
def close(concern_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _found(concern_id), OutcomeForm()
    if found.closed_at is not None or found.opened_at is None:
        return redirect(url_for("safeguarding.queue"), 303)
    if not form.validate_on_submit():
        return _read(found, form), 400
    try:
        actions.close(found.id, identity.me().id, form.outcome.data, form.reason.data.strip(), _second(found, form))
    except actions.NeedsSecondPerson:
        form.second_email.errors = [_("This needs another lead or deputy. They type their own e-mail address and passphrase.")]
        return _read(found, form), 400
    storage.commit()
    return redirect(url_for("safeguarding.queue"), 303)


@blueprint.post("/drill")
@needs(*LEADS)
def drill() -> str | tuple[str, int]:
    storage.commit()  # a post server may be slow, and nobody who sends their words must wait for it
    try:
        token = drills.begin(identity.me())
    except NotSent:
        return _queue(_("The letter could not be sent. Ask the person who runs Voice to look at the post settings.")), 503
    return render_template("safeguarding/drill.html", form=CodeForm(formdata=None, token=token), address=identity.me().email)


@blueprint.post("/drill/passed")
@needs(*LEADS)
def drill_passed() -> Response | tuple[str, int]:
    me, form = identity.me(), CodeForm()
    slow_down(f"drill {me.id}")
    if form.validate_on_submit() and drills.fits(form.token.data or "", me, form.code.data):
        actions.pass_drill(me.id)
        storage.commit()
        return redirect(url_for("safeguarding.queue"), 303)
    form.code.errors = form.code.errors or [_("That is not the code, or 15 minutes have passed. Look again, or start a new practice.")]
    return render_template("safeguarding/drill.html", form=form, address=me.email), 400


@blueprint.get("/drill")
@blueprint.get("/drill/passed")
@blueprint.get("/<uuid:concern_id>/open")
@blueprint.get("/<uuid:concern_id>/close")
@needs(*LEADS)
def back(concern_id: uuid.UUID | None = None) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("safeguarding.queue"), 303)


def _found(concern_id: uuid.UUID) -> Concern:
    return queries.concern(concern_id) or abort(404)


def _queue(wrong: str = "") -> str:
    return render_template(
        "safeguarding/queue.html",
        open_ones=queries.concerns(),
        closed_ones=queries.concerns(closed=True),
        waiting=queries.waiting(),
        ready=queries.readiness(),
        late=queries.alerts_are_late(),
        kind_words=kind_words,
        outcomes=OUTCOME_WORDS,
        wrong=wrong,
    )


def _read(found: Concern, form: OutcomeForm) -> str:
    """The reading is recorded, and that record committed, before a word is shown."""
    audit.read_raw(identity.me().id, "read concern", "concern", [found.id])
    told = whole(found, language().code)
    kinds, asked = kind_words(tuple(each for each in found.kinds if each not in ASKED)), asked_by(found, identity.me().id)
    return render_template("safeguarding/concern.html", found=found, told=told, form=form, kinds=kinds, asked=asked, outcomes=OUTCOME_WORDS)


def _second(found: Concern, form: OutcomeForm) -> uuid.UUID | None:
    """The second person, where one is needed and typed their own passphrase here; they must be able to do this work."""
    if form.outcome.data != "no_further_action" or not found.is_immediate or not form.second_email.data:
        return None
    slow_down(form.second_email.data)
    member = identity.check_passphrase(form.second_email.data, form.second_passphrase.data or "")
    person = identity.person(member.id) if member else None
    return person.id if person and person.roles & set(LEADS) else None
