"""Reading the plan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from voice.plans.models import Action, Locality, Measure, Plan, PlanVersion, Priority
from voice.storage import session


@dataclass(frozen=True)
class PlanFacts:
    id: uuid.UUID
    slug: str
    title: str
    place: str
    is_current: bool
    version: int


@dataclass(frozen=True)
class PlanInFull(PlanFacts):
    """A plan with how much is in it."""

    priorities: int
    measures: int
    actions: int
    localities: int


@dataclass(frozen=True)
class PriorityFacts:
    id: uuid.UUID
    plan_id: uuid.UUID
    code: str
    kind: str
    title: str
    child_title: str
    child_sentence: str
    lead_role: str | None
    phrases: tuple[str, ...]
    details: Mapping[str, Any]  # why, promises, aims, conditions, planning_priorities, groups, strand: where the plan has them
    is_open: bool


@dataclass(frozen=True)
class MeasureFacts:
    id: uuid.UUID
    key: str
    code: str | None
    words: str
    direction: str | None
    baseline: str | None
    target: str | None
    due: str | None
    note: str | None


@dataclass(frozen=True)
class ActionFacts:
    id: uuid.UUID
    key: str
    code: str | None
    part_of: str | None
    words: str
    details: Mapping[str, Any]  # how (list), milestone, lead, owner_role, monitoring
    priority_id: uuid.UUID | None = None  # None: of the whole plan


@dataclass(frozen=True)
class Place:
    code: str
    name: str


def all_plans() -> list[PlanFacts]:
    return _plans()


def plans_in_full() -> list[PlanInFull]:
    """Every plan, with how many parts of each kind are open in it."""
    return [PlanInFull(each.id, each.slug, each.title, each.place, each.is_current, each.version, *_amounts(each.id)) for each in _plans()]


def current_plan() -> PlanFacts | None:
    """The plan this installation serves."""
    return next(iter(_plans(Plan.is_current.is_(True))), None)


def plan_by_id(plan_id: uuid.UUID) -> PlanFacts | None:
    return next(iter(_plans(Plan.id == plan_id)), None)


def plan_by_slug(slug: str) -> PlanFacts | None:
    return next(iter(_plans(Plan.slug == slug)), None)


def document_of(plan_id: uuid.UUID) -> dict[str, Any]:
    """The newest version's document, whole."""
    found = session().scalars(select(PlanVersion.document).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number.desc()).limit(1))
    document: dict[str, Any] = found.one()
    return document


def priorities(plan_id: uuid.UUID, *, closed_too: bool = False) -> list[PriorityFacts]:
    """The plan's priorities, in its order."""
    wanted = select(Priority).where(Priority.plan_id == plan_id).order_by(Priority.position, Priority.code)
    if not closed_too:
        wanted = wanted.where(Priority.closed_at.is_(None))
    return [_priority_facts(row) for row in session().scalars(wanted)]


def priority(plan_id: uuid.UUID, code: str) -> PriorityFacts | None:
    row = session().scalar(select(Priority).where(Priority.plan_id == plan_id, Priority.code == code))
    return _priority_facts(row) if row else None


def priority_by_id(priority_id: uuid.UUID) -> PriorityFacts | None:
    row = session().get(Priority, priority_id)
    return _priority_facts(row) if row else None


def measures_of(plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> list[MeasureFacts]:
    """Measures of one priority, or (None) those of the whole plan."""
    under = Measure.priority_id.is_(None) if priority_id is None else Measure.priority_id == priority_id
    rows = session().scalars(select(Measure).where(Measure.plan_id == plan_id, under, Measure.closed_at.is_(None)).order_by(Measure.position))
    return [MeasureFacts(m.id, m.key, m.code, m.words, m.direction, m.baseline, m.target, m.due, m.note) for m in rows]


def actions_of(plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> list[ActionFacts]:
    """Actions of one priority, or (None) those of the whole plan."""
    under = Action.priority_id.is_(None) if priority_id is None else Action.priority_id == priority_id
    return _actions(Action.plan_id == plan_id, under, Action.closed_at.is_(None))


def all_actions(plan_id: uuid.UUID) -> list[ActionFacts]:
    """Every action of the plan, in its order."""
    return _actions(Action.plan_id == plan_id, Action.closed_at.is_(None))


def action(plan_id: uuid.UUID, key: str) -> ActionFacts | None:
    """One action by its key, also one that a newer version of the plan no longer has."""
    return next(iter(_actions(Action.plan_id == plan_id, Action.key == key)), None)


def _actions(*conditions: ColumnElement[bool]) -> list[ActionFacts]:
    rows = session().scalars(select(Action).where(*conditions).order_by(Action.position))
    return [ActionFacts(a.id, a.key, a.code, a.part_of, a.words, a.details, a.priority_id) for a in rows]


def places(plan_id: uuid.UUID) -> list[Place]:
    """The plan's localities, in its order."""
    rows = session().scalars(select(Locality).where(Locality.plan_id == plan_id, Locality.closed_at.is_(None)).order_by(Locality.position))
    return [Place(row.code, row.name) for row in rows]


def _plans(*conditions: ColumnElement[bool]) -> list[PlanFacts]:
    """In one query: nearly every page asks for the plan that is served."""
    newest = select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == Plan.id).scalar_subquery()
    found = session().execute(select(Plan, func.coalesce(newest, 0)).where(*conditions).order_by(Plan.slug))
    return [PlanFacts(plan.id, plan.slug, plan.title, plan.place, plan.is_current, version) for plan, version in found]


def _amounts(plan_id: uuid.UUID) -> list[int]:
    return [
        session().scalar(select(func.count()).select_from(kind).where(kind.plan_id == plan_id, kind.closed_at.is_(None))) or 0
        for kind in (Priority, Measure, Action, Locality)
    ]


def _priority_facts(row: Priority) -> PriorityFacts:
    return PriorityFacts(
        row.id,
        row.plan_id,
        row.code,
        row.kind,
        row.title,
        row.child_title,
        row.child_sentence,
        row.lead_role,
        tuple(row.phrases),
        row.details,
        row.closed_at is None,
    )
