"""The board's room, as a board member meets it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from tests.making import a_submission, a_theme, a_view, the
from tests.reading import Visitor
from voice import keeping, reading, reviewing, safeguarding, storage, understanding

SignIn = Callable[..., Visitor]
SAID = "Buses stop too early for us."


def _theme(*views: uuid.UUID) -> tuple[uuid.UUID, str]:
    theme_id = a_theme(SAID, views=views) if views else a_theme(SAID)
    found = understanding.theme(theme_id)
    assert found
    return theme_id, f"/board/{found.slug}"


def _everything_on(board: Visitor, address: str) -> str:
    """All that a board member can read of a theme: the list and every card."""
    pages = [board.open("/board").raw] + [board.open(f"{address}?card={number}").raw for number in range(1, 6)]
    return b"".join(pages).decode()


def test_a_board_member_hears_a_theme_a_card_at_a_time(signed_in: SignIn) -> None:
    theme_id, _address = _theme(a_view("The last bus goes at six."), a_view("The bus is full after drama."), a_view("No bus on Sunday."))
    board = signed_in("board_member")
    page = board.open("/board")
    assert "To hear" in page.words
    page = board.follow(SAID)
    assert page.heading == "Card 1 of 3"
    assert "Some words may be hard to read" in page.words
    said = [page.one(".card .words").get_text()]
    for _card in range(2):
        page = board.follow("Next card")
        said.append(page.one(".card .words").get_text())
    assert sorted(said) == ["“No bus on Sunday.”", "“The bus is full after drama.”", "“The last bus goes at six.”"]
    assert "Pass" in page.words
    page = board.press("Mark it heard")
    assert page.heading == "Card 3 of 3"
    assert "The board heard this on" in page.words
    assert theme_id in reviewing.heard_on([theme_id])
    assert "Nothing is waiting to be heard" in board.open("/board").words


def test_a_card_shows_the_week_and_the_age_but_never_the_day_or_the_place(signed_in: SignIn) -> None:
    facts = keeping.Facts(age_band="14_16", place="leominster")
    view_id = a_view("It is dark at the stop.", facts=facts)
    _id, address = _theme(view_id)
    board = signed_in("board_member")
    card = board.open(address).one(".card").get_text(" ")
    assert "Aged 14 to 16" in card
    assert "The week of" in card
    assert "leominster" not in board.open(address).raw.decode().lower()
    assert str(view_id) not in _everything_on(board, address)


def test_what_nobody_cleared_is_on_no_page_and_in_no_count(signed_in: SignIn) -> None:
    unread = a_view("Nobody has read KESTREL yet.", cleared=False)
    withheld = a_view("Mr HERON gives long homework.", cleared=False)
    reading.withhold(withheld, "names_someone", the("officer"))
    held = a_view("The WAGTAIL club is shut.")
    kept = a_submission("Later words PLOVER.")
    reading.clear(list(kept.view_ids), the("officer"))
    later = kept.view_ids[0]
    storage.commit()
    for view_id in (held, later):
        safeguarding.raise_concern(keeping.raw_views([view_id])[0].submission_id, the("officer"), "A worry")
    storage.commit()
    _id, address = _theme(a_view("A plain one."), unread, withheld, held, later)
    board = signed_in("board_member")
    everything = _everything_on(board, address)
    assert not [word for word in ("KESTREL", "HERON", "WAGTAIL", "PLOVER") if word in everything]
    page = board.open(address)
    assert page.heading == "Card 1 of 1"
    assert page.words.count("Because they name someone") == 1


def test_a_held_view_is_not_counted_among_those_held_back(app: Flask) -> None:
    view_id = a_view("Mr HERON gives long homework.", cleared=False)
    reading.withhold(view_id, "names_someone", the("officer"))
    theme_id = a_theme(views=[a_view(), view_id])
    assert reading.withheld_reasons(understanding.theme_views(theme_id)) == {"names_someone": 1}
    safeguarding.raise_concern(keeping.raw_views([view_id])[0].submission_id, the("officer"), "A worry")
    storage.commit()
    assert reading.withheld_reasons(understanding.theme_views(theme_id)) == {}


def test_a_worry_about_someone_is_held_back_for_another_reason(signed_in: SignIn) -> None:
    views = [a_view(f"Words {number}.", cleared=False) for number in range(3)]
    for view_id in views:
        reading.withhold(view_id, "someone_at_risk", the("officer"))
    storage.commit()
    _id, address = _theme(a_view(), *views)
    words = signed_in("board_member").open(address).words
    assert "Because of something else" in words
    assert "risk" not in words


def test_a_theme_with_nothing_to_show_is_not_on_the_list(signed_in: SignIn) -> None:
    _id, address = _theme(a_view(cleared=False))
    board = signed_in("board_member")
    assert SAID not in board.open("/board").words
    board.open(address, 404)


def test_words_that_were_taken_out_are_marked_as_such(signed_in: SignIn) -> None:
    _id, address = _theme(a_view("I wait by the mill.", shown_words="I wait by […]."))
    page = signed_in("board_member").open(address)
    assert "mill" not in page.words
    assert "is where we took words out" in page.words


def test_a_vote_is_private_and_passing_takes_it_back(app: Flask, signed_in: SignIn) -> None:
    theme_id, address = _theme()
    one, two = signed_in("board_member", email="one@demo.example"), signed_in("board_member", email="two@demo.example")
    one.open(address)
    page = one.press("A great deal")
    assert page.one(".vote[aria-pressed=true]").get_text(strip=True) == "A great deal"
    assert "1 of you has said" in page.words
    assert "Only you see this" in page.words
    page = two.open(address)
    assert not page.soup.select(".vote[aria-pressed=true]")
    assert "1 of you has said" in page.words
    two.press("A little")
    assert "2 of you have said" in one.open(address).words
    page = one.press("Pass: take my vote back")
    assert "1 of you has said" in page.words
    assert reviewing.tally(theme_id) == 1


def test_heard_themes_stand_in_the_order_of_what_matters(signed_in: SignIn) -> None:
    little, much = a_theme("Clubs cost too much.", heard=True), a_theme("The park is dark.", heard=True)
    member = the("board_member")
    reviewing.vote(little, member, 1)
    reviewing.vote(much, member, 3)
    storage.commit()
    page = signed_in("board_member").open("/board")
    assert [each.get_text() for each in page.soup.select("section[aria-labelledby=heard] a")] == ["“The park is dark.”", "“Clubs cost too much.”"]


def test_the_board_writes_its_own_words(signed_in: SignIn) -> None:
    theme_id, address = _theme()
    board = signed_in("board_member")
    board.open(address)
    page = board.press("Save the board’s words", 400, words="   ")
    assert "Write a few words first" in page.words
    page = board.press("Save the board’s words", 400, words="x" * 601)
    assert page.one("textarea[name=words]").get_text() == "x" * 601
    page = board.press("Save the board’s words", words="Safe buses come first.")
    assert "Safe buses come first." in page.words
    assert reviewing.board_words([theme_id]) == {theme_id: "Safe buses come first."}


def test_the_board_says_that_is_not_what_they_said(signed_in: SignIn) -> None:
    theme_id, address = _theme()
    board = signed_in("board_member")
    board.open(address)
    page = board.press("Say so", 400)
    assert "Say what is wrong with the sentence" in page.words
    assert not reviewing.open_objection(theme_id)
    page = board.press("Say so", objection="They asked for later buses, not more.")
    assert "They asked for later buses, not more." in page.words
    assert reviewing.open_objection(theme_id)
    assert "waits to be settled" in board.open("/board").words


def test_a_board_worker_reads_along_and_cannot_vote(signed_in: SignIn) -> None:
    _id, address = _theme()
    worker = signed_in("board_worker")
    page = worker.open(address)
    assert not page.soup.select("main form")
    assert worker.client.post(f"{address}/vote", data={"weight": "3"}).status_code in (400, 403)


def test_a_vote_of_another_weight_is_refused(signed_in: SignIn) -> None:
    _id, address = _theme()
    board = signed_in("board_member")
    token = board.open(address).soup.select("[name=csrf_token]")[0]["value"]
    assert board.client.post(f"{address}/vote", data={"weight": "4", "csrf_token": token}).status_code == 400


@pytest.mark.parametrize("role", ["officer", "publisher", "answer_owner"])
def test_others_do_not_come_into_the_room(signed_in: SignIn, role: str) -> None:
    _id, address = _theme()
    other = signed_in(role)
    other.open("/board", 403)
    other.open(address, 403)


def test_someone_who_is_not_signed_in_is_asked_to(visitor: Visitor) -> None:
    _id, address = _theme()
    assert visitor.open(address).heading == "Sign in"


def test_nothing_in_the_room_can_be_downloaded(signed_in: SignIn) -> None:
    _id, address = _theme()
    board = signed_in("board_member")
    for page in (board.open("/board"), board.open(address)):
        assert not page.soup.select("a[download], a[href^=mailto], a[href^=data]")
        assert page.headers["Cache-Control"] == "no-store"
