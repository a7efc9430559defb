"""What word is due of, from whom, since when: of actions and of measures alike."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from voice import plans
from voice.delivering.doing.models import ActionOwner
from voice.delivering.doing.queries import ActionProgress, all_progress
from voice.delivering.doing.rules import TOGETHER, is_silent, word_due
from voice.delivering.measuring.models import MeasureNumbers
from voice.delivering.measuring.queries import MeasureStory, all_measure_stories, owners_of
from voice.storage import session, today


@dataclass(frozen=True)
class MeasureDue:
    """A measure somebody owns: when its newest figure is of, and when the next is due."""

    facts: plans.MeasureFacts
    newest_on: date | None  # the last day the newest figure is of
    newest: str | None  # and what it says
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
    measures = [due for due, member_id in measures_due(plan.id) if member_id in member_ids] if own_a_measure(member_ids) else []
    return Mine(
        sorted(actions, key=lambda each: (not is_due(each), each.word_due_on or each.behind_since or FAR)),
        sorted(measures, key=lambda each: (not each.is_due, each.due_on or FAR)),
    )


def own_a_measure(member_ids: Collection[uuid.UUID]) -> bool:
    """Whether any measure is one of theirs."""
    return session().scalar(select(MeasureNumbers.measure_id).where(MeasureNumbers.owner_id.in_(member_ids)).limit(1)) is not None


def owns(member_ids: Collection[uuid.UUID], action_id: uuid.UUID) -> bool:
    """Whether one of these members owns this action."""
    row = session().get(ActionOwner, action_id)
    return row is not None and row.member_id in member_ids


def members_of_actions(plan_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """Which member says how each action of the plan goes; those nobody says it of are not there."""
    ids = [each.id for each in plans.all_actions(plan_id)]
    found = session().execute(select(ActionOwner.action_id, ActionOwner.member_id).where(ActionOwner.action_id.in_(ids)))
    return {action_id: member_id for action_id, member_id in found if member_id}


def measures_due(plan_id: uuid.UUID) -> list[tuple[MeasureDue, uuid.UUID]]:
    """Measures of the plan that somebody owns, each with the member whose it is to enter figures."""
    stories = {each.facts.id: each for each in all_measure_stories(plan_id, inside=True)}
    owned = owners_of(list(stories))
    rows = session().execute(select(MeasureNumbers.measure_id, MeasureNumbers.set_at).where(MeasureNumbers.measure_id.in_(owned)))
    since = {measure_id: set_at.date() for measure_id, set_at in rows}
    return [(_measure_due(story, since[key]), owned[key]) for key, story in stories.items() if key in owned]


def _measure_due(story: MeasureStory, since: date) -> MeasureDue:
    """Word is due so many months after the last figure was entered, whatever time it is of: some figures come once a year and late."""
    entered = max((each.entered_at.date() for each in story.readings), default=None)
    due = word_due(entered, since, story.numbers.months)
    return MeasureDue(story.facts, story.newest.on if story.newest else None, story.newest.said if story.newest else None, due)
