"""The board's account of a term makes itself, is put into the board's own words, let out by a second member, and stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.making import a_theme, a_view, an_answer, member_visitor, the
from tests.reading import Visitor
from tests.rooms.reviewing.councils.test_pages import SAID, a_decision, a_school
from tests.rooms.reviewing.drafts.test_pages import a_draft
from voice import reviewing, storage, understanding
from voice.reviewing.drafts import actions as draft_actions
from voice.reviewing.drafts import queries as drafts
from voice.reviewing.termly import actions, composing, queries

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


def a_term_of_work(app: Flask) -> None:
    """A theme heard, weighed, spoken on and answered; one that too few said; a draft; a council's decision."""
    theme, member = a_theme(heard=True), the("board_member")
    reviewing.vote(theme, member, 3)
    reviewing.write_words(theme, "Start with the last bus.", member)
    a_theme("One of us has no bus at all.", views=[a_view("i have no bus")], heard=True)
    an_answer(theme)
    draft = a_draft(None, "Buses")
    draft_actions.write_words(draft.id, drafts.WHOLE, "A good start, be braver.", 0, member)
    draft_actions.write_words(draft.id, 1, "Say which buses.", 0, member)
    draft_actions.close(draft.id, member)
    _school, council = a_school(app)
    a_decision(council)
    a_decision(council, through=False)
    storage.commit()


def test_it_makes_itself_of_what_everyone_may_read(app: Flask) -> None:
    a_term_of_work(app)
    lines = composing.lines(queries.terms_lately()[0])
    told = {part: [each.title for each in lines if each.part == part] for part in ("heard", "mattered", "words", "answers", "drafts", "councils")}
    assert told["heard"] == told["mattered"] == told["words"] == told["answers"] == ["Buses stop too early for us."], "too few said the other"
    assert told["drafts"] == ["Getting about", "Getting about: Buses"]
    assert told["councils"] == [SAID["asked_for"]], "what no officer read is in it"
    assert not any("Academy" in str(each) for each in lines), "a school is named"
    assert composing.lines(queries.terms_lately()[1]) == []


def test_the_board_writes_it_another_member_lets_it_out_and_it_stays(app: Flask, signed_in: Callable[..., Visitor], visitor: Visitor) -> None:
    a_term_of_work(app)
    one, other = signed_in("board_member"), member_visitor(app, ["board_member"], "other@demo.example")
    slug = queries.terms_lately()[0].slug
    visitor.open(f"/from-the-board/{slug}", status=404)
    theme = understanding.theme_by_slug("buses-stop-too-early-for-us")
    assert theme
    page = one.open(f"/board/account/{slug}")
    keep = [str(each["value"]) for each in page.soup.select("input[name=keep][checked]")]
    page = one.press("Save it", status=400, hello="x" * 900)
    assert "Make it shorter" in page.words
    assert "x" * 900 in page.one("textarea#hello").text
    page = one.press("Save it", hello="Hi, we are the Shadow Board.", keep=[each for each in keep if not each.startswith("draft")])
    assert "Another member reads it" in page.words
    with pytest.raises(actions.NeedsAnother):
        actions.approve(queries.terms_lately()[0], 1, queries.in_the_making(queries.terms_lately()[0]).changed_by or the("board_member"))
    storage.session().rollback()
    other.open(f"/board/account/{slug}")
    other.press("Let it out as it is saved")
    page = visitor.open(f"/from-the-board/{slug}")
    for words in ("Hi, we are the Shadow Board.", "Buses stop too early", "Start with the last bus.", SAID["asked_for"], "From a school council"):
        assert words in page.words
    assert "be braver" not in page.words, "what was left out is in it"
    assert "no bus at all" not in page.words
    assert slug in str(visitor.open("/from-the-board").soup)
    reviewing.write_words(theme.id, "Other words now.", the("board_member"))
    storage.commit()
    assert "Other words now." not in visitor.open(f"/from-the-board/{slug}").words
    page = one.open(f"/board/account/{slug}")
    assert "stays as it is" in page.words
    assert not page.soup.select("textarea")
    with pytest.raises(actions.IsOut):
        actions.save(queries.terms_lately()[0], {}, (), 1, the("board_member"))


def test_two_who_write_lose_nothing_and_names_are_looked_at_twice(app: Flask, signed_in: Callable[..., Visitor]) -> None:
    one, other = signed_in("board_member"), member_visitor(app, ["board_member"], "other@demo.example")
    slug = queries.terms_lately()[0].slug
    one.open(f"/board/account/{slug}")
    other.open(f"/board/account/{slug}")
    one.press("Save it", hello="Thank you, Mrs Pendragon.")
    page = other.press("Save it", hello="Hello from all of us.", status=409)
    assert "Mrs Pendragon" in page.words
    assert "Hello from all of us." in page.one("textarea#hello").text
    page = other.open(f"/board/account/{slug}")
    assert "may name someone" in page.words
    other.press("Let it out as it is saved", status=400)
    assert reviewing.account(slug) is None
    other.press("Let it out as it is saved", looked="yes")
    assert reviewing.account(slug)


def test_it_is_on_paper_too(app: Flask, visitor: Visitor) -> None:
    a_term_of_work(app)
    term = queries.terms_lately()[0]
    actions.save(term, {"next": "We meet again in June."}, (), 0, the("board_member"))
    actions.approve(term, 1, the("officer"))
    storage.commit()
    reply = visitor.client.get(f"/from-the-board/{term.slug}/paper.pdf")
    assert reply.status_code == 200
    assert reply.data.startswith(b"%PDF")
    assert reply.headers["Cache-Control"].startswith("public")
