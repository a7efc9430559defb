"""The annual review: made, written to, led by the board's own words, corrected by a new edition; and its pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from flask import Flask

from tests.making import a_theme, an_answer, the
from tests.reading import Visitor
from tests.rooms.delivering.reviews_making import YEAR, a_draft, a_frozen_one, the_plan
from voice import plans, reviewing, storage
from voice.delivering.yearly import actions, queries
from voice.delivering.yearly.commands import review


def test_a_correction_is_a_new_edition_that_says_so(app: Flask, visitor: Visitor) -> None:
    plan, review_id = a_draft()
    actions.write(review_id, "answers", "Each stands beside what was said.", the("officer"))
    actions.freeze(plan, YEAR, plan.place, None, without_foreword=True)
    with pytest.raises(actions.NotNow):
        actions.write(review_id, "answers", "Something else.", the("officer"))
    with pytest.raises(ValueError, match="puts right"):
        actions.correct(plan.id, YEAR, " ", the("publisher"))
    second = actions.correct(plan.id, YEAR, "The name of a school was wrong.", the("publisher"))
    actions.freeze(plan, YEAR, plan.place, None, without_foreword=True)
    storage.commit()
    assert queries.document_of(second).linking == {"answers": "Each stands beside what was said."}
    page = visitor.open(f"/review/{YEAR}")
    assert "The name of a school was wrong." in page.words
    assert "The name of a school was wrong." not in visitor.open(f"/review/{YEAR}?edition=1").words


def test_a_year_to_come_has_no_review_and_a_draft_is_for_nobody(app: Flask, visitor: Visitor) -> None:
    plan, _review_id = a_draft()
    for year in (YEAR + 1, 1200):
        with pytest.raises(actions.NotNow):
            actions.begin(plan.id, year, None)
    for path in (f"/review/{YEAR}", f"/review/{YEAR}/for-children", f"/review/{YEAR}/poster.pdf", f"/review/{YEAR - 1}"):
        assert visitor.client.get(path).status_code == 404
    assert str(YEAR) not in visitor.open("/review").words


def test_every_action_of_the_plan_stands_on_the_page(app: Flask, visitor: Visitor) -> None:
    plan, _review_id = a_frozen_one()
    page = visitor.open(f"/review/{YEAR}").words
    for each in plans.all_actions(plan.id):
        assert each.words in page
    assert "No one has told us yet" in page


def test_what_is_in_the_review_is_what_its_own_page_says(app: Flask, visitor: Visitor) -> None:
    an_answer()
    a_frozen_one()
    plan = the_plan()
    held = queries.document_of(queries.reviews(plan.id)[0].id)
    assert held.answers
    for each in held.answers:
        page = visitor.open(f"/you-said-we-did/{each.slug}").words
        for words in (each.you_said, each.words, each.owner, each.organisation):
            assert words in page
        assert ("Many of you said this" if each.band == "many" else "Some of you said this") in page


def test_an_answer_of_another_year_is_in_another_review(app: Flask) -> None:
    an_answer()
    plan, _review_id = a_draft(YEAR - 1)
    assert queries.document_of(_review_id).answers == ()
    assert len(queries.document_of(actions.begin(plan.id, YEAR, None)).answers) == 1


def test_a_theme_that_waits_is_in_what_was_not_done(app: Flask) -> None:
    theme_id = a_theme()
    reviewing.mark_heard(theme_id, the("board_member"))
    _plan, review_id = a_draft()
    assert [each.since for each in queries.document_of(review_id).waiting] == [storage.today()]


def test_an_officer_makes_writes_and_freezes_it(app: Flask, signed_in: Callable[..., Visitor], visitor: Visitor) -> None:
    the_plan()
    officer = signed_in("officer", "publisher")
    officer.open("/work/review")
    officer.press("Make or open it", year=str(YEAR))
    officer.follow("You said, we did")
    officer.press("Keep these words", words="All of it in one place.")
    page = officer.press("Freeze the review", 400)
    assert "Look at it first" in page.words
    page = officer.press("Freeze the review", 409, looked="y")
    assert "lacks a yes" in page.words
    officer.press("Freeze the review", looked="y", without="y")
    found = visitor.open(f"/review/{YEAR}").words
    assert "All of it in one place." in found
    assert "The board has not written here this year." in found


def test_words_that_label_a_child_need_a_reason(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    a_draft()
    officer = signed_in("officer")
    officer.open(f"/work/review/{YEAR}?part=answers")
    page = officer.press("Keep these words", 400, words="Troubled families got help.")
    assert "may label a child" in page.words


def test_the_board_writes_and_a_second_member_says_yes(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    plan, _review_id = a_draft()
    one, two = signed_in("board_member", email="one@demo.example"), signed_in("board_member", email="two@demo.example")
    assert "Nobody has written them yet" in one.open("/board").words
    one.open(f"/board/foreword/{YEAR}")
    page = one.press("Give it to the board", words="We were heard, mostly.")
    assert "Yes, this speaks for the board" not in page.words
    two.open(f"/board/foreword/{YEAR}")
    two.press("Yes, this speaks for the board")
    found = queries.foreword_of(plan.id, YEAR)
    assert found
    assert found.words == "We were heard, mostly."


def test_pages_for_all_are_kept_by_their_mark(app: Flask) -> None:
    a_frozen_one()
    client = app.test_client()
    for path in ("/review", f"/review/{YEAR}", f"/review/{YEAR}/for-children", "/plan/for-children"):
        first = client.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in first.headers
        assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_command_makes_and_freezes(app: Flask) -> None:
    the_plan()
    storage.commit()  # the command has a transaction of its own
    told = CliRunner().invoke(review, ["make", str(YEAR)], obj=lambda: app)
    assert told.output.strip() == f"The review of {YEAR} is a draft, edition 1."
    refused = CliRunner().invoke(review, ["freeze", str(YEAR)], obj=lambda: app)
    assert refused.exit_code == 1
    assert "--without-foreword" in refused.output
    told = CliRunner().invoke(review, ["freeze", str(YEAR), "--without-foreword"], obj=lambda: app)
    assert "is frozen. Its digest:" in told.output
