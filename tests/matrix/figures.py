"""Releases and measures in every state, for the table of who may do what."""

from __future__ import annotations

import uuid
from random import Random

from tests.making import an_activity, the
from voice import asking, plans, storage
from voice.counting.composing import EVERYONE, Truth, compose
from voice.counting.release_models import Release
from voice.counting.showing import figures
from voice.delivering.measuring.actions import Given, enter, say_unit

NOT_THERE = str(uuid.UUID(int=7))


def of_figures() -> dict[str, dict[str, dict[str, str]]]:
    """`release`, `course` and `measure`, with their states; the draft is of the activity that is open, what is out of the one that is over."""
    draft, out, dropped = (_release(slug, number) for slug, number in (("open-now", 1), ("over", 1), ("over", 2)))
    out.published_by, out.published_on, dropped.dropped = the("publisher"), storage.today(), True
    storage.session().flush()
    an_activity("course", instrument="skills-before-and-after")
    plan = plans.current_plan()
    assert plan
    measures = [each for priority in plans.priorities(plan.id) for each in plans.measures_of(plan.id, priority.id)]
    storage.commit()
    states = {"draft": str(draft.id), "published": str(out.id), "thrown away": str(dropped.id), "unknown": NOT_THERE}
    return {
        "release": {state: {"release_id": release_id} for state, release_id in states.items()},
        "course": {
            state: {"slug": slug} for state, slug in (("asks for a code", "course"), ("asks for none", "open-now"), ("unknown", "nothing-here"))
        },
        "measure": {"of the plan": _named(measures[0]), "unknown": {"measure_id": NOT_THERE, "code": "1", "key": "nothing-here"}},
        "reading": _readings(measures[0]),
    }


def _named(measure: plans.MeasureFacts) -> dict[str, str]:
    return {"measure_id": str(measure.id), "code": "1", "key": measure.key}


def _readings(measure: plans.MeasureFacts) -> dict[str, dict[str, str]]:
    """A reading as it stands, one whose place another took, and none."""
    say_unit(measure, "percent", None, None)
    first = enter(measure, Given("2024", 61, out_of=400), None)
    second = enter(measure, Given("2024", 62, out_of=400), None)
    storage.commit()
    ids = {"standing": str(second.reading_id), "replaced": str(first.reading_id), "unknown": NOT_THERE}
    return {state: {"measure_id": str(measure.id), "reading_id": reading_id} for state, reading_id in ids.items()}


def _release(slug: str, number: int) -> Release:
    activity = asking.activity(slug)
    centers = compose(Truth({EVERYONE: 40}, {EVERYONE: 40}), [], None, number, Random(1))
    assert activity
    assert centers
    row = Release(activity_id=activity.id, number=number, made_by=the("publisher"), figures=figures(centers), centers=centers, basis={})
    storage.session().add(row)
    storage.session().flush()
    return row
