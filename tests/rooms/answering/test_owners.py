"""Whose an answer is: who sees it, how they hear of it, and who may send it out. On both databases (SAFETY S1)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Ground
from tests.making import PASSPHRASE, a_member, a_theme, an_answer, app_code, the
from tests.reading import Visitor
from voice import answering, identity, storage, understanding
from voice.answering import queries
from voice.answering.rules import ALONE_WAITS

SignIn = Callable[..., Visitor]
OWNER, OTHER = "owner@demo.example", "other@demo.example"


def _path(theme_id: uuid.UUID) -> str:
    found = understanding.theme(theme_id)
    assert found
    return f"/work/answers/{found.slug}"


def _given(theme_id: uuid.UUID, member_id: uuid.UUID) -> str:
    answering.give(theme_id, member_id, the("officer"))
    storage.commit()
    return _path(theme_id)


def test_an_owner_sees_their_own_and_nothing_else(app: Flask, signed_in: SignIn) -> None:
    owner, other = a_member("answer_owner", email=OWNER), a_member("answer_owner", email=OTHER)
    mine, theirs, nobodys = (
        _given(a_theme("Buses stop early."), owner),
        _given(a_theme("Parks are dark."), other),
        _path(a_theme("Clubs cost a lot.")),
    )
    desk = signed_in("answer_owner", email=OWNER)
    page = desk.open("/work/answers")
    assert "Buses stop early." in page.words
    assert "Parks are dark." not in page.words
    assert "Clubs cost a lot." not in page.words
    desk.open(mine)
    for path in (theirs, nobodys):
        desk.open(path, status=404)
        token = str(desk.open(mine).soup.select("[name=csrf_token]")[0]["value"])
        for act in ("", "/send"):
            assert desk.client.post(path + act, data={"csrf_token": token}).status_code == 404
        assert desk.client.post(mine + "/owner", data={"csrf_token": token, "owner": ""}).status_code == 403
    officer = signed_in("officer").open("/work/answers")
    assert "Owner" in officer.words
    assert "Clubs cost a lot." in officer.words


def test_whoever_stands_in_sees_the_owners_answers_while_they_are_away(app: Flask, signed_in: SignIn) -> None:
    owner, other = a_member("answer_owner", email=OWNER), a_member("answer_owner", email=OTHER)
    path, day = _given(a_theme(), owner), storage.today()
    desk = signed_in("answer_owner", email=OTHER)
    desk.open(path, status=404)
    later = identity.hand_over(owner, other, day + timedelta(days=1), day + timedelta(days=2), None)
    storage.commit()
    desk.open(path, status=404)
    identity.end_hand_over(later, owner)
    going = identity.hand_over(owner, other, day, day, None)
    storage.commit()
    assert desk.open(path).heading == "Our answer"
    identity.end_hand_over(going, owner)
    storage.commit()
    desk.open(path, status=404)


def test_a_letter_leads_through_the_door_to_the_form(ground: Ground, app: Flask, signed_in: SignIn, visitor: Visitor) -> None:
    owner, theme_id = a_member("answer_owner", email=OWNER), a_theme("Buses stop early.")
    officer = signed_in("officer")
    officer.open(_path(theme_id))
    page = officer.press("Save whose it is", owner=str(owner))
    assert "A letter with a link tells them." in page.words
    letter = message_from_bytes(next(Path(ground.folder, "outbox").glob("*.eml")).read_bytes()).get_payload()
    assert isinstance(letter, str)
    assert "Buses stop early" not in letter, "what was said is read behind the door"
    link = next(line.strip() for line in letter.splitlines() if "/work/answers/" in line)
    page = visitor.open(link.removeprefix("http://localhost:8000"))
    assert page.path.startswith("/sign-in")
    visitor.press("Sign in", email=OWNER, passphrase=PASSPHRASE)
    page = visitor.press("Go on", code=app_code(OWNER))
    assert page.heading == "Our answer"
    assert page.one("textarea[name=words]")
    assert not page.soup.select("select[name=owner]"), "they do not say whose it is"


def test_only_someone_who_answers_can_be_given_an_answer(app: Flask, signed_in: SignIn) -> None:
    theme_id, publisher = a_theme(), the("publisher")
    with pytest.raises(answering.NotAnOwner):
        answering.give(theme_id, publisher, the("officer"))
    owner = a_member("answer_owner", email=OWNER)
    assert answering.give(theme_id, owner, publisher)
    assert not answering.give(theme_id, owner, publisher), "given again: nothing changes, no second letter"
    identity.close_member(owner, publisher)
    storage.commit()
    assert queries.owners([theme_id]) == {}, "who has left answers for nothing"
    page = signed_in("officer").open(_path(theme_id))
    assert page.one("select[name=owner] option[selected]").get_text() == "Nobody in particular"


# --- nobody sends out their own alone within a day


def _judged(theme_id: uuid.UUID, by: uuid.UUID) -> uuid.UUID:
    an_answer(theme_id, published=False)
    found = answering.answer_for(theme_id)
    assert found
    draft = answering.Draft(
        state="done",
        words="It is done.",
        owner_role="Head",
        organisation="Council",
        evidence="Look.",
        follow_up_on=storage.today() + timedelta(days=30),
    )
    answer_id = answering.draft(theme_id, draft, by)
    answering.send_to_board(answer_id, by)
    answering.judge(answer_id, the("board_member"), "fair")
    storage.commit()
    return answer_id


def test_whoever_wrote_it_waits_a_day_and_a_second_person_does_not(app: Flask, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    both, theme_id = a_member("officer", "publisher", email=OWNER), a_theme(heard=True)
    answer_id = _judged(theme_id, both)
    desk = signed_in("officer", "publisher", email=OWNER)
    page = desk.open(_path(theme_id))
    assert "Another publisher can send it out now; you can from" in page.words
    page = desk.press("Publish", status=409)
    assert "Another publisher can send it out now" in page.words
    with pytest.raises(answering.CannotPublish, match="alone"):
        answering.publish(answer_id, both)
    later = storage.now() + ALONE_WAITS
    monkeypatch.setattr(queries, "now", lambda: later)
    answering.publish(answer_id, both)
    storage.session().rollback()
    monkeypatch.undo()
    answering.publish(answer_id, the("publisher") if the("publisher") != both else a_member("publisher", email=OTHER))


def test_an_owner_who_publishes_waits_too_though_another_wrote_it(app: Flask) -> None:
    both, theme_id = a_member("answer_owner", "publisher", email=OWNER), a_theme(heard=True)
    answer_id = _judged(theme_id, the("officer"))
    assert queries.what_stops(answer_id, both) is None
    answering.give(theme_id, both, the("officer"))
    assert queries.what_stops(answer_id, both) == "alone"
    assert queries.what_stops(answer_id, a_member("publisher", email=OTHER)) is None
