"""Machines are told from classes: nobody is refused, a rush waits for a person, and no address is kept. Bars S11 and S14."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.making import a_submission, an_activity, the
from tests.reading import ask
from tests.rooms.listening.making import an_open_activity, people_to_read
from tests.rooms.reading.test_alike import sort_out
from voice import inviting, reading, storage
from voice.config import settings
from voice.keeping import arriving, slowing
from voice.keeping.models import Arrival, DaySalt, Submission, WrongGuess
from voice.keeping.receipts import WORDS
from voice.reading.rushes import set_rushes_aside
from voice.web.senders import network, sender

Tell = Callable[[str, object], None]
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
ENDS = ("pls", "really", "honestly", "mate")
WANTS = ("benches", "swings", "lamps", "buses")
WRONG = " ".join(sorted(WORDS)[:5])
SCHOOL, BOT = "192.0.2.77", "198.51.100.23"


def post(client: FlaskClient, words: str, *, address: str, path: str = "/take-part/way/sent", **more: str) -> int:
    said = {"key": str(uuid.uuid4()), "on": "check", "go": "send", "a.change": words, **more}
    return client.post(path, data=said, environ_overrides={"REMOTE_ADDR": address}).status_code


def counted() -> int:
    """Submissions that reach figures."""
    return storage.session().scalar(select(func.count()).select_from(Submission).where(Submission.id.not_in(reading.set_aside()))) or 0


def worked() -> int:
    made = set_rushes_aside()
    storage.commit()
    return made


@on_sqlite
def test_a_school_is_not_refused_and_a_machine_reaches_no_figure(app: Flask, monkeypatch: pytest.MonkeyPatch, record_property: Tell) -> None:
    an_open_activity()
    client = app.test_client()
    began = storage.now()
    school = [at(monkeypatch, began, 2 * n, lambda n=n: post(client, f"Phone {n} wants {WANTS[n % 4]}.", address=SCHOOL)) for n in range(300)]
    worked()
    assert set(school) == {200}
    assert counted() == 300
    bot = [at(monkeypatch, began, 600 + 0.06 * n, lambda n=n: post(client, f"Benches {n}", address=BOT)) for n in range(1000)]
    worked()
    reached = counted() - 300
    kept = storage.session().scalar(select(func.count()).select_from(Submission))
    assert set(bot) == {200}
    assert kept == 1300
    assert reached <= 10
    groups = [each for each in reading.set_aside_groups() if each.in_a_rush]
    assert [(each.views, each.judged) for each in groups] == [(1000, False)]
    assert len(reading.group_views(groups[0].group_id, the("officer"))) >= 980  # but those that a lead holds
    assert_no_address_kept(SCHOOL, BOT)
    record_property("budget", "S11: 300 phones on one address: 0 refused, 0 set aside")
    record_property("budget", f"S11: a machine sends 1000 from one address: {reached / 10:.1f} % reach figures, {kept - 1300} lost, 0 addresses kept")


def at(monkeypatch: pytest.MonkeyPatch, began: datetime, seconds: float, send: Callable[[], int]) -> int:
    """It is so many seconds later."""
    move(monkeypatch, began + timedelta(seconds=seconds))
    return ask_status(send)


def ask_status(send: Callable[[], int]) -> int:
    storage.session().rollback()
    return send()


def assert_no_address_kept(*addresses: str) -> None:
    """Nowhere in the data folder: database, its log, letters, anything."""
    storage.session().rollback()
    files = [file for file in settings().data.rglob("*") if file.is_file()]
    assert any(file.name == "voice.db" for file in files)
    for file in files:
        for address in addresses:
            assert address.encode() not in file.read_bytes(), f"{file.name} holds {address}"


@on_sqlite
def test_a_botnet_with_an_address_for_each_answer_waits_for_a_person(app: Flask, record_property: Tell) -> None:
    an_open_activity()
    client, words = app.test_client(), "Please do not close our youth club on Friday nights, it is the only safe place"
    sent = [
        ask_status(lambda n=n: post(client, f"{words} {['pls', 'really', 'honestly', 'mate'][n % 4]}", address=f"10.7.{n // 250}.{n % 250}"))
        for n in range(1000)
    ]
    worked()
    sort_out()
    assert set(sent) == {200}
    assert storage.session().scalar(select(func.count()).select_from(Submission)) == 1000
    assert counted() <= 10
    assert sum(each.views for each in reading.set_aside_groups()) >= 990
    record_property("budget", f"S11: 1000 addresses send one thing each, much alike: {1000 - counted()} wait for a person, 0 refused, 0 lost")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds a test can reach in a moment; the real ones are tried above."""
    monkeypatch.setattr(arriving, "RUSHES", (arriving.Rush(5, timedelta(minutes=10)),))


@pytest.mark.usefixtures("few")
def test_all_ways_in_are_counted_together_but_slips_never(app: Flask) -> None:
    activity_id = an_open_activity()
    group = inviting.invite(
        activity_id, inviting.Invitation(name="7B", kind="class", audience=None, readers=(), expires_on=storage.today()), the("officer")
    )
    codes = inviting.make_slips(group, 8, the("officer"))
    storage.commit()
    client = app.test_client()
    for number, slip in enumerate(codes):
        assert ask_status(lambda n=number, s=slip: post(client, f"From the class {n}", address=SCHOOL, code=s.code)) == 200
    assert storage.session().scalar(select(func.count()).select_from(Arrival)) == 0
    ask_status(lambda: post(client, "One", address=BOT))
    ask_status(lambda: post(client, "Two", address=BOT, way="hand_over"))
    ask_status(lambda: post(client, "Three", address=BOT, way="qr"))
    said = {"activity": "way", "language": "en", "answers": {"change": {"words": "Four"}}}
    for _ in range(3):
        reply = ask(lambda: client.post("/api/v1/submissions", json={**said, "key": str(uuid.uuid4())}, environ_overrides={"REMOTE_ADDR": BOT}))
        assert reply.status_code == 201, reply.text
    assert worked() == 6


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
def test_a_code_for_all_gets_about_and_a_code_nobody_shows_is_none(app: Flask) -> None:
    activity_id = an_open_activity()
    for_all = inviting.Invitation(name="7B", kind="class", one_use=False, expires_on=storage.today())
    group = inviting.invite(activity_id, for_all, the("officer"))
    code = inviting.make_slips(group, 1, the("officer"))[0].code
    storage.commit()
    client = app.test_client()
    for number in range(6):
        assert ask_status(lambda n=number: post(client, f"By one code {n}", address=BOT, code=code)) == 200
    assert worked() == 6
    assert ask_status(lambda: post(client, "I say I had a code", address=SCHOOL, way="group_code")) == 200
    came = dict(storage.session().execute(select(Submission.way_in, func.count()).group_by(Submission.way_in)).all())
    assert came == {"group_code": 6, "web": 1}


@pytest.mark.usefixtures("few")
def test_pledges_are_counted_too(app: Flask) -> None:
    people_to_read()
    an_open_activity("another")
    client = app.test_client()
    for number in range(6):
        said = {
            "pledge": f"I will plant {number} trees",
            "priority": "1",
            "kind": "avatar",
            "age": "13_or_over",
            "words_ok": "yes",
            "key": str(uuid.uuid4()),
        }
        reply = ask(lambda data=said: client.post("/pledges/sent", data=data, environ_overrides={"REMOTE_ADDR": BOT}))
        assert reply.status_code == 200
    assert worked() == 6


@pytest.mark.usefixtures("few")
def test_what_a_person_judged_real_stays_so_and_what_comes_after_a_while_is_no_rush(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    an_open_activity()
    client = app.test_client()
    for number in range(7):
        ask_status(lambda n=number: post(client, f"Word {n}", address=SCHOOL))
    assert worked() == 7
    group = reading.set_aside_groups()[0].group_id
    reading.judge(group, the("officer"), real=True)
    storage.commit()
    ask_status(lambda: post(client, "One more", address=SCHOOL))
    assert worked() == 0
    assert counted() == 8
    later = storage.now() + arriving.KEPT + timedelta(minutes=1)
    move(monkeypatch, later)
    ask_status(lambda: post(client, "The next lesson", address=SCHOOL))
    assert worked() == 0
    assert storage.session().scalar(select(func.count()).select_from(Arrival)) == 1  # of the rush nothing is left but that it was judged


def move(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    for place in ("voice.keeping.arriving.now", "voice.keeping.slowing.now", "voice.reading.rushes.now"):
        monkeypatch.setattr(place, lambda: moment)
    monkeypatch.setattr("voice.keeping.arriving.today", lambda: moment.date())


def test_marks_go_within_minutes_and_the_salt_with_its_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = a_submission()
    arriving.arrive(kept.submission_id, SCHOOL)
    before = arriving.mark_of(SCHOOL)
    storage.session().add(WrongGuess(mark=before))
    storage.commit()
    assert arriving.forget_arrivals() == 0
    move(monkeypatch, storage.now() + timedelta(days=1))
    assert arriving.forget_arrivals() == 3
    storage.commit()
    for table in (Arrival, WrongGuess, DaySalt):
        assert storage.session().scalar(select(func.count()).select_from(table)) == 0
    assert arriving.mark_of(SCHOOL) != before
    assert SCHOOL not in before


def test_a_rush_nobody_set_aside_is_forgotten_after_a_day_all_the_same(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    arriving.arrive(a_submission().submission_id, SCHOOL)
    storage.session().execute(update(Arrival).values(burst_id=uuid.uuid4()))
    storage.commit()
    left = []
    for later in (arriving.KEPT * 2, arriving.AT_MOST + timedelta(minutes=1)):
        move(monkeypatch, storage.now() + later)
        arriving.forget_arrivals()
        left.append(storage.session().scalar(select(func.count()).select_from(Arrival)))
    assert left == [1, 0]


# --- guesses


def guess(client: FlaskClient, address: str, words: str = WRONG) -> int:
    return ask(lambda: client.post("/your-receipt", data={"word": words.split()}, environ_overrides={"REMOTE_ADDR": address})).status_code


def test_one_machine_that_guesses_is_slowed_and_nobody_else_is(app: Flask, record_property: Tell) -> None:
    kept = a_submission()
    client = app.test_client()
    heard = sum(guess(client, BOT) == 200 for _ in range(60))
    assert heard == slowing.WRONG_A_MINUTE
    assert guess(client, SCHOOL, " ".join(kept.words)) == 200
    assert guess(client, SCHOOL) == 200  # their first mistake is heard, in the middle of it
    page = ask(lambda: client.post("/your-receipt", data={"word": WRONG.split()}, environ_overrides={"REMOTE_ADDR": BOT}))
    assert page.status_code == 429
    assert page.headers["Retry-After"]
    assert "0800 1111" in page.text
    record_property("budget", f"S14: a machine that guesses is heard {heard} times a minute; whoever did not guess wrong at once")


def test_it_hears_again_after_the_pause_which_grows_with_the_flood(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    for _ in range(31):
        guess(client, BOT)
    assert guess(client, BOT) == 429
    move(monkeypatch, storage.now() + timedelta(seconds=25))
    assert guess(client, BOT) == 200
    assert slowing.pause(30) == timedelta(seconds=20)
    assert slowing.pause(300) == timedelta(seconds=200)
    assert slowing.pause(30_000) == slowing.LONGEST


def test_codes_are_slowed_the_same(app: Flask) -> None:
    an_activity()
    client = app.test_client()
    replies = [ask(lambda: client.post("/code", data={"code": "ABCD2345"}, environ_overrides={"REMOTE_ADDR": BOT})).status_code for _ in range(33)]
    assert replies == [404] * 30 + [429] * 3


# --- from where


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", network("2001:db8:1:2::9")),
        ("[2001:db8:1:2::9]", network("2001:db8:1:2::9")),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_an_address_is_that_of_a_home(told: str, seen: str) -> None:
    assert network(told) == seen


@pytest.mark.parametrize(("front", "seen"), [(0, "192.0.2.1"), (1, "192.0.2.9"), (2, "192.0.2.8"), (3, "192.0.2.1")])
def test_only_what_our_own_web_servers_say_is_believed(app: Flask, monkeypatch: pytest.MonkeyPatch, front: int, seen: str) -> None:
    monkeypatch.setitem(app.extensions, "voice.settings", type("Front", (), {"front_servers": front}))
    with app.test_request_context(headers={"X-Forwarded-For": "192.0.2.8, 192.0.2.9"}, environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        assert sender() == seen
