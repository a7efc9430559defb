"""A measure’s own page: how it does, what it should come to, and the voices it leads back to. Everything on it is public already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template

from voice import delivering, plans
from voice.delivering import MeasureStory, ReadingFacts
from voice.plans import PlanFacts, PriorityFacts
from voice.publishing.pages import FRESH, blueprint
from voice.publishing.queries import Card, Wish, cards, published
from voice.web import cacheable, open_to_all

__all__ = ["blueprint"]

OF_ALL = 6  # themes beside a measure of the whole plan, newest first


@dataclass(frozen=True)
class Asked:
    """A question that tells of the measure: what people say by its answers, and the releases that say so, newest first."""

    words: str
    readings: Sequence[ReadingFacts]


@blueprint.get("/plan/<code>/measures/<key>")
@open_to_all
@cacheable(FRESH)
def measure(code: str, key: str) -> str:
    plan = plans.current_plan()
    found = plans.priority(plan.id, code) if plan else None
    return _page(plan, found, key) if plan and found else abort(404)


@blueprint.get("/plan/measures/<key>")
@open_to_all
@cacheable(FRESH)
def measure_of_all(key: str) -> str:
    """One of the whole plan."""
    plan = plans.current_plan()
    return _page(plan, None, key) if plan else abort(404)


def _page(plan: PlanFacts, priority: PriorityFacts | None, key: str) -> str:
    own = plans.measures_of(plan.id, priority.id if priority else None)
    facts = next((each for each in own if each.key == key), None) or abort(404)
    story = delivering.measure_story(facts.id) or abort(404)
    return render_template(
        "publishing/measure.html",
        plan=plan,
        priority=priority,
        shown=delivering.shown(story),
        when=delivering.when_words,
        by_place=delivering.bars(story, {each.code: each.name for each in plans.places(plan.id)}),
        asked=_asked(story),
        actions=delivering.progress(plan.id, priority.id if priority else None),
        cards=_cards(plan, priority),
    )


def _asked(story: MeasureStory) -> Asked | None:
    told = [each for each in (*story.readings, *story.asked) if each.release]
    newest = told[-1].release if told else None
    return Asked(newest.words, told[::-1]) if newest else None


def _cards(plan: PlanFacts, priority: PriorityFacts | None) -> list[Card]:
    """What young people said of the same, with what was answered."""
    wish = Wish(priority=priority.code) if priority else None
    return cards(plan, published(plan, wish)[: None if priority else OF_ALL])
