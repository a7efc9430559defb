"""The publisher’s figures: draft, look, publish. And the officer’s: which question tells how a measure does."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import asking, identity, plans
from voice.counting import published, releases
from voice.counting.published import ReleaseFacts
from voice.counting.sources import asked_of, questions_of
from voice.counting.wording import RELEASE_FACTS
from voice.storage import commit
from voice.web import needs

blueprint = Blueprint("releasing", __name__, url_prefix="/work/releases")


@dataclass(frozen=True)
class Line:
    """An activity with what everyone sees of it now and the draft there is."""

    activity: asking.ActivityFacts
    out: ReleaseFacts | None
    draft: ReleaseFacts | None


@dataclass(frozen=True)
class Why:
    """Groups whose figures are not new, and why: `few` (not shown) or `same` (nine people at most came or went)."""

    few: list[str]
    same: list[str]


@blueprint.get("")
@needs("publisher")
def desk() -> str:
    plan = plans.current_plan()
    lines = [_line(each) for each in asking.activities(plan.id)] if plan else []
    return render_template("counting/releases.html", lines=lines, nothing=request.args.get("nothing"), done=request.args.get("done"))


@blueprint.post("/<slug>/draft")
@needs("publisher")
def draft(slug: str) -> Response:
    activity = asking.activity(slug) or abort(404)
    try:
        release_id = releases.begin_release(activity.id, identity.me().id)
    except releases.NothingMoves:
        return redirect(url_for("releasing.desk", nothing=slug), 303)
    commit()
    return redirect(url_for("releasing.look", release_id=release_id), 303)


@blueprint.get("/<uuid:release_id>")
@needs("publisher")
def look(release_id: uuid.UUID) -> str:
    found = _found(release_id)
    cut = request.args.get("by", "everyone")
    if cut not in published.cuts_of(found):
        abort(404)
    reasons = {fact: _why(found, fact) for fact in RELEASE_FACTS}
    shown = published.charts(found, cut, "en")
    return render_template(
        "counting/release.html", release=found, cut=cut, cuts=published.cuts_of(found), shown=shown, reasons=reasons, facts=RELEASE_FACTS
    )


@blueprint.post("/<uuid:release_id>/publish")
@needs("publisher")
def publish(release_id: uuid.UUID) -> Response:
    releases.publish_release(_found(release_id).id, identity.me().id)
    commit()
    return redirect(url_for("releasing.desk", done="published"), 303)


@blueprint.post("/<uuid:release_id>/drop")
@needs("publisher")
def drop(release_id: uuid.UUID) -> Response:
    releases.drop_release(_found(release_id).id, identity.me().id)
    commit()
    return redirect(url_for("releasing.desk", done="dropped"), 303)


@blueprint.get("/measures")
@needs("officer")
def measures() -> str:
    plan = plans.current_plan()
    found = published.measures_to_link(plan.id) if plan else []
    ids = [each.id for each in found]
    return render_template("counting/measures.html", measures=found, links=published.links(ids), readings=published.readings(ids))


@blueprint.get("/measures/<uuid:measure_id>")
@needs("officer")
def measure(measure_id: uuid.UUID) -> str:
    return _measure_page(measure_id)


@blueprint.post("/measures/<uuid:measure_id>")
@needs("officer")
def tie(measure_id: uuid.UUID) -> Response | tuple[str, int]:
    _measure(measure_id)
    if request.form.get("say") == "none":
        releases.unlink_measure(measure_id, identity.me().id)
    else:
        slug, _rest, question = request.form.get("question", "").partition(":")
        activity = asking.activity(slug)
        try:
            if activity is None:
                raise ValueError(slug)
            words, codes = request.form.get("words", ""), request.form.getlist("code")
            releases.link_measure(measure_id, activity.id, question, codes, words, identity.me().id)
        except ValueError:
            return _measure_page(measure_id, wrong=True), 400
    commit()
    return redirect(url_for("releasing.measures"), 303)


def _measure_page(measure_id: uuid.UUID, *, wrong: bool = False) -> str:
    picked = request.values.get("question", "")
    slug, _rest, name = picked.partition(":")
    activity = asking.activity(slug) if picked else None
    question = next((each for each in questions_of(activity) if each.name == name), None) if activity else None
    return render_template(
        "counting/measure.html",
        measure=_measure(measure_id),
        link=published.links([measure_id]).get(measure_id),
        picked=picked,
        question=question,
        questions=_questions(),
        wrong=wrong,
        words=request.form.get("words", ""),
    )


def _questions() -> list[tuple[str, str]]:
    """Every question that is counted: how the form names it, and what it says."""
    plan, found = plans.current_plan(), list[tuple[str, str]]()
    for activity in asking.activities(plan.id) if plan else ():
        book = {each.name: each for each in questions_of(activity)}
        for asked in asked_of(activity):
            found.append((f"{activity.slug}:{asked.name}", f"{activity.title}: {asking.in_language(book[asked.name].label, 'en').text}"))
    return found


def _measure(measure_id: uuid.UUID) -> plans.MeasureFacts:
    plan = plans.current_plan()
    found = [each for each in published.measures_to_link(plan.id) if each.id == measure_id] if plan else []
    return found[0] if found else abort(404)


def _line(activity: asking.ActivityFacts) -> Line:
    found = published.releases_of(activity.id)
    out = next((each for each in found if each.published_on), None)
    return Line(activity, out, next((each for each in found if not each.published_on), None))


def _found(release_id: uuid.UUID) -> ReleaseFacts:
    found = published.release(release_id)
    return abort(404) if found is None or found.dropped else found


def _why(found: ReleaseFacts, fact: str) -> Why:
    same, sizes = set(found.figures["same"].get(fact, ())), published.sizes(found, fact)
    few = [each.label for each in sizes if each.people is None]
    return Why(few, [each.label for each in sizes if each.people is not None and each.value in same])
