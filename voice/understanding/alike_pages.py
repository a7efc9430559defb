"""What came many times much alike: read once, decided for all; and very many, which a person judges first.

A group is shown a page at a time. Clearing or withholding decides for what the page shows. Judging decides for the whole group, so all of it
can be turned through first, marks are kept from page to page, and the record says how many of how many were on the pages turned to.
"""

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
from voice.web.paging import Leaf, leaf

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
    """Say whether a group that was set aside is real; or turn to another page of it, which decides nothing."""
    form = AlikeForm()
    if request.form.get("turn"):
        return _page(alike_id, form), 200
    if not form.fits("real", "left-out"):
        return _page(alike_id, form), 400
    real, me = form.what.data == "real", identity.me().id
    seen = None if real else _seen(reading.group_views(alike_id, me))
    judged = reading.judge(alike_id, me, real=real, reason=form.because.data or None, besides=[] if real else ids_of("keep"), seen=seen)
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
    page, marked = leaf(ids, _number("turn") or _number("page"), PAGE), ids_of("keep")
    return render_template(
        "understanding/alike.html",
        group_id=group_id,
        cards=desk.raw_cards(reading.waiting_again(page.items, me), me),
        page=page,
        turned_to=sorted(_turned_to(page)),
        seen=_on_pages(ids, _turned_to(page)),
        marked=set(marked),
        marked_elsewhere=[each for each in marked if each not in page.items],
        many=len(ids),
        aside=reading.is_set_aside(group_id),
        judged=_left_out(group_id),
        reasons=reading.reason_words(),
        form=form,
        done=DONE.get(request.args.get("done", "")),
    )


def _number(name: str) -> int:
    """A page’s number that a form sent; 0 where it sent none."""
    return request.form.get(name, 0, int)


def _turned_to(page: Leaf[uuid.UUID]) -> set[int]:
    """Numbers of the pages they have had before them, this one too."""
    return {each for each in request.form.getlist("seen", int) if 1 <= each <= page.last} | {page.number}


def _seen(ids: list[uuid.UUID]) -> tuple[int, int]:
    """How many of a group were on the pages they turned to, and how many there are."""
    return _on_pages(ids, _turned_to(leaf(ids, _number("page"), PAGE))), len(ids)


def _on_pages(ids: list[uuid.UUID], numbers: set[int]) -> int:
    return sum(len(leaf(ids, each, PAGE).items) for each in numbers)


def _left_out(group_id: uuid.UUID) -> reading.AsideGroup | None:
    return next((each for each in reading.set_aside_groups(group_id) if each.judged), None)


def _busy_lines() -> list[BusyLine]:
    plan = plans.current_plan()
    titles = {each.id: each.title for each in asking.activities(plan.id)} if plan else {}
    found = reading.busy_days(list(titles))
    return [BusyLine(titles[each.activity_id], desk.WAYS_IN.get(each.way_in, each.way_in), each) for each in found if each.activity_id in titles]
