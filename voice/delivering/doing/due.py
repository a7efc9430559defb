"""What word is due of, from whom, since when: of actions and of measures alike."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from voice import plans
from voice.config import settings
from voice.delivering.doing.models import ActionOwner, MeasureOwner
from voice.delivering.doing.queries import ActionProgress, OwnerFacts, all_progress
from voice.delivering.doing.rules import TOGETHER, is_silent, word_due
from voice.storage import session, today


@dataclass(frozen=True)
class MeasureDue:
    """A measure somebody owns: when its newest figure is of, and when the next is due."""

    facts: plans.MeasureFacts
    owner: OwnerFacts
    newest_on: date | None
    due_on: date | None

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= today() + TOGETHER

    @property
    def late(self) -> bool:
        return is_silent(self.due_on, today())


@dataclass(frozen=True)
class Mine:
    """What some members own of the current plan; what word is due of comes first, longest due first."""

    actions: list[ActionProgress]
    measures: list[MeasureDue]

    @property
    def waits(self) -> int:
        """Of how much word is due."""
        return sum(is_due(each) for each in self.actions) + sum(each.is_due for each in self.measures)


FAR = date.max  # where nothing is due


def is_due(action: ActionProgress) -> bool:
    """Whether word of an action is wanted now: it is due or falls due soon, or a day passed that it did not keep and nobody has said why since."""
    soon = action.word_due_on is not None and action.word_due_on <= today() + TOGETHER
    slipped = action.behind_since is not None and (action.said_on is None or action.said_on <= action.behind_since)
    return soon or slipped


def mine(member_ids: Collection[uuid.UUID]) -> Mine:
    """What these members own of the current plan."""
    plan = plans.current_plan()
    if plan is None:
        return Mine([], [])
    own = set(session().scalars(select(ActionOwner.action_id).where(ActionOwner.member_id.in_(member_ids))))
    actions = [each for each in all_progress(plan.id) if each.facts.id in own] if own else []
    measures = [due for due, member_id in measures_due(plan.id) if member_id in member_ids]
    return Mine(
        sorted(actions, key=lambda each: (not is_due(each), each.word_due_on or each.behind_since or FAR)),
        sorted(measures, key=lambda each: (not each.is_due, each.due_on or FAR)),
    )


def owns(member_ids: Collection[uuid.UUID], action_id: uuid.UUID) -> bool:
    """Whether one of these members owns this action."""
    row = session().get(ActionOwner, action_id)
    return row is not None and row.member_id in member_ids


def members_of_actions(plan_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """Which member says how each action of the plan goes; those nobody says it of are not there."""
    ids = [each.id for each in plans.all_actions(plan_id)]
    found = session().execute(select(ActionOwner.action_id, ActionOwner.member_id).where(ActionOwner.action_id.in_(ids)))
    return {action_id: member_id for action_id, member_id in found if member_id}


def measures_due(plan_id: uuid.UUID) -> list[tuple[MeasureDue, uuid.UUID | None]]:
    """Measures of the plan that somebody owns, each with the member who says how it stands."""
    rows = {row.measure_id: row for row in session().scalars(select(MeasureOwner))}
    return [(_measure_due(each, rows[each.id]), rows[each.id].member_id) for each in all_measures(plan_id) if each.id in rows] if rows else []


def all_measures(plan_id: uuid.UUID) -> list[plans.MeasureFacts]:
    """Every measure of the plan: those of the whole first, then priority by priority."""
    under = [None, *(each.id for each in plans.priorities(plan_id))]
    return [each for priority_id in under for each in plans.measures_of(plan_id, priority_id)]


def _measure_due(facts: plans.MeasureFacts, row: MeasureOwner) -> MeasureDue:
    newest: date | None = None
    due = word_due(newest, row.given_on, settings().measure_months)
    return MeasureDue(facts, OwnerFacts(row.role, row.organisation), newest, due)
