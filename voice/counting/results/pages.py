"""The officer’s results: exact figures of an activity, cut by a fact or two, and how waves differ. Read from tallies alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import asking, identity, plans, storage
from voice.asking import ActivityFacts
from voice.counting.results import composed, overview, waves
from voice.counting.results.composed import Group, Result
from voice.counting.results.tallied import Tallied, tallied
from voice.counting.wording import RELEASE_FACTS
from voice.web import needs

blueprint = Blueprint("results", __name__, url_prefix="/work/results")
WAVE = "wave"


@dataclass(frozen=True)
class Cut:
    """How a page is cut: by nothing, one fact or two; with two, one question is shown at a time."""

    by: tuple[str, ...]
    question: str

    @property
    def first(self) -> str:
        return self.by[0] if self.by else ""

    @property
    def second(self) -> str:
        return self.by[1] if len(self.by) == 2 else ""


@dataclass(frozen=True)
class Panel:
    """Results that stand together: of everyone, or of one value of the first fact where there are two. Without any they are too few."""

    heading: str
    results: Sequence[Result]


@blueprint.get("")
@needs("officer", "analyst")
def desk() -> str:
    plan = plans.current_plan()
    return render_template("counting/results_list.html", plan=plan, lines=overview.activity_lines(plan.id) if plan else [])


@blueprint.get("/<slug>")
@needs("officer", "analyst")
def show(slug: str) -> str | Response:
    activity = asking.activity(slug) or abort(404)
    if request.args.get("by") == WAVE:
        return redirect(url_for("results.change", slug=slug), 303)
    cut = _cut(activity)
    found = tallied(activity.id, cut.by, [cut.question] if cut.second else None)
    whole = found if not cut.by else tallied(activity.id, (), ())
    shown = composed.groups(activity, found) if len(cut.by) < 2 else []
    kinds = ("priority", "theme") if identity.me().roles & {"officer"} else ("priority",)
    return render_template(
        "counting/results.html",
        activity=activity,
        people=whole.size(whole.everyone),
        reached=overview.parts(activity, "way_in"),
        who=overview.parts(activity, cut.first) if cut.first else [],
        cut=cut,
        panels=_panels(activity, found, cut),
        columns=[each for each in shown if found.size(each.who) is not None],
        ties={kind: overview.ties(activity, found, [each for each in shown if found.size(each.who) is not None], kind) for kind in kinds},
        has_words=overview.has_words(activity),
        facts=[(each, RELEASE_FACTS[each]) for each in overview.facts_of(activity)],
        questions=composed.counted_questions(activity),
        has_waves=len(waves.series_of(activity)) > 1,
        today=storage.today(),
    )


@blueprint.get("/<slug>/waves")
@needs("officer", "analyst")
def change(slug: str) -> str:
    activity = asking.activity(slug) or abort(404)
    found = waves.story(activity, request.args.get("from", ""))
    reached = overview.parts(found.now.activity if found else activity, "way_in")
    return render_template("counting/results_waves.html", activity=activity, story=found, reached=reached, today=storage.today())


def _cut(activity: ActivityFacts) -> Cut:
    """What the form asked for; 404 where nobody is counted so."""
    by = tuple(dict.fromkeys(each for each in (request.args.get("by", ""), request.args.get("and", "")) if each))
    questions = [name for name, _words in composed.counted_questions(activity)]
    question = request.args.get("question", "") or next(iter(questions), "")
    if not set(by) <= set(overview.facts_of(activity)) or (question and question not in questions):
        abort(404)
    return Cut(by, question)


def _panels(activity: ActivityFacts, found: Tallied, cut: Cut) -> list[Panel]:
    if not cut.second:
        return [Panel("", composed.results(activity, found, composed.groups(activity, found)))]
    return [_panel(activity, found, cut, each) for each in composed.groups(activity, found)]


def _panel(activity: ActivityFacts, found: Tallied, cut: Cut, first: Group) -> Panel:
    value = first.who[0] or ""
    return Panel(first.heading, composed.results(activity, found, composed.groups(activity, found, 1, (value,)), cut.question))
