"""The answers desk and the board's verdict, as those who work there meet them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.making import a_submission, a_theme, a_view, an_answer, the
from tests.reading import Page, Visitor
from voice import answering, reviewing, storage, understanding
from voice.answering.models import Answer
from voice.reviewing.models import Hearing

SignIn = Callable[..., Visitor]
SAID = "Buses stop too early for us."
TODAY = storage.today()
USUAL = {
    "words": "The last bus will go at nine.",
    "owner_role": "Head of Transport",
    "organisation": "Herefordshire Council",
    "follow_up_on": (TODAY + timedelta(days=90)).isoformat(),
}
SOON = (TODAY + timedelta(days=60)).isoformat()


def _address(theme_id: uuid.UUID) -> str:
    found = understanding.theme(theme_id)
    assert found
    return f"/work/answers/{found.slug}"


def _answer(theme_id: uuid.UUID) -> answering.AnswerFacts:
    storage.session().expire_all()
    found = answering.answer_for(theme_id)
    assert found
    return found


def _owners(*theme_ids: uuid.UUID) -> None:
    for each in theme_ids:
        answering.give(each, the("answer_owner"), the("officer"))
    storage.commit()


def _fill(desk: Visitor, theme_id: uuid.UUID, status: int = 200, button: str = "Save, and send to the board", **fields: str) -> Page:
    desk.open(_address(theme_id))
    return desk.press(button, status, **{**USUAL, **fields})


def sign_in_as_owner(signed_in: SignIn) -> Visitor:
    return signed_in("answer_owner", email="the-answer_owner@demo.example")


def _sent_days_ago(answer_id: uuid.UUID, days: int) -> None:
    row = storage.session().get_one(Answer, answer_id)
    row.sent_to_board_on = storage.today() - timedelta(days=days)
    storage.commit()


def test_what_waits_longest_comes_first(signed_in: SignIn) -> None:
    for said, days in (("Clubs cost too much.", 3), ("The park is dark.", 9)):
        theme_id = a_theme(said, heard=True)
        storage.session().get_one(Hearing, theme_id).heard_on = TODAY - timedelta(days=days)
        _owners(theme_id)
    page = sign_in_as_owner(signed_in).open("/work/answers")
    assert [each.get_text() for each in page.soup.select("[aria-labelledby=stage-unanswered] a")] == ["“The park is dark.”", "“Clubs cost too much.”"]
    assert page.one(".deskbar [aria-current] .num").get_text() == "2"


def test_every_theme_stands_where_it_is(signed_in: SignIn) -> None:
    an_answer(a_theme("A draft one.", heard=True), published=False)
    sent = an_answer(a_theme("A sent one.", heard=True), published=False)
    ready = an_answer(a_theme("A ready one.", heard=True), published=False)
    for answer_id in (sent, ready):
        answering.send_to_board(answer_id, the("officer"))
    answering.judge(ready, the("board_member"), "fair")
    an_answer(a_theme("An old one.", heard=True), follow_up_on=TODAY - timedelta(days=1))
    an_answer(a_theme("A public one.", heard=True))
    a_theme("A new one.")
    storage.commit()
    page = signed_in("officer").open("/work/answers")
    stands = {
        stage: [each.get_text() for each in page.soup.select(f"[aria-labelledby=stage-{stage}] a")] for stage in ("draft", "with_board", "ready")
    }
    assert stands == {"draft": ["“A draft one.”"], "with_board": ["“A sent one.”"], "ready": ["“A ready one.”"]}
    for stage, said in (("overdue", "An old one."), ("out", "A public one."), ("unheard", "A new one.")):
        assert page.one(f"[aria-labelledby=stage-{stage}] a").get_text() == f"“{said}”"


def test_a_cant_without_a_reason_is_refused_and_nothing_typed_is_lost(signed_in: SignIn) -> None:
    theme_id, desk = a_theme(heard=True), sign_in_as_owner(signed_in)
    _owners(theme_id)
    page = _fill(desk, theme_id, 400, state="cant", instead="We asked those who own it.")
    assert "Say why you can’t" in page.words
    assert "The last bus will go at nine." in page.one("textarea[name=words]").get_text()
    assert page.one("textarea[name=instead]").get_text() == "We asked those who own it."
    assert page.one("input[name=state][value=cant]").has_attr("checked")
    assert answering.answer_for(theme_id) is None
    desk.press("Save the draft", because="The road is not ours.")
    assert "A draft" in signed_in("officer").open(f"/work/themes/{understanding.theme(theme_id).slug}").words  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("state", "fields", "sentence"),
    [
        ("cant", {"because": "The road is not ours."}, "Say what happens instead"),
        ("done", {}, "Say how anyone can see that it is done"),
        ("doing", {}, "Name the day by which it will be done"),
        ("will", {"due_on": (TODAY - timedelta(days=1)).isoformat()}, "This day is over"),
        ("will", {"due_on": "soon"}, "Type a day as year, month, day"),
        ("will", {"due_on": SOON, "owner_role": " "}, "Name the role that answers for it"),
        ("will", {"due_on": SOON, "organisation": ""}, "Name the organisation"),
        ("will", {"due_on": SOON, "words": ""}, "Write the answer"),
        ("will", {"due_on": SOON, "follow_up_on": ""}, "Name the day on which you look again"),
        ("will", {"due_on": SOON, "follow_up_on": (TODAY + timedelta(days=200)).isoformat()}, "6 months from now at the latest"),
        ("", {}, "Choose one: done, doing, will do, or can’t"),
    ],
)
def test_each_missing_part_is_asked_for(signed_in: SignIn, state: str, fields: dict[str, str], sentence: str) -> None:
    theme_id, desk = a_theme(heard=True), signed_in("officer")
    page = _fill(desk, theme_id, 400, **({"state": state} if state else {}), **fields)
    assert sentence in page.words
    assert answering.answer_for(theme_id) is None


def test_what_an_answer_has_no_place_for_is_left_out(signed_in: SignIn) -> None:
    theme_id = a_theme(heard=True)
    _fill(signed_in("officer"), theme_id, button="Save the draft", state="done", evidence="The timetable", because="Left over", due_on=SOON)
    found = _answer(theme_id)
    assert (found.because, found.due_on, found.evidence, found.sent_to_board_on) == (None, None, "The timetable", None)


def test_an_answer_goes_to_the_board_and_out_once_judged(signed_in: SignIn) -> None:
    theme_id, owner = a_theme(heard=True), sign_in_as_owner(signed_in)
    _owners(theme_id)
    page = _fill(owner, theme_id, state="will", due_on=SOON)
    assert "The board has it." in page.words
    publisher, board = signed_in("publisher"), signed_in("board_member")
    publisher.open(_address(theme_id))
    page = publisher.press("Publish", 409)
    assert "It may go out once the board has judged it, or on" in page.one("[role=alert]").get_text(" ")
    assert _answer(theme_id).published_on is None
    page = board.open("/board")
    assert "7 days left to judge it" in page.words
    page = board.follow(SAID)
    assert page.heading == "Is this answer fair?"
    assert "The last bus will go at nine." in page.words
    page = board.press("Not yet")
    assert page.one(".vote[aria-pressed=true]").get_text(strip=True) == "Not yet"
    publisher.open(_address(theme_id))
    page = publisher.press("Publish")
    assert "Published" in page.words
    assert "Board says: not yet" in page.words
    board.open("/board")
    board.follow(SAID)
    board.press("Fair")
    assert _answer(theme_id).verdict == "fair"


def test_after_seven_days_of_silence_it_may_go_out_not_judged(signed_in: SignIn) -> None:
    theme_id, publisher = a_theme(heard=True), signed_in("publisher")
    answer_id = an_answer(theme_id, published=False)
    _sent_days_ago(answer_id, answering.BOARD_DAYS - 1)
    publisher.open(_address(theme_id))
    publisher.press("Publish", 409)
    _sent_days_ago(answer_id, answering.BOARD_DAYS)
    page = publisher.open(_address(theme_id))
    assert "the page will say “not judged yet”" in page.words
    page = publisher.press("Publish")
    assert "Board: not judged yet" in page.words


def test_a_draft_the_board_has_not_seen_does_not_go_out(signed_in: SignIn) -> None:
    theme_id, publisher = a_theme(heard=True), signed_in("publisher")
    an_answer(theme_id, published=False)
    publisher.open(_address(theme_id))
    assert "The board has not seen it" in publisher.press("Publish", 409).words
    publisher.press("Send the saved draft to the board")
    assert _answer(theme_id).sent_to_board_on == TODAY


def test_what_too_few_said_stays_inside(signed_in: SignIn) -> None:
    theme_id, publisher = a_theme(views=[a_view(), a_view()], heard=True), signed_in("publisher")
    an_answer(theme_id, published=False)
    publisher.open(_address(theme_id))
    assert "Fewer than three people said this" in publisher.press("Publish", 409).words


def test_an_objection_stops_it_until_it_is_settled(signed_in: SignIn) -> None:
    theme_id = a_theme(heard=True)
    answer_id = an_answer(theme_id, published=False)
    answering.send_to_board(answer_id, the("officer"))
    answering.judge(answer_id, the("board_member"), "fair")
    reviewing.object_to(theme_id, "They asked for later buses.", the("board_member"))
    storage.commit()
    publisher = signed_in("publisher")
    publisher.open(_address(theme_id))
    page = publisher.press("Publish", 409)
    assert "Settle that first" in page.words
    assert "They asked for later buses." in page.words
    page = publisher.press("Settle it", 400)
    assert "Tell the board what you did" in page.words
    prefix = str(reviewing.objections(theme_id)[0].id)
    page = publisher.press("Settle it", **{f"{prefix}-you_said": "We want later buses.", f"{prefix}-settlement": "You are right. We put it right."})
    assert "We want later buses." in page.words
    assert "You are right. We put it right." in page.words
    publisher.press("Publish")
    assert _answer(theme_id).published_on == TODAY


def test_words_that_change_go_to_the_board_again(signed_in: SignIn) -> None:
    theme_id = a_theme(heard=True)
    answer_id = an_answer(theme_id)
    officer = signed_in("officer")
    assert "What is public stays public until the new one is." in officer.open(_address(theme_id)).words
    officer.press("Save, and send to the board", words="We changed our mind.")
    found = _answer(theme_id)
    assert (found.published_on, found.verdict) == (None, None)
    assert [(each.words, each.verdict) for each in found.history] == [("We asked for later buses.", "fair")]
    public = answering.public_answer(theme_id)
    assert public
    assert (public.words, public.verdict, public.history) == ("We asked for later buses.", "fair", ())
    with pytest.raises(answering.CannotPublish, match="with_board"):
        answering.publish(answer_id, the("officer"))


def test_an_answer_owner_cannot_publish(signed_in: SignIn) -> None:
    theme_id, owner = a_theme(heard=True), sign_in_as_owner(signed_in)
    _owners(theme_id)
    answer_id = an_answer(theme_id, published=False)
    _sent_days_ago(answer_id, answering.BOARD_DAYS)
    page = owner.open(_address(theme_id))
    assert "A publisher sends it out." in page.words
    assert not [each for each in page.soup.select("button") if each.get_text(strip=True) == "Publish"]
    token = page.soup.select("[name=csrf_token]")[0]["value"]
    assert owner.client.post(f"{_address(theme_id)}/publish", data={"csrf_token": token}).status_code == 403
    assert _answer(theme_id).published_on is None


def test_senders_marks_are_said_in_words_from_three_on(signed_in: SignIn) -> None:
    theme_id = a_theme(heard=True)
    answer_id, officer = an_answer(theme_id), signed_in("officer")
    for number in range(3):
        assert "not good enough" not in officer.open(_address(theme_id)).words
        answering.mark(answer_id, a_submission(f"Words {number}.").submission_id, "not_good_enough")
        storage.commit()
    assert "Some who said this say it is not good enough." in officer.open(_address(theme_id)).words


def test_one_members_verdict_is_on_no_other_members_page(signed_in: SignIn) -> None:
    answer_id = an_answer(a_theme(heard=True), published=False)
    answering.send_to_board(answer_id, the("officer"))
    answering.judge(answer_id, the("board_member"), "not_answered")
    storage.commit()
    page = signed_in("board_member", email="another@demo.example").open(f"/board/answers/{answer_id}")
    assert not page.soup.select("[aria-pressed=true]")
    assert "Board says" not in page.words


def test_a_draft_is_not_the_boards_yet(signed_in: SignIn) -> None:
    answer_id = an_answer(a_theme(heard=True), published=False)
    signed_in("board_member").open(f"/board/answers/{answer_id}", 404)


def test_a_board_worker_reads_along_and_does_not_judge(signed_in: SignIn) -> None:
    answer_id = an_answer(a_theme(heard=True))
    page = signed_in("board_worker").open(f"/board/answers/{answer_id}")
    assert "Board members judge" in page.words
    assert not page.soup.select(".vote")


@pytest.mark.parametrize(("role", "page"), [("board_member", "/work/answers"), ("officer", "/board/answers/{}"), ("board_worker", "/work/answers")])
def test_the_wrong_roles_are_kept_out(signed_in: SignIn, role: str, page: str) -> None:
    signed_in(role).open(page.format(an_answer(a_theme(heard=True))), 403)


def test_someone_who_is_not_signed_in_is_asked_to(app: Flask, visitor: Visitor) -> None:
    theme_id = a_theme()
    assert visitor.open("/work/answers").heading == "Sign in"
    assert visitor.open(_address(theme_id)).heading == "Sign in"
