"""Who owns the words of a priority, and when somebody last looked whether they are still right."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from voice import audit, plans
from voice.plans.models import PlanVersion
from voice.storage import session, today
from voice.understanding.models import PriorityReview
from voice.understanding.rules import is_overdue


@dataclass(frozen=True)
class Label:
    """A priority as a tag: its words, its owner (a role), and when it was last looked at: at the latest when the plan was brought in."""

    priority_id: uuid.UUID
    code: str
    title: str
    phrases: tuple[str, ...]
    owner: str | None
    reviewed_on: date
    is_overdue: bool


def look_at(priority_id: uuid.UUID, owner: str, by: uuid.UUID) -> None:
    """Somebody looked at a priority's words, and named the role that owns them."""
    row = session().get(PriorityReview, priority_id) or PriorityReview(priority_id=priority_id)
    row.owner, row.reviewed_on, row.reviewed_by = owner, today(), by
    session().add(row)
    session().flush()
    audit.record(by, "tag looked at", "priority", priority_id)


def labels() -> list[Label]:
    """Every priority of the current plan as a tag."""
    plan = plans.current_plan()
    if plan is None:
        return []
    brought_in = session().scalar(select(func.max(PlanVersion.imported_at)).where(PlanVersion.plan_id == plan.id))
    first = brought_in.date() if brought_in else today()
    rows = {row.priority_id: row for row in session().scalars(select(PriorityReview))}
    return [_label(each, rows.get(each.id), first) for each in plans.priorities(plan.id)]


def how_many_overdue() -> int:
    """How many tags nobody has looked at for a year, or that nobody owns."""
    return sum(each.is_overdue or not each.owner for each in labels())


def _label(priority: plans.PriorityFacts, row: PriorityReview | None, first: date) -> Label:
    on = row.reviewed_on if row else first
    owner = row.owner if row else priority.lead_role
    return Label(priority.id, priority.code, priority.title, priority.phrases, owner, on, is_overdue(on, today()))
