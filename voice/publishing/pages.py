"""The pages everyone can open."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import answering, counting, delivering, plans
from voice.publishing.queries import Wish, cards, choices, moved_to, published, shelves, story
from voice.publishing.thread import thread_of
from voice.web import cacheable, goes_on, open_to_all, slot
from voice.web.paging import leaf

blueprint = Blueprint("publishing", __name__)
FRESH = 60  # seconds
A_PAGE = 12
ON_HOME = 4
ON_THE_LIST = 3  # of what still waits; the rest is on a page of its own


@blueprint.get("/")
@open_to_all
@cacheable(FRESH)
def home() -> str:
    plan = plans.current_plan()
    if plan is None:
        return render_template("publishing/home.html", cards=[], shelves=[])
    return render_template("publishing/home.html", cards=cards(plan, published(plan)[:ON_HOME]), shelves=shelves(plan))


@blueprint.get("/you-said-we-did")
@open_to_all
@cacheable(FRESH, by=("priority", "place", "state", "year", "page"))
def you_said() -> str:
    plan = plans.current_plan()
    if plan is None:
        return render_template("publishing/no_plan.html")
    wish = _wish()
    found = published(plan, wish)
    page = leaf(found, request.args.get("page", 1, int), A_PAGE)
    return render_template(
        "publishing/you_said.html",
        page=page,
        amount=len(found),
        cards=cards(plan, page.items),
        wish=wish,
        choices=choices(plan, published(plan)),
        waiting=answering.still_waiting(plan.id).themes[:ON_THE_LIST],
    )


@blueprint.get("/you-said-we-did/<slug>")
@open_to_all
@cacheable(FRESH)
def theme(slug: str) -> str | Response:
    found = story(slug)
    if found is None:
        return _where_it_went(slug)
    doings = delivering.actions_for([found.answer.id]).get(found.answer.id, []) if found.in_current_plan else []
    return render_template("publishing/theme.html", doings=doings, doing_address=delivering.address_of, story=found)


@blueprint.get("/plan")
@open_to_all
@cacheable(FRESH)
def plan() -> str:
    current = plans.current_plan()
    if current is None:
        return render_template("publishing/no_plan.html")
    return render_template(
        "publishing/plan.html",
        plan=current,
        shelves=shelves(current),
        document=plans.document_of(current.id),
        places=plans.places(current.id),
        measures=[delivering.shown(each) for each in delivering.measure_stories(current.id, None)],
        actions=delivering.progress(current.id, None),
    )


@blueprint.get("/plan/<code>")
@open_to_all
@cacheable(FRESH)
def priority(code: str) -> str:
    current = plans.current_plan()
    found = plans.priority(current.id, code) if current else None
    if current is None or found is None:
        abort(404)
    measured, actions = delivering.measure_stories(current.id, found.id), delivering.progress(current.id, found.id)
    answered = published(current, Wish(priority=found.code))
    return render_template(
        "publishing/priority.html",
        plan=current,
        priority=found,
        measures=[delivering.shown(each) for each in measured],
        readings=counting.readings([each.facts.id for each in measured]),
        actions=actions,
        cards=cards(current, answered),
        sections=slot("priority_sections").fill(found),
        thread=thread_of(found, answered, actions, measured),
    )


@blueprint.get("/help-now")
@open_to_all
@goes_on
@cacheable(FRESH)
def help_now() -> str:
    return render_template("publishing/help_now.html")


@blueprint.get("/privacy")
@open_to_all
@cacheable(FRESH)
def privacy() -> str:
    return render_template("publishing/privacy.html")


@blueprint.get("/accessibility")
@open_to_all
@cacheable(FRESH)
def accessibility() -> str:
    return render_template("publishing/accessibility.html")


def _where_it_went(slug: str) -> Response:
    """A theme that went into another leads to that one’s page, where that is public."""
    address = moved_to(slug)
    if address is None:
        abort(404)
    return redirect(url_for("publishing.theme", slug=address), 301)


def _wish() -> Wish:
    """What the filters ask for; rubbish asks for nothing."""
    picked = {name: request.args.get(name) or None for name in ("priority", "place", "state")}
    return Wish(year=request.args.get("year", None, int), **picked)
