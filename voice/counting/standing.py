"""How much is kept now, in steps too coarse to watch one child by: for the facts of the impact assessment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from voice import reading
from voice.asking.models import KINDS, Activity
from voice.counting.rules import step_below
from voice.keeping.models import PURPOSES, Submission
from voice.storage import session

AGES: Final = ("under_8", "8_10", "11_13", "14_16", "17_19", "20_25", "not_said")
"""Each is in the table whether anybody is of it or not: a line that appears would tell of the first one. What else was said counts as not said."""


@dataclass(frozen=True)
class Kept:
    """`at_least`: a step, or None below the lowest. Nobody and a few look the same."""

    kind: str
    age_band: str
    at_least: int | None


def kept_by_kind_and_age() -> tuple[Kept, ...]:
    """What is kept now, by the kind of activity (or `pledge`) and age; without what was set aside."""
    kind = func.coalesce(Activity.kind, PURPOSES[1])
    counted = select(kind, Submission.age_band, func.count()).outerjoin(Activity, Activity.id == Submission.activity_id)
    counted = counted.where(Submission.id.not_in(reading.set_aside())).group_by(kind, Submission.age_band)
    found: dict[tuple[str, str], int] = {}
    for name, age, count in session().execute(counted):
        cell = (name, age if age in AGES else AGES[-1])
        found[cell] = found.get(cell, 0) + count
    return tuple(Kept(name, age, step_below(found.get((name, age), 0))) for name in (*KINDS, PURPOSES[1]) for age in AGES)


def at_least(count: int) -> int | None:
    """Any other count of children, as it may be said: the step it reaches."""
    return step_below(count)
