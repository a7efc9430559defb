"""An action of the plan, as everyone can read it: how far it is, how that went, and what of young people’s words it carries out."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, render_template, url_for

from voice import plans
from voice.delivering.doing.queries import ActionProgress, history, milestones, standing_of
from voice.delivering.doing.ties import carried_out_by
from voice.web import cacheable, open_to_all

blueprint = Blueprint("doing", __name__)
FRESH: Final = 60  # seconds
WHOLE: Final = "all"
"""Stands for a priority in the address of an action that is of the whole plan; no priority of ours is called so."""


@blueprint.get("/plan/<code>/actions/<key>")
@open_to_all
@cacheable(FRESH)
def action(code: str, key: str) -> str:
    plan = plans.current_plan()
    found = plans.action(plan.id, key) if plan else None
    if plan is None or found is None or code != code_of(found):
        abort(404)
    priority = plans.priority_by_id(found.priority_id) if found.priority_id else None
    return render_template(
        "delivering/public/action.html",
        action=standing_of([found])[0],
        priority=priority,
        steps=milestones([found.id], dropped_too=True).get(found.id, []),
        history=history(found.id),
        carried=carried_out_by(found.id, plan.id),
    )


def code_of(facts: plans.ActionFacts) -> str:
    """What stands for its priority in an action’s address."""
    priority = plans.priority_by_id(facts.priority_id) if facts.priority_id else None
    return priority.code if priority else WHOLE


def address_of(each: ActionProgress) -> str:
    """Where everyone can read about an action."""
    return url_for("doing.action", code=code_of(each.facts), key=each.facts.key)
