"""Someone at work writes down what another says, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.reading import Page, Visitor
from tests.rooms.listening.making import WORDS, an_open_activity
from voice import audit, identity, keeping, storage
from voice.keeping.models import Submission

SignIn = Callable[..., Visitor]


def write_down(officer: Visitor, how: str = "They are on the phone", words: str = WORDS) -> Page:
    officer.open("/work/assist")
    officer.follow(how)
    page = officer.press("Start")
    while page.soup.select("[name=at]"):
        assert "Write what they say, not what you think." in page.soup.get_text()
        given = {"a.change": words} if page.one("[name=at]")["value"] == "change" else {}
        page = officer.press("Continue", **given)
    return page


def test_an_officer_writes_down_what_a_child_says_on_the_phone_and_reads_the_words_out(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    officer = signed_in("officer")
    page = write_down(officer)
    assert f"“{WORDS}”" in page.words
    page = officer.press("Send it")
    assert "Read the five words out" in page.words
    words = [each.get_text(strip=True) for each in page.soup.select(".receipt li")]
    storage.session().rollback()
    row = storage.session().scalars(select(Submission)).one()
    assert row.way_in == "assisted"
    assert keeping.find(words)
    told = audit.about("submission", row.id)
    assert [(each.what, each.why) for each in told] == [("wrote down for someone", "by_phone")]
    assert told[0].who == identity.members_with("officer")[0].id
    assert officer.follow("Done").heading == "Write for someone"


def test_sent_twice_it_is_kept_and_recorded_once(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    officer = signed_in("officer")
    check = write_down(officer, "They are with me")
    officer.press("Send it")
    officer.page = check
    assert officer.press("Send it").heading == "Thank you. We have it."
    storage.session().rollback()
    row = storage.session().scalars(select(Submission)).one()
    assert [each.why for each in audit.about("submission", row.id)] == ["in_person"]


def test_a_form_without_its_token_keeps_nothing(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    officer = signed_in("officer")
    write_down(officer)
    reply = officer.client.post("/work/assist/way/sent", data={"a.change": WORDS, "key": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"})
    assert reply.status_code == 400
    storage.session().rollback()
    assert not storage.session().scalars(select(Submission)).all()


@pytest.mark.parametrize("role", ["officer", "board_worker", "school", "partner"])
def test_those_who_work_with_young_people_may_write_for_them(signed_in: SignIn, app: Flask, role: str) -> None:
    an_open_activity()
    page = signed_in(role).open("/work/assist")
    assert page.heading == "Write for someone"
    assert "Your way to school" in page.words


@pytest.mark.parametrize("role", ["board_member", "answer_owner", "analyst"])
def test_others_may_not(signed_in: SignIn, app: Flask, role: str) -> None:
    an_open_activity()
    member = signed_in(role)
    member.open("/work/assist", status=403)
    member.open("/work/assist/way?how=in_person", status=403)


def test_someone_from_outside_is_asked_to_sign_in(visitor: Visitor, app: Flask) -> None:
    an_open_activity()
    assert visitor.open("/work/assist/way?how=in_person").path.startswith("/sign-in")


def test_without_saying_how_it_is_given_one_chooses_first(signed_in: SignIn, app: Flask) -> None:
    an_open_activity()
    officer = signed_in("officer")
    assert officer.open("/work/assist/way").heading == "Write for someone"
    assert officer.open("/work/assist/way?how=by_letter").heading == "Write for someone"
