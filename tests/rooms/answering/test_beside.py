"""What stands beside the words of an answer, as officers, the board, everyone and senders meet it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from tests.making import a_submission, a_theme, an_answer, the
from tests.reading import Page, Visitor
from voice import answering, reading, reviewing, storage, understanding

SignIn = Callable[..., Visitor]
TODAY = storage.today()
SOON = (TODAY + timedelta(days=30)).isoformat()


def _slug(theme_id: uuid.UUID) -> str:
    found = understanding.theme(theme_id)
    assert found
    slug: str = found.slug
    return slug


def _desk(theme_id: uuid.UUID, more: str = "") -> str:
    return f"/work/answers/{_slug(theme_id)}{more}"


def _everyone(visitor: Visitor, theme_id: uuid.UUID) -> Page:
    return visitor.open(f"/you-said-we-did/{_slug(theme_id)}")


def _say_again(answer_id: uuid.UUID) -> None:
    answering.send_to_board(answer_id, the("officer"))
    answering.judge(answer_id, the("board_member"), "fair")
    answering.publish(answer_id, the("publisher"))
    storage.commit()


def test_a_second_answer_shows_the_first_with_the_boards_word_on_it(signed_in: SignIn, visitor: Visitor) -> None:
    theme_id = a_theme(heard=True)
    answer_id = an_answer(theme_id, verdict="not_yet")
    officer = signed_in("officer")
    officer.open(_desk(theme_id))
    officer.press("Save, and send to the board", words="The last bus goes at ten now.")
    page = _everyone(visitor, theme_id)
    assert "We asked for later buses." in page.words
    assert "The last bus goes at ten now." not in page.words
    board = signed_in("board_member").open(f"/board/answers/{answer_id}")
    assert "The last bus goes at ten now." in board.one(".card.answer > .words").get_text()
    assert "Board says: not yet" in board.one(".before").get_text()
    answering.judge(answer_id, the("board_member"), "fair")
    answering.publish(answer_id, the("publisher"))
    storage.commit()
    page = _everyone(visitor, theme_id)
    assert "Board says: fair" in page.words
    before = page.one("details.before").get_text()
    assert "What we said before" in before
    assert "We asked for later buses." in before
    assert "Board says: not yet" in before


def test_a_new_answer_is_thrown_away_and_what_is_public_stays(signed_in: SignIn, visitor: Visitor) -> None:
    theme_id = a_theme(heard=True)
    an_answer(theme_id)
    officer = signed_in("officer")
    officer.open(_desk(theme_id))
    officer.press("Save the draft", words="Second thoughts.")
    page = officer.press("Throw the new words away and keep what is public")
    assert "Second thoughts." not in page.words
    assert "We asked for later buses." in _everyone(visitor, theme_id).words


def test_where_it_was_decided_is_named_and_linked(signed_in: SignIn, visitor: Visitor) -> None:
    theme_id, officer = a_theme(heard=True), signed_in("officer")
    said = {"state": "done", "words": "Done.", "evidence": "Look.", "owner_role": "Head", "organisation": "Council", "follow_up_on": SOON}
    for wrong, sentence in (
        ({"decided_by": "budget"}, "Say what it is called"),
        ({"decided_by": "budget", "decided_title": "Money", "decided_link": "javascript:alert(1)"}, "A link begins with https://"),
        ({"decided_by": "budget", "decided_title": "Money", "decided_link": "https://me:secret@council.example/"}, "A link begins with https://"),
        ({"decided_by": "", "decided_title": "Money"}, "Say what decided it"),
    ):
        officer.open(_desk(theme_id))
        page = officer.press("Save the draft", 400, **said, **wrong)
        assert sentence in page.words
        assert page.one("input[name=decided_title]")["value"] == wrong.get("decided_title", "")
    officer.press("Save the draft", decided_by="budget", decided_link="https://council.example/money")
    found = answering.answer_for(theme_id)
    assert found
    assert found.where_decided == answering.WhereDecided("budget", "Money", "https://council.example/money")
    _say_again(found.id)
    link = _everyone(visitor, theme_id).one("a[href='https://council.example/money']")
    assert link.get_text() == "Money"


def test_one_answer_to_two_themes_is_shown_at_both(signed_in: SignIn, visitor: Visitor) -> None:
    first, second = a_theme(heard=True), a_theme("The park is dark.", heard=True)
    answer_id = an_answer(first, published=False)
    officer = signed_in("officer")
    officer.open(_desk(first, "/themes"))
    assert "Choose what young people said." in officer.press("Add it", 400).words
    page = officer.press("Add it", theme=str(second))
    assert page.words.count("Not public here yet") == 2
    assert "The park is dark." in officer.open(_desk(first)).words
    _say_again(answer_id)
    for mine, other in ((first, "The park is dark."), (second, "Buses stop too early for us.")):
        assert other in _everyone(visitor, mine).one("[aria-labelledby=also-title]").get_text()
    board = signed_in("board_member").open(f"/board/answers/{answer_id}")
    assert "One answer to 2 things young people said." in board.words
    assert "The park is dark." in board.words


def test_a_theme_elsewhere_that_stops_it_is_named(signed_in: SignIn) -> None:
    first, disputed = a_theme(heard=True), a_theme("The park is dark.", heard=True)
    answer_id = an_answer(first, published=False)
    answering.add_theme(answer_id, disputed, the("officer"))
    reviewing.object_to(disputed, "They said the path.", the("board_member"))
    storage.commit()
    publisher = signed_in("publisher")
    publisher.open(_desk(first))
    refused = publisher.press("Publish", 409).one("[role=alert]").get_text(" ")
    assert "The park is dark." in refused
    assert "on its own page" in refused


def test_steps_are_named_and_said_to_be_reached_or_not(signed_in: SignIn, visitor: Visitor) -> None:
    theme_id = a_theme(heard=True)
    an_answer(theme_id)
    officer = signed_in("officer")
    officer.open(_desk(theme_id, "/milestones"))
    page = officer.press("Add the step", 400, words="Four stops have lights")
    assert "Name the day by which it will be there." in page.words
    assert page.one("input[name=words]")["value"] == "Four stops have lights"
    officer.press("Add the step", due_on=SOON)
    answer = answering.answer_for(theme_id)
    assert answer
    step = answer.milestones[0].id
    page = officer.press("It was not reached", 400)
    assert "Say why." in page.words
    officer.press("It was not reached", **{f"{step}-why_not": "The poles came late."})
    assert "Not done. Why: The poles came late." in _everyone(visitor, theme_id).words
    page = officer.press("It was reached", 400, **{f"{step}-reached_on": (TODAY + timedelta(days=3)).isoformat()})
    assert "This day is still to come." in page.words
    officer.press("It was reached", **{f"{step}-reached_on": TODAY.isoformat()})
    assert "Done on" in _everyone(visitor, theme_id).words
    assert "Take this step away" not in officer.open(_desk(theme_id, "/milestones")).words


def test_what_became_of_it_is_told_to_everyone(signed_in: SignIn, visitor: Visitor) -> None:
    theme_id = a_theme(heard=True)
    an_answer(theme_id, follow_up_on=TODAY - timedelta(days=1))
    assert "We are late." in _everyone(visitor, theme_id).words
    officer = signed_in("officer")
    for wrong, sentence in (
        ({"words": "Some of it."}, "Choose one: it happened"),
        ({"outcome": "happened", "words": "It did."}, "Say how anyone can see that it happened."),
        ({"outcome": "not", "words": "No.", "next_on": ""}, "or say below why you do not"),
        ({"outcome": "not", "words": "No.", "next_on": TODAY.isoformat()}, "Choose a day to come."),
    ):
        officer.open(_desk(theme_id, "/follow-up"))
        page = officer.press("Tell everyone", 400, **wrong)
        assert sentence in page.words
        assert wrong["words"] in page.one("textarea[name=words]").get_text()
    officer.press("Tell everyone", outcome="partly", words="Three of four.", next_on=SOON)
    page = _everyone(visitor, theme_id)
    assert "Some of it happened" in page.words
    assert "Three of four." in page.words
    assert "We are late." not in page.words
    officer.open(_desk(theme_id, "/follow-up"))
    officer.press("Tell everyone", outcome="happened", words="All four.", evidence="Go and look.", next_on="")
    assert "We have looked again. This is how it ended." in _everyone(visitor, theme_id).words


def test_nothing_is_followed_up_before_it_is_public(signed_in: SignIn) -> None:
    theme_id = a_theme(heard=True)
    an_answer(theme_id, published=False)
    signed_in("officer").open(_desk(theme_id, "/follow-up"), 404)


def test_a_receipt_tells_all_of_it_and_an_answer_to_two_things_once(app: Flask, visitor: Visitor) -> None:
    sent = [a_submission(f"Words {number}.") for number in range(3)]
    views = [each.view_ids[0] for each in sent]
    reading.clear(views, the("officer"))
    first, second = a_theme(views=views, heard=True), a_theme("The park is dark.", views=views, heard=True)
    answer_id, by = an_answer(first, verdict="not_yet", words="Our first words."), the("officer")
    an_answer(first, published=False, words="Our second words.", decided_by="meeting", decided_title="Cabinet in May")
    answering.add_theme(answer_id, second, by)
    answering.reached(answering.add_milestone(answer_id, "The lamps came", TODAY, by), TODAY, by)
    _say_again(answer_id)
    answering.follow_up(answer_id, answering.Became(outcome="partly", words="Half of it is there.", next_on=TODAY + timedelta(days=9)), by)
    storage.commit()
    visitor.open("/your-receipt")
    page = visitor.press("See what we did", word=list(sent[0].words))
    for words in ("Our second words.", "Our first words.", "Board says: not yet", "Cabinet in May", "The lamps came", "Half of it is there."):
        assert page.words.count(words) == 1, words
    assert "One answer is for both. You can read it above." in page.words
    assert len(page.soup.select("button[value=not_good_enough]")) == 1
