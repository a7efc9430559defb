"""Each place of the plan: what young people there said, what came of it, and what is done there beyond the rest of the county."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import abort, render_template

from voice import answering, counting, delivering, plans, understanding
from voice.plans import Place, PlanFacts, PriorityFacts
from voice.publishing.pages import FRESH, blueprint
from voice.publishing.queries import Wish, cards, published
from voice.web import cacheable, open_to_all, slot

__all__ = ["blueprint"]


@dataclass(frozen=True)
class Focus:
    """What the plan does in some places beyond the rest, as it is printed; with the priorities it is about that are in the plan."""

    words: str
    lead: str | None
    priorities: tuple[PriorityFacts, ...]


@blueprint.get("/places")
@open_to_all
@cacheable(FRESH)
def places() -> str:
    """Every place of the plan, with how many answers are about it."""
    plan = plans.current_plan()
    if plan is None:
        return render_template("publishing/no_plan.html")
    everything = published(plan)
    told = [(each, sum(one.theme.place == each.code for one in everything)) for each in plans.places(plan.id)]
    return render_template("publishing/places.html", places=told)


@blueprint.get("/places/<place_code>")
@open_to_all
@cacheable(FRESH)
def place(place_code: str) -> str:
    plan = plans.current_plan()
    found = next((each for each in plans.places(plan.id) if each.code == place_code), None) if plan else None
    if plan is None or found is None:
        abort(404)
    return render_template(
        "publishing/place.html",
        found=found,
        cards=cards(plan, published(plan, Wish(place=found.code))),
        waiting=_waiting(plan, found.code),
        focus=_focus(plan, found.code),
        actions=[(each, delivering.address_of(each)) for each in delivering.actions_in(plan.id, found.code)],
        measures=_measured(plan, found.code),
        when=delivering.when_words,
        sections=slot("place_sections").fill(plan, found),
        releases=[each for each in counting.published_activities(plan.id) if _tells_of(each, found)],
        others=[each for each in plans.places(plan.id) if each.code != found.code],
    )


def _waiting(plan: PlanFacts, code: str) -> list[answering.Waiting]:
    """The themes of this place that wait for an answer, the longest wait first."""
    here = {each.slug for each in understanding.sentences(plan.id) if each.place == code}
    return [each for each in answering.still_waiting(plan.id).themes if each.slug in here]


def _measured(plan: PlanFacts, code: str) -> list[tuple[delivering.MeasureStory, delivering.ReadingFacts]]:
    """The measures of which this place has a figure, each with its newest."""
    stories = delivering.all_measure_stories(plan.id)
    return [(story, each) for story in stories for each in story.by_place if each.place == code]


def _focus(plan: PlanFacts, code: str) -> list[Focus]:
    """The plan’s focused activity in this place, in its order."""
    known = {each.code: each for each in plans.priorities(plan.id)}
    printed = plans.document_of(plan.id).get("focused_activity", [])
    return [Focus(each["text"], each.get("lead"), _about(each.get("about", ()), known)) for each in printed if code in each["localities"]]


def _about(codes: Collection[str], known: dict[str, PriorityFacts]) -> tuple[PriorityFacts, ...]:
    return tuple(known[code] for code in codes if code in known)


def _tells_of(release: counting.ReleaseFacts, place: Place) -> bool:
    """Whether a release has a figure of this place: shown by place at all, and this one not too small."""
    return "place" in counting.cuts_of(release) and any(each.value == place.code and each.people for each in counting.sizes(release, "place"))
