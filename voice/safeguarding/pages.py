"""The safeguarding lead’s pages: what waits, one concern whole, what was done, its outcome, and the practice alert."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import audit, identity, storage
from voice.identity.slowing import slow_down
from voice.post import NotSent
from voice.safeguarding import about, actions, chasing, drills, queries, rota, watching
from voice.safeguarding.contacts import asked_by
from voice.safeguarding.forms import AboutForm, ActForm, CodeForm, OutcomeForm
from voice.safeguarding.queries import Concern, name_of
from voice.safeguarding.rota import LEADS
from voice.safeguarding.rota_rules import local
from voice.safeguarding.whole import whole
from voice.safeguarding.words import ACT_WORDS, ASKED, AWAITED_WORDS, GAP_WORDS, OUTCOME_WORDS, PARTS, clock_words, kind_words, waited
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
    return _read(found)


@blueprint.post("/<uuid:concern_id>/done")
@needs(*LEADS)
def done(concern_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _found(concern_id), ActForm()
    if found.opened_at is None:  # its words are not shown before it is opened, not even beside a mistake in a form
        return redirect(url_for("safeguarding.queue"), 303)
    if not form.validate_on_submit():
        return _read(found, act=form), 400
    actions.act(found.id, identity.me().id, form.what.data, (form.reference.data or "").strip(), form.on_day.data or rota.day_of(storage.now()))
    storage.commit()
    return redirect(url_for("safeguarding.read", concern_id=concern_id), 303)


@blueprint.post("/<uuid:concern_id>/about")
@needs(*LEADS)
def say_about(concern_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _found(concern_id), AboutForm()
    if found.opened_at is None:  # its words are not shown before it is opened, not even beside a mistake in a form
        return redirect(url_for("safeguarding.queue"), 303)
    if not form.validate_on_submit():
        return _read(found, whom=form), 400
    actions.say_about(found.id, identity.me().id, form.whom.data)
    storage.commit()
    if queries.concern(concern_id, identity.me().id) is None:  # it is about themselves
        return redirect(url_for("safeguarding.queue"), 303)
    return redirect(url_for("safeguarding.read", concern_id=concern_id), 303)


@blueprint.post("/<uuid:concern_id>/close")
@needs(*LEADS)
def close(concern_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _found(concern_id), OutcomeForm()
    if found.closed_at is not None or found.opened_at is None:
        return redirect(url_for("safeguarding.queue"), 303)
    if not form.validate_on_submit():
        return _read(found, outcome=form), 400
    try:
        actions.close(found.id, identity.me().id, form.outcome.data, form.reason.data.strip(), _second(found, form))
    except actions.NeedsSecondPerson:
        form.second_email.errors = [_("This needs another lead or deputy. They type their own e-mail address, passphrase and code.")]
        return _read(found, outcome=form), 400
    except actions.NotHandedOver:
        form.outcome.errors = [_("First write down the number it has in the case system, as what was done.")]
        return _read(found, outcome=form), 400
    storage.commit()
    return redirect(url_for("safeguarding.queue"), 303)


@blueprint.post("/practice")
@needs(*LEADS)
def practise() -> Response:
    actions.begin_practice(identity.me().id)
    storage.commit()
    return redirect(url_for("safeguarding.queue"), 303)


@blueprint.post("/practice/<uuid:practice_id>")
@needs(*LEADS)
def open_practice(practice_id: uuid.UUID) -> Response:
    if not queries.is_practice(practice_id):
        abort(404)
    actions.open_practice(practice_id, identity.me().id)
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
@blueprint.get("/<uuid:concern_id>/done")
@blueprint.get("/<uuid:concern_id>/about")
@blueprint.get("/practice")
@blueprint.get("/practice/<uuid:practice_id>")
@needs(*LEADS)
def back(concern_id: uuid.UUID | None = None, practice_id: uuid.UUID | None = None) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("safeguarding.queue"), 303)


def _found(concern_id: uuid.UUID) -> Concern:
    """The concern; to whom it is about, it is not there."""
    return queries.concern(concern_id, identity.me().id) or abort(404)


def time_of(moment: datetime) -> str:
    """The local time of day."""
    return local(moment).strftime("%H:%M")


def _queue(wrong: str = "") -> str:
    me, moment = identity.me().id, storage.now()
    return render_template(
        "safeguarding/queue.html",
        open_ones=queries.concerns(by=me),
        closed_ones=queries.concerns(closed=True, by=me, most=20),
        waiting=queries.waiting(me),
        awaited=chasing.awaited(me),
        practices=queries.practices(),
        ready=queries.readiness(),
        duty=rota.duty(moment),
        times=queries.times(me, moment),
        stopped=watching.stopped(moment),
        moment=moment,
        wrong=wrong,
        **_words(),
    )


def _words() -> dict[str, object]:
    return {
        "kind_words": kind_words,
        "outcomes": OUTCOME_WORDS,
        "awaited_words": AWAITED_WORDS,
        "gap_words": GAP_WORDS,
        "parts_of_watch": PARTS,
        "clock_words": clock_words,
        "waited": waited,
        "time_of": time_of,
        "day_of": rota.day_of,
    }


def _read(found: Concern, *, outcome: OutcomeForm | None = None, act: ActForm | None = None, whom: AboutForm | None = None) -> str:
    """The reading is recorded, and that record committed, before a word is shown. A form that was not sent is empty."""
    audit.read_raw(identity.me().id, "read concern", "concern", [found.id])
    return render_template(
        "safeguarding/concern.html",
        found=found,
        told=whole(found, language().code),
        form=outcome or OutcomeForm(formdata=None),
        act_form=act or ActForm(formdata=None),
        about_form=whom or AboutForm(formdata=None),
        done=queries.acts_of(found.id),
        alerts=queries.alerts_of(found.id),
        about=about.names_of_about(found.id),
        awaited=[each for each in chasing.awaited(identity.me().id) if each.concern_id == found.id],
        lado=rota.contact("lado"),
        mash=rota.contact("mash"),
        raised_by=name_of(found.raised_by),
        kinds=kind_words(tuple(each for each in found.kinds if each not in ASKED)),
        asked=asked_by(found, identity.me().id),
        act_words=ACT_WORDS,
        moment=storage.now(),
        **_words(),
    )


def _second(found: Concern, form: OutcomeForm) -> uuid.UUID | None:
    """The second person, where one is needed and showed both their factors here; they must be able to do this work, and it is not about them."""
    if form.outcome.data != "no_further_action" or not found.is_immediate or not form.second_email.data:
        return None
    person = identity.check_second_person(form.second_email.data, form.second_passphrase.data or "", form.second_code.data or "")
    may = person is not None and person.roles & set(LEADS) and queries.concern(found.id, person.id) is not None
    return person.id if person and may else None
