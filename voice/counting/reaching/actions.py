"""Putting figures of a population in, and taking them out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, select

from voice import audit
from voice.counting.reaching.files import Line
from voice.counting.reaching.models import Population
from voice.storage import session


def put_in(plan_id: uuid.UUID, lines: Sequence[Line], by: uuid.UUID | None) -> int:
    """Each figure takes the place of the one there was for its place and age. Flushes; returns how many."""
    known = {(row.place, row.age_band): row for row in session().scalars(select(Population).where(Population.plan_id == plan_id))}
    for line in lines:
        row = known.get((line.place, line.age))
        if row is None:
            row = known[(line.place, line.age)] = Population(plan_id=plan_id, place=line.place, age_band=line.age)
            session().add(row)
        row.people, row.source, row.year, row.link = line.people, line.source, line.year, line.link
    if lines:
        session().flush()
        audit.record(by, "population put in", "plan", plan_id, f"{len(lines)} figures")
    return len(lines)


def take_out(plan_id: uuid.UUID, by: uuid.UUID | None) -> None:
    """Take out every figure that was put in here. What the plan’s own file says stays."""
    session().execute(delete(Population).where(Population.plan_id == plan_id))
    audit.record(by, "population taken out", "plan", plan_id)
