"""The officer’s results: exact figures of an activity, cut by a fact or two, and how waves differ. Read from tallies alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import asking, plans
from voice.asking import ActivityFacts
from voice.counting.results import composed, overview, waves
from voice.counting.results.composed import Group, Result
from voice.counting.results.tallied import Tallied, tallied
from voice.counting.wording import RELEASE_FACTS
from voice.web import holds, needs

blueprint = Blueprint("results", __name__, url_prefix="/work/results")
WAVE: Final = "wave"
OFFICERS: Final = ("priority", "theme")
ANALYSTS: Final = ("priority",)
"""What words were tied to. A theme is worded by what young people wrote, and an analyst reads none of that."""


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
    """Results that stand together: of everyone, or of one value of the first fact where there are two."""

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
    own = [each for each in composed.groups(activity, found) if found.size(each.who) is not None]
    return render_template(
        "counting/results.html",
        activity=activity,
        people=found.size(found.everyone),
        reached=overview.parts(activity, "way_in"),
        who=overview.parts(activity, cut.first) if cut.first else [],
        cut=cut,
        panels=_panels(activity, found, cut, own),
        columns=own,
        worded=composed.worded(activity),
        ties={kind: overview.ties(activity, found, own, kind) for kind in (OFFICERS if holds("officer") else ANALYSTS)},
        facts=[(each, RELEASE_FACTS[each]) for each in overview.facts_of(activity)],
        questions=composed.counted_questions(activity),
        has_waves=len(waves.series_of(activity)) > 1,
        is_officer=holds("officer"),
        is_publisher=holds("publisher"),
    )


@blueprint.get("/<slug>/waves")
@needs("officer", "analyst")
def change(slug: str) -> str:
    activity = asking.activity(slug) or abort(404)
    found = waves.story(activity, request.args.get("from", ""))
    reached = overview.parts(found.now.activity if found else activity, "way_in")
    return render_template("counting/results_waves.html", activity=activity, story=found, reached=reached)


def _cut(activity: ActivityFacts) -> Cut:
    """What the form asked for; 404 where nobody is counted so."""
    by = tuple(dict.fromkeys(each for each in (request.args.get("by", ""), request.args.get("and", "")) if each))
    questions = [name for name, _words in composed.counted_questions(activity)]
    question = request.args.get("question", "") or next(iter(questions), "")
    if not set(by) <= set(overview.facts_of(activity)) or (question and question not in questions):
        abort(404)
    return Cut(by, question)


def _panels(activity: ActivityFacts, found: Tallied, cut: Cut, own: Sequence[Group]) -> list[Panel]:
    """With two facts, one for each value of the first of which anything is shown."""
    if not cut.second:
        return [Panel("", composed.results(activity, found, own))]
    panels = [_panel(activity, found, cut, each) for each in own]
    return [each for each in panels if any(result.columns for result in each.results)]


def _panel(activity: ActivityFacts, found: Tallied, cut: Cut, first: Group) -> Panel:
    beside = composed.groups(activity, found, 1, (first.who[0] or "",))
    return Panel(first.heading, composed.results(activity, found, beside, cut.question))
