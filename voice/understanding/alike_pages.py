"""What came many times much alike: read once, decided for all; and very many, which a person judges first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import asking, audit, identity, plans, reading, storage
from voice.understanding import desk
from voice.understanding.forms import AlikeForm
from voice.understanding.pages import blueprint, ids_of
from voice.web import needs

__all__ = ["blueprint"]

PAGE = 50
DONE = {
    "real": _l("They count, and wait to be read."),
    "left-out": _l("They are left out of every figure. You can change that here."),
    "all": _l("Decided for all but the marked."),
}


@dataclass(frozen=True)
class BusyLine:
    """A day on which far more came than usual, in words."""

    activity: str
    way_in: Any
    day: reading.BusyDay


@blueprint.get("/set-aside")
@needs("officer")
def set_aside() -> str:
    """Groups that wait to be judged, those that were left out, and days on which far more came than usual."""
    found = reading.set_aside_groups()
    return render_template(
        "understanding/set_aside.html",
        waiting=[each for each in found if not each.judged],
        left_out=[each for each in found if each.judged],
        busy=_busy_lines(),
        done=DONE.get(request.args.get("done", "")),
    )


@blueprint.get("/alike/<uuid:alike_id>")
@needs("officer")
def alike(alike_id: uuid.UUID) -> str:
    """One group: all of it to read, those that differ most at the head."""
    return _page(alike_id, AlikeForm(formdata=None))


@blueprint.post("/alike/<uuid:alike_id>/decide")
@needs("officer")
def decide_alike(alike_id: uuid.UUID) -> Response | tuple[str, int]:
    """Clear or withhold what was shown, but for the marked."""
    me, form = identity.me().id, AlikeForm()
    if reading.is_set_aside(alike_id) or _left_out(alike_id):
        abort(404)
    if not form.fits("clear", "withhold"):
        return _page(alike_id, form), 400
    marked = set(ids_of("keep"))
    taken = reading.take_up([each for each in ids_of("view") if each not in marked][:PAGE], me)
    if form.what.data == "withhold":
        for view_id in taken:
            reading.withhold(view_id, form.reason.data, me)
    else:
        reading.clear(taken, me)
    storage.commit()
    return redirect(url_for("desk.alike", alike_id=alike_id, done="all"), 303)


@blueprint.post("/alike/<uuid:alike_id>/judge")
@needs("officer")
def judge_alike(alike_id: uuid.UUID) -> Response | tuple[str, int]:
    """Say whether a group that was set aside is real."""
    form = AlikeForm()
    if not form.fits("real", "left-out"):
        return _page(alike_id, form), 400
    real = form.what.data == "real"
    judged = reading.judge(alike_id, identity.me().id, real=real, reason=form.because.data or None, besides=[] if real else ids_of("keep"))
    if not judged:
        abort(404)
    if form.kept_why():
        audit.record(identity.me().id, "words kept", "group of views", alike_id, form.kept_why())
    storage.commit()
    return redirect(url_for("desk.set_aside", done=form.what.data), 303)


def _page(group_id: uuid.UUID, form: AlikeForm) -> str:
    if not reading.is_group(group_id):
        abort(404)
    me = identity.me().id
    ids = reading.group_views(group_id, me)
    cards = desk.raw_cards(reading.waiting_again(ids[:PAGE], me), me)
    return render_template(
        "understanding/alike.html",
        group_id=group_id,
        cards=cards,
        many=len(ids),
        aside=reading.is_set_aside(group_id),
        judged=_left_out(group_id),
        reasons=reading.reason_words(),
        form=form,
        done=DONE.get(request.args.get("done", "")),
    )


def _left_out(group_id: uuid.UUID) -> reading.AsideGroup | None:
    return next((each for each in reading.set_aside_groups() if each.group_id == group_id and each.judged), None)


def _busy_lines() -> list[BusyLine]:
    plan = plans.current_plan()
    titles = {each.id: each.title for each in asking.activities(plan.id)} if plan else {}
    found = reading.busy_days(list(titles))
    return [BusyLine(titles[each.activity_id], desk.WAYS_IN.get(each.way_in, each.way_in), each) for each in found if each.activity_id in titles]
