"""Actions, their steps, what was said of them, and quarters, in every state, for the table of who may do what."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from tests.making import a_member, the
from voice import plans, storage
from voice.delivering.doing import actions, reports
from voice.delivering.doing.actions import Owning, Said
from voice.delivering.doing.rules import quarter_before, quarter_of

NOT_THERE = str(uuid.UUID(int=7))
States = dict[str, dict[str, str]]


def of_doings(the_one: Callable[[str], uuid.UUID]) -> dict[str, States]:
    """`action`, `action step`, `action news` and `quarter`. Every state of an action that is not another’s is told by `status`, as its form names it."""
    plan = plans.current_plan()
    assert plan
    theirs, others, nobodys = plans.actions_of(plan.id, plans.priorities(plan.id)[0].id)[:3]
    _give(theirs, the_one("answer_owner"))
    _give(others, a_member("partner", email="owns-another@matrix.example"))
    news = _news(theirs)
    step = _steps(theirs)
    storage.commit()
    named = {"theirs": theirs, "somebody else’s": others, "nobody’s": nobodys}
    return {
        "action": {**{state: _values(each) for state, each in named.items()}, "unknown": {"code": "1", "key": "nothing-of-ours"}},
        "action step": {state: {"key": theirs.key, "milestone_id": each, f"{each}-why": "It is not needed."} for state, each in step.items()},
        "action news": {state: {"key": theirs.key, "update_id": each, f"{each}-why": "It names a child."} for state, each in news.items()},
        "quarter": _quarters(plan),
    }


def _values(action: plans.ActionFacts) -> dict[str, str]:
    return {"code": "1", "key": action.key, f"{action.key}-status": "on_the_way"}


def _give(action: plans.ActionFacts, member_id: uuid.UUID) -> None:
    actions.give_action(action.id, Owning(role="Head of Help", organisation="The council", member_id=member_id), the("officer"))


def _news(action: plans.ActionFacts) -> dict[str, str]:
    said, down = (actions.say(action.id, Said(status="not_begun", words=words), the("officer")) for words in ("We begin in May.", "We asked Zennor."))
    actions.take_down(down, "It names somebody.", the("officer"))
    return {"said": str(said), "taken down": str(down), "unknown": NOT_THERE}


def _steps(action: plans.ActionFacts) -> dict[str, str]:
    due, officer = storage.today() + timedelta(days=40), the("officer")
    to_come, reached, dropped = (actions.add_milestone(action.id, words, due, officer) for words in ("A draft", "A list", "A bus"))
    actions.reach(action.id, reached, storage.today(), officer)
    actions.drop(action.id, dropped, "There is one.", officer)
    return {"to come": str(to_come), "reached": str(reached), "dropped": str(dropped), "unknown": NOT_THERE}


def _quarters(plan: plans.PlanFacts) -> States:
    going = quarter_of(storage.today())
    over = quarter_before(going)
    final = quarter_before(over)
    reports.make_final(plan, final, the("publisher"))
    storage.commit()
    found = {"goes on": going.code, "over": over.code, "final": final.code, "unknown": "2026-q7"}
    return {state: {"code": code} for state, code in found.items()}
