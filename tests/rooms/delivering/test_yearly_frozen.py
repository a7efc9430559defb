"""What is frozen stays, byte by byte, and so do the board's own words: on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from tests.making import a_member, an_answer, the
from tests.reading import Visitor
from tests.rooms.delivering.reviews_making import YEAR, a_draft, a_frozen_one, as_kept, the_board
from voice import answering, plans, storage
from voice.delivering.yearly import actions, queries
from voice.delivering.yearly.documents import digest_of, packed


def test_a_frozen_review_never_changes_whatever_changes_after(app: Flask, visitor: Visitor) -> None:
    answer_id = an_answer()
    plan, review_id = a_frozen_one()
    before, page = as_kept(review_id), visitor.open(f"/review/{YEAR}").raw
    plans.import_plan(plans.document_of(plan.id) | {"title": "Another title", "priorities": []})
    for name in ("later", "latest"):
        answering.judge(answer_id, a_member("board_member", email=f"{name}@demo.example"), "not_answered")
    storage.commit()
    assert as_kept(review_id) == before
    assert visitor.open(f"/review/{YEAR}").raw == page
    held = queries.document_of(review_id)
    assert digest_of(packed(held)) == next(each.digest for each in queries.reviews(plan.id))


@pytest.mark.parametrize("act", ["UPDATE yearly_review SET digest = 'x'", "UPDATE yearly_review SET year = 2001", "DELETE FROM yearly_review"])
def test_the_database_lets_nobody_change_what_is_frozen(app: Flask, act: str) -> None:
    a_frozen_one()
    with pytest.raises(Exception, match="a frozen review stays"):
        storage.session().execute(text(act))
    storage.session().rollback()


@pytest.mark.parametrize(
    "act", ["UPDATE review_foreword SET words = 'Ours'", "DELETE FROM review_foreword", "UPDATE review_foreword SET year = 2001"]
)
def test_the_database_lets_nobody_change_what_the_board_wrote(app: Flask, act: str) -> None:
    plan, _review_id = a_draft()
    actions.write_foreword(plan.id, YEAR, "Ours.", the_board()[0])
    storage.commit()
    with pytest.raises(Exception, match="as they were written"):
        storage.session().execute(text(act))
    storage.session().rollback()


def test_nobody_says_yes_to_their_own_foreword_and_no_officer_to_any(app: Flask) -> None:
    plan, _review_id = a_draft()
    one, two = the_board()
    foreword = actions.write_foreword(plan.id, YEAR, "Ours.", one)
    for who in (one, the("officer")):
        with pytest.raises(actions.NotNow):
            actions.approve_foreword(foreword, who)
    with pytest.raises(actions.NotNow):
        actions.write_foreword(plan.id, YEAR, "Theirs.", the("officer"))
    with pytest.raises(actions.NotNow, match="no_foreword"):
        actions.freeze(plan, YEAR, plan.place, None)
    actions.approve_foreword(foreword, two)
    newer = actions.write_foreword(plan.id, YEAR, "Not yet everyone’s.", one)
    assert newer
    actions.freeze(plan, YEAR, plan.place, None)
    held = queries.document_of(queries.reviews(plan.id)[0].id)
    assert held.foreword
    assert held.foreword.words == "Ours."
