"""What is late stands where officers begin; whoever writes an answer sees how it reads; senders say two things apart."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.making import a_plan, a_submission, a_theme, a_view, an_activity, an_answer, the
from tests.reading import Visitor
from voice import answering, asking, counting, identity, keeping, reading, storage
from voice.answering.clock import keep_clock
from voice.answering.models import Answer
from voice.asking.models import Activity
from voice.reviewing.models import Hearing

SignIn = Callable[..., Visitor]


@pytest.fixture
def late_theme(app: Flask) -> uuid.UUID:
    """A theme of an activity that closed 40 days ago, heard 35 days ago, that nobody answered; and its activity."""
    a_plan()
    an_activity(opened_days_ago=90, closes_in_days=None)
    theme_id = a_theme(views=[a_view(f"The bus is late, {number}.") for number in range(3)], heard=True)
    row = storage.session().query(Activity).one()
    row.closes_on = storage.today() - timedelta(days=40)
    row.reply_by = row.closes_on + timedelta(days=28)
    storage.session().get_one(Hearing, theme_id).heard_on = storage.today() - timedelta(days=35)
    storage.commit()
    counting.catch_up()
    keep_clock()
    storage.commit()
    return theme_id


def test_what_is_late_stands_where_officers_begin(late_theme: uuid.UUID, signed_in: SignIn) -> None:
    officer = signed_in("officer")
    first = officer.open("/work")
    said = first.soup.get_text(" ")  # beside the page’s own words, on every view that is read
    assert "2 things are past the day we named" in said
    assert "12 days" in said
    page = officer.open("/work/late")
    assert "Answer one of its themes" in page.words
    assert page.soup.select('a[href="/work/answers/buses-stop-too-early-for-us"]')
    assert "What is past the day we named" in officer.open("/work/start").words
    an_answer(late_theme)
    assert "past the day we named" not in officer.open("/work").soup.get_text(" ")
    assert "Nothing is late." in officer.open("/work/late").words


def test_an_answer_owner_sees_what_is_theirs(late_theme: uuid.UUID, signed_in: SignIn) -> None:
    owner = signed_in("answer_owner", email="owner@demo.example")
    assert "Nothing is late." in owner.open("/work/late").words
    mine = next(each for each in identity.members_with("answer_owner"))
    answering.give(late_theme, mine.id, the("officer"))
    storage.commit()
    words = owner.open("/work/late").words
    assert "Buses stop too early for us." in words
    assert "nobody has answered" in words
    assert "Closed" not in words, "an activity is the officers’"


def test_who_writes_an_answer_sees_how_it_reads(late_theme: uuid.UUID, signed_in: SignIn) -> None:
    officer = signed_in("officer")
    assert "How it reads" not in officer.open("/work/answers/buses-stop-too-early-for-us").words
    hard = (
        "The transportation partnership will undertake comprehensive consultation with organisations in order to establish an appropriate "
        "configuration of the evening timetable across the whole of the county area."
    )
    an_answer(late_theme, published=False, words=hard)
    page = officer.open("/work/answers/buses-stop-too-early-for-us").words
    assert "This sentence is long." in page
    assert "transportation, partnership" not in page, "three beats are no long word"
    assert "transportation" in page
    an_answer(late_theme, published=False, words="We asked for a late bus. It starts in May.")
    assert "a ten year old can read it" in officer.open("/work/answers/buses-stop-too-early-for-us").words


def a_sender(answered: bool = True) -> tuple[keeping.Kept, uuid.UUID]:
    kept = a_submission("The bus never comes, ever.")
    reading.clear(kept.view_ids, the("officer"))
    theme_id = a_theme(views=[*kept.view_ids, a_view(), a_view()], heard=True)
    return kept, an_answer(theme_id, published=answered)


def the_receipt(visitor: Visitor, kept: keeping.Kept, path: str = "", **fields: str) -> tuple[int, str]:
    data = {"word": list(kept.words), **fields}
    reply = visitor.client.post(f"/your-receipt{path}", data=data, headers={"Origin": "http://localhost"})
    return reply.status_code, reply.text


def test_two_questions_by_one_tap_each_that_can_be_changed(app: Flask, visitor: Visitor) -> None:
    kept, answer_id = a_sender()
    _status, page = the_receipt(visitor, kept)
    assert "Did we listen to you?" in page
    assert "Did it help?" in page
    assert 'aria-pressed="true"' not in page
    for question, said in (("listened", "yes"), ("helped", "not_really"), ("helped", "not_sure")):
        status, page = the_receipt(visitor, kept, "/said", answer=str(answer_id), question=question, said=said)
        assert status == 200
        assert "You can change it." in page
    assert answering.said_of(answer_id, kept.submission_id) == {"listened": "yes", "helped": "not_sure"}
    assert page.count('aria-pressed="true"') == 2
    assert answering.mark_of(answer_id, kept.submission_id) is None, "“good enough” is a question of its own"


@pytest.mark.parametrize("wrong", [{"question": "liked"}, {"said": "maybe"}, {"answer": "7"}, {"answer": str(uuid.UUID(int=7))}])
def test_what_nobody_asked_is_not_taken(app: Flask, visitor: Visitor, wrong: dict[str, str]) -> None:
    kept, answer_id = a_sender()
    assert the_receipt(visitor, kept, "/said", **{"answer": str(answer_id), "question": "helped", "said": "yes", **wrong})[0] == 400
    assert answering.said_of(answer_id, kept.submission_id) == {}


def test_of_an_answer_that_is_not_public_nobody_is_asked(app: Flask, visitor: Visitor) -> None:
    kept, answer_id = a_sender(answered=False)
    assert "Did it help?" not in the_receipt(visitor, kept)[1]
    assert the_receipt(visitor, kept, "/said", answer=str(answer_id), question="helped", said="yes")[0] == 400


def test_officers_see_what_ten_senders_say_and_nothing_of_nine(app: Flask, signed_in: SignIn) -> None:
    kept = [a_submission(f"The bus is late, {number}.") for number in range(10)]
    reading.clear([each.view_ids[0] for each in kept], the("officer"))
    answer_id = an_answer(a_theme(views=[each.view_ids[0] for each in kept], heard=True))
    for each in kept[:9]:
        answering.say(answer_id, each.submission_id, "helped", "yes")
    storage.commit()
    officer, path = signed_in("officer"), "/work/answers/buses-stop-too-early-for-us"
    assert "What those who said it make of it" not in officer.open(path).words
    answering.say(answer_id, kept[9].submission_id, "helped", "not_really")
    storage.commit()
    assert "Did it help? 9 1 0" in officer.open(path).words


def test_a_day_to_answer_that_is_too_late_is_not_taken(app: Flask, signed_in: SignIn) -> None:
    a_plan()
    officer, today = signed_in("officer"), storage.today()
    page = officer.open("/work/asking/new/youth-opinion-sheet")
    default = page.one("input[name=reply_by]")["value"]
    assert default == (today + timedelta(days=56)).isoformat()
    days = {"closes_on": (today + timedelta(days=10)).isoformat(), "reply_by": (today + timedelta(days=39)).isoformat()}
    token = page.one("main input[name=csrf_token]")["value"]
    typed = {"csrf_token": token, "title": "My week", "opens_on": today.isoformat(), "decision_maker": "Head of buses", **days}
    reply = officer.client.post("/work/asking/new/youth-opinion-sheet", data=typed)
    assert reply.status_code == 400
    assert "Choose a day at most 28 days after it closes." in reply.text
    assert asking.activity("my-week") is None


def test_an_answer_nobody_came_back_to(app: Flask, visitor: Visitor) -> None:
    a_plan()
    answer_id = an_answer()
    storage.session().get_one(Answer, answer_id).follow_up_on = storage.today() - timedelta(days=5)
    storage.commit()
    words = visitor.open("/still-waiting").words
    assert "We answered. We have not come back." in words
    assert "5 days" in words
    assert "0 of 1" in visitor.open("/how-we-listen").words
