"""Reviews of a year: frozen, and a draft whose foreword waits for a second member's yes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from tests.making import a_member, the
from voice import plans, storage
from voice.delivering.yearly import actions

Values = Mapping[str, str]


def of_reviews() -> dict[str, Values]:
    plan, year = plans.current_plan(), storage.today().year
    assert plan
    writer, officer = a_member("board_member", email="foreword@demo.example"), the("officer")
    actions.begin(plan.id, year - 1, officer)
    told = actions.write_foreword(plan.id, year - 1, "We were heard, mostly.", writer)
    actions.freeze(plan, year - 1, plan.place, officer, without_foreword=True)
    actions.begin(plan.id, year, officer)
    waits = actions.write_foreword(plan.id, year, "We were heard.", writer)
    storage.commit()
    return {
        "frozen": _values(year - 1, told),
        "draft": _values(year, waits),
        "unknown": _values(1999, uuid.UUID(int=7)),
    }


def _values(year: int, foreword_id: uuid.UUID) -> Values:
    return {"year": str(year), "foreword_id": str(foreword_id), "part": "answers", "kind": "poster"}
