"""An answer starts with a letter: who is asked, by when, who is invited, and what follows when it is late."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Ground
from tests.making import a_member, a_theme, an_answer, the
from tests.reading import Visitor
from voice import answering, identity, post, storage, understanding
from voice.answering import queries, requesting
from voice.answering.models import AnswerRequest
from voice.answering.rules import was_answered
from voice.answering.workers import remind_late
from voice.identity import invitations

SignIn = Callable[..., Visitor]
TODAY = storage.today()
OWNER, NEW = "owner@demo.example", "new@council.example"
SAID = "Buses stop too early for us."


@pytest.mark.parametrize(
    ("asked_for", "number", "is_sent", "answered"), [(1, 1, False, False), (1, 1, True, True), (2, 1, True, False), (1, 2, False, True)]
)
def test_a_request_is_met_once_the_board_has_the_words(asked_for: int, number: int, is_sent: bool, answered: bool) -> None:
    assert was_answered(asked_for, number, is_sent=is_sent) is answered


def _letters(ground: Ground) -> list[tuple[str, str, str]]:
    """To whom, subject, words; the oldest first."""
    files = sorted(Path(ground.folder, "outbox").glob("*.eml"), key=lambda each: each.stat().st_mtime_ns)
    read = [message_from_bytes(each.read_bytes()) for each in files]
    return [(str(each["To"]), str(each["Subject"]), str(each.get_payload())) for each in read]


def _path(theme_id: uuid.UUID) -> str:
    found = understanding.theme(theme_id)
    assert found
    return f"/work/answers/{found.slug}"


def _asked(theme_id: uuid.UUID) -> requesting.Asked:
    storage.session().expire_all()
    return requesting.asked([theme_id])[theme_id]


def _late(theme_id: uuid.UUID, days: int = 1) -> None:
    storage.session().get_one(AnswerRequest, theme_id).answer_by = TODAY - timedelta(days=days)
    storage.commit()


def test_an_owner_is_asked_by_a_day_and_reminded_once_a_week_until_the_board_has_it(ground: Ground, app: Flask, signed_in: SignIn) -> None:
    theme_id, owner = a_theme(heard=True), a_member("answer_owner", email=OWNER)
    officer, day = signed_in("officer"), TODAY + timedelta(days=10)
    officer.open(_path(theme_id))
    officer.press("Save whose it is", owner=str(owner), answer_by=day.isoformat())
    officer.press("Save whose it is", owner=str(owner), answer_by=day.isoformat())
    assert [each[0] for each in _letters(ground)] == [OWNER], "saved again: nothing new to tell"
    assert remind_late() == 0
    assert "Answer by" in signed_in("answer_owner", email=OWNER).open("/work/answers").words
    _late(theme_id)
    assert "The answer was due on" in signed_in("answer_owner", email=OWNER).open("/work/answers").words
    assert (remind_late(), remind_late()) == (1, 0)
    storage.session().get_one(AnswerRequest, theme_id).reminded_on = TODAY - timedelta(days=7)
    storage.commit()
    assert remind_late() == 1
    to, subject, words = _letters(ground)[-1]
    assert (to, subject) == (OWNER, "Young people still wait for your answer")
    assert SAID not in "".join(each[2] for each in _letters(ground)), "what was said is read behind the door"
    assert _path(theme_id) in words
    answering.send_to_board(an_answer(theme_id, published=False), owner)
    storage.session().get_one(AnswerRequest, theme_id).reminded_on = None
    storage.commit()
    assert (remind_late(), _asked(theme_id).is_answered) == (0, True)


def test_a_letter_that_did_not_go_is_tried_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    theme_id, owner = a_theme(heard=True), a_member("answer_owner", email=OWNER)
    requesting.ask(theme_id, owner, TODAY, the("officer"))
    _late(theme_id)

    def broken(*given: object) -> None:
        raise post.NotSent("away")

    monkeypatch.setattr(post, "send", broken)
    assert remind_late() == 0
    monkeypatch.undo()
    assert remind_late() == 1


def test_somebody_new_is_invited_and_answers_once_they_have_joined(ground: Ground, app: Flask, signed_in: SignIn) -> None:
    theme_id, other = a_theme(heard=True), a_theme("The park is dark.", heard=True)
    officer = signed_in("officer")
    for each in (theme_id, other):
        officer.open(_path(each))
        page = officer.press("Save whose it is", owner="invite", name="Head of buses", email=NEW)
    assert "Head of buses is invited and has not joined yet." in page.words
    assert [each[0] for each in _letters(ground)] == [NEW] * 4, "an invitation and what is asked, twice"
    assert SAID not in "".join(each[2] for each in _letters(ground))
    waiting = identity.invitations_waiting()
    assert [(each.email, each.roles) for each in waiting] == [(NEW, ("answer_owner",))]
    member = invitations.take_up(waiting[0].id, "Head of buses", "seven purple lanterns float")
    storage.commit()
    assert queries.owners([theme_id, other]) == {theme_id: member.id, other: member.id}
    assert not _asked(theme_id).is_invited


def test_the_officer_hears_of_somebody_who_has_not_joined(ground: Ground, app: Flask) -> None:
    theme_id = a_theme(heard=True)
    requesting.ask_by_invitation(theme_id, "Head of buses", NEW, TODAY, the("officer"))
    _late(theme_id)
    assert remind_late() == 1
    asker = identity.person(the("officer"))
    assert asker
    to, _subject, words = _letters(ground)[-1]
    assert to == asker.email
    assert "Head of buses has not joined yet." in words


def test_duties_are_an_administrators_to_give(app: Flask, signed_in: SignIn) -> None:
    theme_id, by = a_theme(heard=True), the("officer")
    a_member("school", email="head@school.example")
    officer = signed_in("officer")
    officer.open(_path(theme_id))
    page = officer.press("Save whose it is", 400, owner="invite", name="The head", email="head@school.example")
    assert "has other duties here" in page.words
    assert page.one("input[name=name]")["value"] == "The head"
    identity.invite("busy@council.example", "Busy", ("officer",), by)
    with pytest.raises(requesting.OtherDuties):
        requesting.ask_by_invitation(theme_id, "Busy", "busy@council.example", TODAY, by)
    identity.invite("both@council.example", "Both", ("officer", "answer_owner"), by)
    assert requesting.ask_by_invitation(theme_id, "Both", "both@council.example", TODAY, by) is None, "their own invitation stays as it is"
    assert len(identity.invitations_waiting()) == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"owner": "invite", "name": "", "email": NEW}, "Write their name."),
        ({"owner": "invite", "name": "Someone", "email": "nobody"}, "That is not an e-mail address"),
        ({"answer_by": ""}, "Name a day to come."),
        ({"answer_by": (TODAY - timedelta(days=1)).isoformat()}, "Name a day to come."),
        ({"answer_by": "soon"}, "Type a day as year, month, day"),
    ],
)
def test_what_is_missing_in_a_request_is_asked_for(signed_in: SignIn, fields: dict[str, str], sentence: str) -> None:
    theme_id, owner = a_theme(heard=True), a_member("answer_owner", email=OWNER)
    officer = signed_in("officer")
    officer.open(_path(theme_id))
    page = officer.press("Save whose it is", 400, **{"owner": str(owner), **fields})
    assert sentence in page.words
    assert requesting.asked([theme_id]) == {}


def test_nobody_in_particular_is_asked_for_nothing(app: Flask) -> None:
    theme_id, owner, by = a_theme(heard=True), a_member("answer_owner", email=OWNER), the("officer")
    requesting.ask(theme_id, owner, TODAY, by)
    requesting.ask(theme_id, None, None, by)
    assert (requesting.asked([theme_id]), queries.owners([theme_id])) == ({}, {})


def test_who_is_asked_anew_owes_the_next_words(app: Flask) -> None:
    theme_id, owner, by = a_theme(heard=True), a_member("answer_owner", email=OWNER), the("officer")
    requesting.ask(theme_id, owner, TODAY, by)
    an_answer(theme_id)
    assert _asked(theme_id).is_answered
    assert requesting.ask(theme_id, owner, TODAY, by), "asked to look again"
    assert not _asked(theme_id).is_answered
    an_answer(theme_id, words="A second answer.")
    assert _asked(theme_id).is_answered
