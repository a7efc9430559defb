"""The officers’ page of what is asked: what is open, what is to come, how people come in."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from voice import asking, audit, identity, plans, storage
from voice.asking import ActivityFacts, Instrument
from voice.config import settings
from voice.inviting import choosing, queries, wording
from voice.inviting.choosing import Shipped
from voice.inviting.new_forms import ActivityForm, ClosingForm, DpiaForm
from voice.web import needs, paper, slot
from voice.web.locale import LANGUAGES, offered

bp = Blueprint("inviting", __name__, url_prefix="/work/asking")
DEFAULT_DAYS = timedelta(days=28)
DONE = {
    "made": _l("It is made. Look at how people come in."),
    "dpia": _l("The impact assessment is named."),
    "closing": _l("The closing day is changed."),
    "invited": _l("The group is made. Now print its slips."),
    "ended": _l("The slips that were handed out let nobody in any more."),
    "named": _l("Who may see it is changed."),
}


@bp.get("")
@needs("officer")
def desk() -> str:
    """Everything that is asked for the current plan."""
    plan = plans.current_plan()
    found = asking.activities(plan.id) if plan else []
    return render_template("inviting/desk.html", shelves=wording.shelves(found), plan=plan, ways=wording.ways_words)


@bp.get("/new")
@needs("officer")
def choose() -> str:
    """Which questions to ask."""
    return render_template("inviting/choose.html", instruments=choosing.shipped())


@bp.get("/new/<name>")
@needs("officer")
def new(name: str) -> str:
    found, today = _instrument(name), storage.today()
    form = ActivityForm(
        formdata=None,
        title=found.title,
        opens_on=today,
        closes_on=today + DEFAULT_DAYS,
        reply_by=today + DEFAULT_DAYS + timedelta(days=settings().first_answer_days),
    )
    return _new_page(found, form)


@bp.post("/new/<name>")
@needs("officer")
def make(name: str) -> Response | tuple[str, int]:
    found, form, plan = _instrument(name), ActivityForm(), plans.current_plan()
    if plan is None:
        abort(409)
    if not form.validate() or not form.fits(found.kind):
        return _new_page(found, form), 400
    activity_id = asking.open_activity(
        plan_id=plan.id,
        kind=found.kind,
        instrument_version_id=asking.publish_instrument(name, asking.as_data(_for_plan(found, plan.id))),
        **form.what(),
    )
    audit.record(identity.me().id, "activity made", "activity", activity_id)
    storage.commit()
    return redirect(url_for("inviting.activity", slug=form.address(), done="made"), 303)


def _for_plan(found: Shipped, plan_id: uuid.UUID) -> Instrument:
    """The questions with the plan's own priorities where they ask about priorities."""
    return asking.for_priorities(found.instrument, {each.code: each.child_title for each in plans.priorities(plan_id)})


@bp.get("/new/<name>/questions")
@needs("officer")
def preview(name: str) -> str:
    """The questions as they will be asked, all on one page."""
    return render_template("inviting/preview.html", instrument=_instrument(name))


@bp.get("/<slug>")
@needs("officer")
def activity(slug: str) -> str:
    found = found_activity(slug)
    return _page(found, ClosingForm(formdata=None, closes_on=found.closes_on))


@bp.post("/<slug>/closing")
@needs("officer")
def closing(slug: str) -> Response | tuple[str, int]:
    found, form = found_activity(slug), ClosingForm()
    if not form.validate() or not form.comes_after(found.opens_on):
        return _page(found, form), 400
    asking.close_on(found.id, form.closes_on.data, identity.me().id)
    storage.commit()
    return redirect(url_for("inviting.activity", slug=slug, done="closing"), 303)


@bp.post("/<slug>/dpia")
@needs("officer")
def dpia(slug: str) -> Response | tuple[str, int]:
    found, form = found_activity(slug), DpiaForm()
    if not form.validate():
        return _page(found, ClosingForm(formdata=None, closes_on=found.closes_on), form), 400
    asking.name_dpia(found.id, form.dpia.data, identity.me().id)
    storage.commit()
    return redirect(url_for("inviting.activity", slug=slug, done="dpia"), 303)


@bp.get("/<slug>/closing")
@bp.get("/<slug>/dpia")
@needs("officer")
def again(slug: str) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("inviting.activity", slug=slug), 303)


def found_activity(slug: str) -> ActivityFacts:
    return asking.activity(slug) or abort(404)


def languages_of(found: ActivityFacts) -> list[SelectChoice]:
    """The languages of its questions in which we have pages too."""
    asked = found.document.get("languages", ["en"])
    return [SelectChoice(each.code, each.name) for each in offered() if each.code in asked and each is not LANGUAGES["qps"]]


def done() -> Any:
    """What was just done, in words."""
    return DONE.get(request.args.get("done", ""))


def _instrument(name: str) -> choosing.Shipped:
    return choosing.named(name) or abort(404)


def _new_page(found: choosing.Shipped, form: ActivityForm) -> str:
    return render_template("inviting/new.html", instrument=found, form=form, asks_hosts=found.kind == "feedback_box")


def _page(found: ActivityFacts, form: ClosingForm, dpia_form: DpiaForm | None = None) -> str:
    link, short = paper.address(f"/take-part/{found.address}"), paper.address(f"/q/{found.address}")
    return render_template(
        "inviting/activity.html",
        activity=found,
        state=wording.state(found),
        link=link,
        short=short,
        spoken=paper.spoken,
        qr=paper.qr(short),
        groups=queries.groups(found.id),
        kinds=wording.KIND_WORDS,
        ways=list(slot("ways_in").fill(found)),
        figures=list(slot("asking_figures").fill(found.id, identity.me().id)),
        languages=[(each.value, each.label, LANGUAGES[each.value].tag) for each in languages_of(found)],
        form=form,
        dpia=dpia_form or DpiaForm(formdata=None, dpia=found.dpia),
        can_print=paper.can_print(),
        done=done(),
    )
