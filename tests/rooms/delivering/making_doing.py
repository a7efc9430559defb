"""What tests of actions need to be there. Days that lie back are set by hand, because no act goes back in time."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from tests.making import a_member, a_plan, the
from voice import identity, plans, storage
from voice.delivering.doing import actions
from voice.delivering.doing.models import ActionOwner, ActionUpdate, Milestone
from voice.delivering.measuring.models import MeasureNumbers
from voice.identity import members_with

KEY = "early-help"
OWNER = "owner@demo.example"


def ago(days: int) -> date:
    return storage.today() - timedelta(days=days)


def the_action(key: str = KEY) -> plans.ActionFacts:
    """An action of the plan that is served."""
    plan = plans.current_plan()
    found = plans.action(plan.id if plan else a_plan(), key)
    assert found, key
    return found


def owner() -> uuid.UUID:
    """A member who answers for things."""
    known = [each.id for each in members_with("answer_owner") if each.email == OWNER]
    return known[0] if known else a_member("answer_owner", email=OWNER)


def own(
    key: str = KEY, *, since: int = 0, done_by: date | None = None, member_id: uuid.UUID | None = None, nobody: bool = False
) -> plans.ActionFacts:
    """This action has an owner, for so many days."""
    found = the_action(key)
    whose = actions.Owning(role="Head of Early Help", organisation="Herefordshire Council", member_id=None if nobody else member_id or owner())
    actions.give_action(found.id, whose, the("officer"), done_by=done_by)
    storage.session().get_one(ActionOwner, found.id).given_on = ago(since)
    storage.commit()
    return found


def own_measure(*, since: int = 0, member_id: uuid.UUID | None = None) -> plans.MeasureFacts:
    """The first measure of the first priority has an owner, for so many days."""
    plan = plans.current_plan()
    plan_id = plan.id if plan else a_plan()
    found = next(measure for each in plans.priorities(plan_id) for measure in plans.measures_of(plan_id, each.id))
    given = storage.now() - timedelta(days=since)
    storage.session().add(MeasureNumbers(measure_id=found.id, owner_id=member_id or owner(), set_by=the("officer"), set_at=given))
    storage.commit()
    return found


def said(key: str = KEY, status: str = "on_the_way", *, days_ago: int = 0, **more: str) -> uuid.UUID:
    """It was said so many days ago how this action goes."""
    found, extra = the_action(key), {"done": {"evidence": "The new office is open."}, "stopped": {"why": "The money went."}}.get(status, {})
    row = ActionUpdate(
        action_id=found.id,
        status=status,
        role="Head of Early Help",
        organisation="Herefordshire Council",
        said_on=ago(days_ago),
        said_at=storage.now() - timedelta(days=days_ago),
        said_by=the("officer"),
        **{**extra, **more},
    )
    storage.session().add(row)
    storage.commit()
    return row.id


def step(key: str = KEY, words: str = "The strategy is written", *, due: date | None = None, reached: date | None = None) -> uuid.UUID:
    found = the_action(key)
    milestone_id = actions.add_milestone(found.id, words, due or ago(-30), the("officer"))
    row = storage.session().get_one(Milestone, milestone_id)
    row.reached_on = reached
    storage.commit()
    return milestone_id


def name_of(member_id: uuid.UUID) -> str:
    found = identity.person(member_id)
    assert found
    return found.name
