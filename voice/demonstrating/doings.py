"""How far actions are in the demo: every state, late and stopped with why, steps, an owner who was asked, and last quarter's page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from voice import plans, storage
from voice.delivering.doing import actions, reports
from voice.delivering.doing.models import ActionOwner, ActionUpdate, Milestone, MonitoringItem, MonitoringRound
from voice.delivering.doing.rules import Quarter, quarter_before, quarter_of
from voice.delivering.doing.ties import public_answers
from voice.demonstrating.voices import County, ago

FILE = Path(__file__).parent / "doings.yaml"


def say_how_it_goes(county: County) -> None:
    """Actions, then what they carry out, a round that waits, and a quarter that is final."""
    invented: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    known = {each.key: each for each in plans.all_actions(county.plan_id)}
    for key, each in invented["actions"].items():
        _one(county, known[key], each)
    _tie(county, known, invented["tied"])
    _ask(county, known["emotional-health-offer"])
    plan = plans.current_plan()
    if plan is None:
        raise LookupError(county.plan_id)
    last = quarter_before(quarter_of(storage.today()))
    for quarter in (last, quarter_before(last)):
        reports.ask_to_decide(plan, quarter, invented["decide"], county.member("officer"))
    _finish(plan, quarter_before(last), county.member("officer"))


def _finish(plan: plans.PlanFacts, quarter: Quarter, officer: uuid.UUID) -> None:
    reports.make_final(plan, quarter, officer)


def _one(county: County, action: plans.ActionFacts, invented: Mapping[str, Any]) -> None:
    owner = county.members.get(invented.get("owner", ""))
    whose = actions.Owning(role=invented["role"], organisation=invented["organisation"], member_id=owner)
    officer, done_by = county.member("officer"), _day(invented["done_by"]) if "done_by" in invented else None
    actions.give_action(action.id, whose, officer, done_by=done_by)
    storage.session().get_one(ActionOwner, action.id).given_on = ago(invented["since"])
    for each in invented.get("steps", []):
        row = storage.session().get_one(Milestone, actions.add_milestone(action.id, each["words"], _day(each["due"]), officer))
        row.reached_on = ago(each["reached"]) if "reached" in each else None
    for each in invented.get("said", []):
        storage.session().add(_said(action.id, whose, each, owner or officer))
    places = plans.places(county.plan_id)[: invented.get("places", 0)]
    if places:
        actions.put_in_places(action.id, [each.code for each in places], officer)
    storage.session().flush()


def _day(ago_: int) -> date:
    """So many days back; a day to come where it is less than none."""
    return storage.today() - timedelta(days=ago_)


def _said(action_id: uuid.UUID, whose: actions.Owning, invented: Mapping[str, Any], by: uuid.UUID) -> ActionUpdate:
    return ActionUpdate(
        action_id=action_id,
        status=invented["status"],
        words=invented.get("words"),
        why=invented.get("why"),
        evidence=invented.get("evidence"),
        was_late=invented.get("late", False),
        role=whose.role,
        organisation=whose.organisation,
        said_on=ago(invented["ago"]),
        said_at=storage.now() - timedelta(days=invented["ago"]),
        said_by=by,
    )


def _tie(county: County, known: Mapping[str, plans.ActionFacts], wanted: Mapping[str, int]) -> None:
    """Each carries out so many public answers of its own part of the plan, where there are any."""
    public: Sequence[Any] = [each for each in public_answers(county.plan_id) if each.answer.state != "cant"]
    for key, number in wanted.items():
        own = [each.answer.id for each in public if each.theme.priority_id == known[key].priority_id]
        for answer_id in own[:number]:
            actions.tie(known[key].id, answer_id, county.member("officer"))


def _ask(county: County, action: plans.ActionFacts) -> None:
    """Its owner was asked and reminded, and has not said anything yet."""
    row = MonitoringRound(member_id=county.members["owner@demo.example"], asked_on=ago(32), letter_on=ago(32), reminded_on=ago(18))
    storage.session().add(row)
    storage.session().flush()
    storage.session().add(MonitoringItem(round_id=row.id, action_id=action.id, due_on=ago(32)))
    storage.session().flush()
