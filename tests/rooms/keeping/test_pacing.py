"""Whoever sends by the hundred waits, and is asked to come again where too many wait already; a class never meets either. Bars R7 and S11."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.making import the
from tests.reading import Page, ask
from tests.rooms.listening.making import an_open_activity
from voice import inviting, reading, storage
from voice.keeping import arriving, pacing
from voice.keeping.models import Submission
from voice.keeping.pacing import Pace, pause
from voice.reading.rushes import set_rushes_aside

SCHOOL, BOT = "192.0.2.77", "198.51.100.23"
MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize(("over", "seconds"), [(0, 0), (0.75, 0), (1, 0), (1.5, 0.5), (2, 1), (3, 2), (300, 2)])
def test_the_pause_grows_from_nothing_at_the_bound_to_two_seconds(over: float, seconds: float) -> None:
    assert pause(over) == pytest.approx(seconds)


def test_300_phones_in_ten_minutes_are_under_every_bound() -> None:
    assert all(rush.many >= 300 for rush in arriving.RUSHES if rush.within >= MINUTES)
    assert pause(max(300 / rush.many for rush in arriving.RUSHES if rush.within >= MINUTES)) == 0


def test_a_process_remembers_for_minutes_whom_to_count_and_no_address() -> None:
    moment = [0.0]
    pace = Pace(1, lambda: moment[0])
    assert not pace.knows(BOT)
    pace.remember(BOT)
    assert pace.knows(BOT)
    assert not pace.knows(SCHOOL)
    assert BOT not in repr(vars(pace))
    moment[0] = pacing.REMEMBERED + 1
    assert not pace.knows(BOT)


def test_so_many_wait_at_once_and_no_more() -> None:
    pace = Pace(2)
    with pace.place() as first, pace.place() as second, pace.place() as third:
        assert (first, second, third) == (True, True, False)
    with pace.place() as again:
        assert again


@pytest.fixture
def few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that are reached in a moment: a rush from three on, far over it from six; and nobody known from the test before."""
    monkeypatch.setitem(app.extensions, "voice.pace", Pace(2))
    for module in (arriving, pacing):
        monkeypatch.setattr(module, "RUSHES", (arriving.Rush(2, MINUTES),))


def send(client: FlaskClient, words: str, *, address: str = BOT, key: str = "", **more: str) -> Page:
    said = {"key": key or str(uuid.uuid4()), "on": "check", "go": "send", "a.change": words, **more}
    return ask(lambda: client.post("/take-part/way/sent", data=said, environ_overrides={"REMOTE_ADDR": address}))


def send_api(client: FlaskClient, words: str, **more: str) -> Page:
    said = {"activity": "way", "language": "en", "key": str(uuid.uuid4()), "answers": {"change": {"words": words}}, **more}
    return ask(lambda: client.post("/api/v1/submissions", json=said, environ_overrides={"REMOTE_ADDR": BOT}))


def nobody_may_wait(app: Flask) -> None:
    """As many as may wait already do."""
    pace = app.extensions["voice.pace"]
    while pace._places.acquire(blocking=False):
        pass


def kept() -> int:
    storage.session().rollback()
    return storage.session().scalar(select(func.count()).select_from(Submission)) or 0


@pytest.mark.usefixtures("few")
def test_far_over_the_bound_they_are_asked_to_come_again_and_lose_nothing(app: Flask) -> None:
    activity_id = an_open_activity()
    slip = inviting.make_slips(
        inviting.invite(
            activity_id, inviting.Invitation(name="7B", kind="class", audience=None, readers=(), expires_on=storage.today()), the("officer")
        ),
        1,
        the("officer"),
    )[0]
    storage.commit()
    client = app.test_client()
    assert {send(client, f"One of a rush {number}").status_code for number in range(5)} == {200}
    nobody_may_wait(app)
    assert send(client, "A little over the bound goes on").status_code == 200
    key = str(uuid.uuid4())
    page = send(client, "Swings for the park", key=key, door="contact", **{"c.name": "Sam", "c.how": "school", "c.where": "7B"}, on="contact")
    assert (page.status_code, page.headers["Retry-After"], kept()) == (429, "60", 6)
    for carried in ("Swings for the park", key, "Sam", 'value="contact"'):
        assert carried in page.text
    told = send_api(client, "Swings")
    assert (told.status_code, told.headers["Retry-After"], told.json["status"], kept()) == (429, "60", 429, 6)
    assert send(client, "Somebody else’s words", address=SCHOOL).status_code == 200
    assert send(client, "A slip is never slowed", code=slip.code).status_code == 200
    pledged = ask(lambda: client.post("/pledges/sent", data={"key": key}, environ_overrides={"REMOTE_ADDR": BOT}))
    assert pledged.status_code != 429


@pytest.mark.usefixtures("few")
def test_a_rush_that_a_person_judged_real_is_slowed_no_more(app: Flask) -> None:
    an_open_activity()
    client = app.test_client()
    for number in range(6):
        send(client, f"Our whole school {number}", address=SCHOOL)
    nobody_may_wait(app)
    assert send(client, "One more", address=SCHOOL).status_code == 429
    set_rushes_aside()
    storage.commit()
    reading.judge(reading.set_aside_groups()[0].group_id, the("officer"), real=True)
    storage.commit()
    assert send(client, "One more", address=SCHOOL).status_code == 200


@pytest.mark.usefixtures("few")
def test_who_waits_holds_no_transaction(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    an_open_activity()
    client = app.test_client()
    for number in range(4):
        send(client, f"A rush {number}")
    waited: list[tuple[float, bool]] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: waited.append((seconds, storage.session().in_transaction())))
    assert send(client, "And one").status_code == 200
    assert send_api(client, "And another").status_code == 201
    assert waited == [(0, False)] * 2  # in tests nobody waits for long
