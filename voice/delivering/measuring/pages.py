"""The desk’s pages of measures: which are due, entering a reading, putting one right, saying numbers by hand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from voice import audit, identity, plans
from voice.delivering.measuring import actions, wording
from voice.delivering.measuring.actions import NotTaken
from voice.delivering.measuring.forms import NumbersForm, ReadingForm, StoryForm
from voice.delivering.measuring.models import MeasureNumbers
from voice.delivering.measuring.periods import following
from voice.delivering.measuring.queries import MeasureStory, ReadingFacts, all_measure_stories, history_of, measure_story, owned_by
from voice.delivering.measuring.saying import shown, when_words
from voice.storage import commit, session, today
from voice.web import needs

blueprint = Blueprint("measuring", __name__, url_prefix="/work/measures")
WHO = ("officer", "answer_owner", "partner")


@dataclass(frozen=True)
class Shelf:
    """The measures of one priority; None: of the whole plan."""

    priority: plans.PriorityFacts | None
    measures: Sequence[MeasureStory]


@blueprint.get("")
@needs(*WHO)
def desk() -> str:
    """What is due first within each priority; somebody who is no officer sees their own."""
    plan = plans.current_plan()
    shelves = _shelves(plan.id) if plan else []
    due = sum(not each.fresh for shelf in shelves for each in shelf.measures)
    return render_template("delivering/measures.html", shelves=shelves, due=due, shown=shown, may=is_officer(), done=request.args.get("done", ""))


@blueprint.get("/<uuid:measure_id>")
@needs(*WHO)
def measure(measure_id: uuid.UUID) -> str:
    return _page(story_of(measure_id))


@blueprint.post("/<uuid:measure_id>")
@needs(*WHO)
def enter(measure_id: uuid.UUID) -> Response | tuple[str, int]:
    """Keep a reading; one of the same time and place takes the place of the one there was."""
    story = story_of(measure_id)
    form = _reading_form(story)
    if not form.validate():
        return _page(story, form), 400
    me = identity.me().id
    try:
        if form.unit:
            actions.say_unit(story.facts, form.unit.data, form.chosen_per(), me)
        taken = actions.enter(story.facts, form.given(), me)
        keep_why(form, measure_id)
        commit()
    except NotTaken as wrong:
        session().rollback()
        form.value.errors = [wording.why_not(wrong.args[0])]
        return _page(story_of(measure_id), form), 400
    except IntegrityError:  # somebody entered the same time and place in the same moment
        session().rollback()
        return redirect(own_page(measure_id, stopped="gone"), 303)
    return redirect(own_page(measure_id, done=taken.became, inside=taken.few.why if taken.few else None), 303)


@blueprint.get("/<uuid:measure_id>/numbers")
@needs("officer")
def numbers(measure_id: uuid.UUID) -> str:
    return _numbers_page(story_of(measure_id), _numbers_form(measure_id))


@blueprint.post("/<uuid:measure_id>/numbers")
@needs("officer")
def say_numbers(measure_id: uuid.UUID) -> Response | tuple[str, int]:
    """Where the printed text cannot be read as numbers; it stays as it is printed."""
    story, form = story_of(measure_id), NumbersForm()
    if not form.validate():
        return _numbers_page(story, form), 400
    actions.say_numbers(story.facts, form.said(), identity.me().id)
    commit()
    return redirect(own_page(measure_id, done="numbers"), 303)


def _page(story: MeasureStory, form: ReadingForm | None = None) -> str:
    picked = _picked(story)
    return render_template(
        "delivering/measure.html",
        story=story,
        shown=shown(story),
        form=form or _reading_form(story, picked),
        picked=picked,
        history=history_of(story.facts.id),
        places=place_names(),
        when=when_words,
        sources=wording.SOURCE_WORDS,
        may=is_officer(),
        done=_done_words(),
        inside=_inside_words(),
        stopped=wording.why_not("gone") if request.args.get("stopped") else "",
        priority=plans.priority_by_id(story.priority_id) if story.priority_id else None,
    )


def _numbers_page(story: MeasureStory, form: NumbersForm) -> str:
    return render_template("delivering/measure_numbers.html", story=story, shown=shown(story), form=form)


def _numbers_form(measure_id: uuid.UUID) -> NumbersForm:
    """What was said by hand; the rest is empty."""
    row = session().get(MeasureNumbers, measure_id)
    if row is None:
        return NumbersForm(of_people=True)
    said = {name: _plain(getattr(row, name)) for name in ("unit", "per", "baseline", "target", "direction", "months")}
    return NumbersForm(of_people=row.of_people, due_on=row.due_on, owner=str(row.owner_id or ""), **said)


def _plain(value: Any) -> str:
    return "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)


def _reading_form(story: MeasureStory, picked: ReadingFacts | None = None) -> ReadingForm:
    plan = plans.current_plan()
    places = plans.places(plan.id) if plan else []
    if picked is None:  # what stays the same from time to time is filled in: the next one is quickly typed
        entered = [each for each in story.whole if not each.release]
        last = entered[-1] if entered else None
        return ReadingForm(story.numbers, places, when=following(last.period, today()) if last else "", origin=last.origin if last else "")
    first = {"value": _plain(picked.value), "when": picked.period, "out_of": _plain(picked.out_of), "place": picked.place or ""}
    return ReadingForm(story.numbers, places, origin=picked.origin, story=picked.story, **first)


def _picked(story: MeasureStory) -> ReadingFacts | None:
    """The reading that is to be put right; one of a release stays as it is."""
    wanted = request.args.get("reading", "")
    return next((each for each in every_reading(story) if str(each.id) == wanted and not each.release), None)


def every_reading(story: MeasureStory) -> list[ReadingFacts]:
    return [*story.readings, *story.asked]


def own_page(measure_id: uuid.UUID, **more: Any) -> str:
    return url_for("measuring.measure", measure_id=measure_id, **more)


def story_of(measure_id: uuid.UUID) -> MeasureStory:
    """An officer may see every measure of the current plan, anybody else those that are theirs."""
    plan, me = plans.current_plan(), identity.me()
    story = measure_story(measure_id, inside=True)
    ours = story is not None and plan is not None and measure_id in {each.facts.id for each in all_measure_stories(plan.id)}
    if story is None or not ours or not (is_officer() or measure_id in owned_by(me.id)):
        abort(404)
    return story


def _shelves(plan_id: uuid.UUID) -> list[Shelf]:
    own = None if is_officer() else owned_by(identity.me().id)
    stories = [each for each in all_measure_stories(plan_id, inside=True) if own is None or each.facts.id in own]
    shelves = [Shelf(each, [one for one in stories if one.priority_id == (each.id if each else None)]) for each in (None, *plans.priorities(plan_id))]
    return [Shelf(each.priority, sorted(each.measures, key=lambda one: one.fresh)) for each in shelves if each.measures]


def place_names() -> dict[str | None, str]:
    plan = plans.current_plan()
    return {each.code: each.name for each in plans.places(plan.id)} if plan else {}


def is_officer() -> bool:
    return "officer" in identity.me().roles


def keep_why(form: ReadingForm | StoryForm, measure_id: uuid.UUID) -> None:
    if form.kept_why():
        audit.record(identity.me().id, "words kept", "measure", measure_id, form.kept_why())


def _done_words() -> str:
    done = request.args.get("done", "")
    return wording.became_words(done) if done else ""


def _inside_words() -> str:
    why = request.args.get("inside", "")
    return str(wording.INSIDE.get(why, ""))
