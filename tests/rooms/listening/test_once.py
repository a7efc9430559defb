"""However often a submission is sent, and from wherever, it is kept once and has one receipt."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.reading import ask
from tests.rooms.listening.making import WORDS, an_open_activity
from tests.rooms.listening.test_api import message, post, refused, rows, sealed
from voice import keeping, storage
from voice.extensions import db
from voice.keeping.models import Submission, View
from voice.safeguarding.models import Screening
from voice.storage import base
from voice.wiring import create_app

AT_ONCE = 50
OTHERS = 500


def once() -> None:
    """One row of everything."""
    storage.session().rollback()
    for model in (Submission, View, Screening):
        assert storage.session().scalar(select(func.count()).select_from(model)) == 1


def same(first: TestResponse, again: TestResponse) -> None:
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.data == again.data


def test_sent_ten_times_in_a_row(app: Flask) -> None:
    an_open_activity()
    body = message()
    first = post(app, body)
    for _ in range(9):
        same(first, post(app, body))
    once()


def test_sent_fifty_times_at_once(app: Flask) -> None:
    an_open_activity()
    storage.session().rollback()
    body, replies, ready = message(), list[TestResponse](), threading.Barrier(AT_ONCE)

    def send() -> None:
        ready.wait(timeout=30)
        replies.append(post(app, sealed_or_not[len(replies) % 2]))

    sealed_or_not = [body, sealed(body)]
    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
    assert Counter(reply.status_code for reply in replies) == {201: 1, 200: AT_ONCE - 1}
    assert len({reply.data for reply in replies}) == 1
    once()


def test_fifty_different_ones_at_once_are_all_kept(app: Flask) -> None:
    an_open_activity()
    bodies, replies = [message() for _ in range(AT_ONCE)], list[TestResponse]()
    threads = [threading.Thread(target=lambda body=body: replies.append(post(app, body))) for body in bodies]
    storage.session().rollback()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
    assert Counter(reply.status_code for reply in replies) == {201: AT_ONCE}
    assert len(rows()) == AT_ONCE


def test_sent_by_the_page_and_by_the_phone(app: Flask) -> None:
    an_open_activity()
    key = str(uuid.uuid4())
    form = {"key": key, "a.safe": "not_very_safe", "a.minutes": "25", "a.change": WORDS}
    page = ask(lambda: app.test_client().post("/take-part/way/sent", data=form)).get_data(as_text=True)
    reply = post(app, message(key=key), Origin="http://localhost")
    assert reply.status_code == 200
    assert all(word in page for word in reply.json["receipt"])  # type: ignore[index]
    once()


def test_sent_from_two_tabs(app: Flask) -> None:
    an_open_activity()
    body = message()
    same(post(app, body, Origin="http://localhost"), post(app, sealed(body), **{"Sec-Fetch-Site": "same-origin"}))
    once()


def test_sent_again_after_the_server_was_started_anew(app: Flask) -> None:
    an_open_activity()
    body = message()
    first = post(app, sealed(body))
    anew = create_app(app.extensions["voice.settings"])
    again = post(anew, sealed(body))
    with anew.app_context():
        db.engine.dispose()
    same(first, again)
    once()


def test_sent_again_after_five_hundred_others(app: Flask) -> None:
    activity_id = an_open_activity()
    body = message()
    first = post(app, body)
    for number in range(OTHERS):
        keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers={"minutes": number}, words=[("change", WORDS)])
    storage.commit()
    same(first, post(app, body))
    assert len(rows()) == OTHERS + 1


@pytest.mark.parametrize("days", [30, 31, 400])
def test_sent_again_after_many_days_even_when_it_has_closed(app: Flask, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    an_open_activity()
    body, moment = message(), base.now()
    first = post(app, body)
    monkeypatch.setattr(base, "now", lambda: moment + timedelta(days=days))
    same(first, post(app, body))
    if days > 30:
        refused(post(app, message()), 403)
    refused(post(app, {**body, "answers": {"change": {"words": "else"}}}), 409)
    once()


def changed(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The same submission with one thing changed."""
    answers = body["answers"]
    return [
        {**body, "answers": {**answers, "change": {"words": WORDS[:-1] + "!"}}},
        {**body, "answers": {**answers, "minutes": {"number": 26}}},
        {**body, "answers": {**answers, "safe": {"codes": ["very_safe"]}}},
        {**body, "answers": {"change": {"words": WORDS}}},
        {**body, "activity": "other"},
    ]


def test_changed_and_sent_again_it_overwrites_nothing(app: Flask) -> None:
    an_open_activity()
    an_open_activity("other", readers=False)
    body = message()
    first = post(app, body)
    before = [(row.payload_digest, row.answers) for row in rows()]
    for each in changed(body):
        for other in (each, sealed(each)):
            assert refused(post(app, other), 409)["reason"] == "different"
    assert [(row.payload_digest, row.answers) for row in rows()] == before
    once()
    same(first, post(app, body))


def test_taken_back_it_does_not_come_back(app: Flask) -> None:
    an_open_activity()
    body = message()
    post(app, body)
    keeping.erase(storage.session().scalars(select(Submission.id)).one())
    storage.commit()
    for each in (body, sealed(body), *changed(body)[:-1]):
        assert refused(post(app, each), 410)["reason"] == "taken_back"
    assert rows() == []
