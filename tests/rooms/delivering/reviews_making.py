"""Reviews of a year, made through their own door."""

from __future__ import annotations

import uuid

from sqlalchemy import text

from tests.making import a_member, a_plan, the
from voice import plans, storage
from voice.delivering.yearly import actions

YEAR = storage.today().year


def the_plan() -> plans.PlanFacts:
    a_plan()
    found = plans.current_plan()
    assert found
    return found


def a_draft(year: int = YEAR) -> tuple[plans.PlanFacts, uuid.UUID]:
    plan = the_plan()
    review_id = actions.begin(plan.id, year, the("officer"))
    storage.commit()
    return plan, review_id


def the_board() -> tuple[uuid.UUID, uuid.UUID]:
    return a_member("board_member", email="one@demo.example"), a_member("board_member", email="two@demo.example")


def a_frozen_one(year: int = YEAR) -> tuple[plans.PlanFacts, uuid.UUID]:
    plan, review_id = a_draft(year)
    actions.freeze(plan, year, plan.place, the("publisher"), without_foreword=True)
    storage.commit()
    return plan, review_id


def as_kept(review_id: uuid.UUID) -> str:
    """The bytes that the database holds."""
    on = storage.session()
    bound = review_id.hex if on.get_bind().dialect.name == "sqlite" else str(review_id)
    return str(on.execute(text("SELECT CAST(document AS TEXT) FROM yearly_review WHERE CAST(id AS TEXT) = :id"), {"id": bound}).scalar_one())
