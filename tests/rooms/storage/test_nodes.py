"""Two nodes over one PostgreSQL, each with a data folder of its own and the same keys: whatever one knows, the other knows."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.clients import a_message
from tests.making import PASSPHRASE, a_member, a_plan, an_activity, app_code, people_to_read
from tests.reading import Visitor, ask
from voice import keeping, storage
from voice.config import settings
from voice.extensions import db
from voice.identity import actions
from voice.keeping import arriving, journal
from voice.keeping.models import Arrival, Submission
from voice.storage import keyring
from voice.wiring import create_app
from voice.workers import Job, due, lead, let_go, run_one

pytestmark = pytest.mark.parametrize("ground", ["postgresql"], indirect=True)  # SQLite is one machine’s
OFFICER = "officer@demo.example"


@pytest.fixture
def nodes(app: Flask, tmp_path: Path) -> Iterator[tuple[Flask, Flask]]:
    other = create_app(replace(app.extensions["voice.settings"], data=tmp_path, taken_back=tmp_path / "taken-back.log"))
    other.config["TESTING"] = True
    keyring.hold()
    with other.app_context():
        keyring.hold()
    yield app, other
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def _as_in_one_browser(on: Visitor, to: Flask) -> Visitor:
    """The same browser, led to the other node."""
    there = Visitor(to.test_client())
    for cookie in on.client._cookies.values():  # type: ignore[attr-defined]  # the browser’s own
        there.client.set_cookie(cookie.key, cookie.value)
    return there


def _signed_in(app: Flask) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    visitor.press("Sign in", email=OFFICER, passphrase=PASSPHRASE)
    return visitor


def test_who_signs_in_at_one_goes_on_at_the_other_and_is_signed_out_at_both(nodes: tuple[Flask, Flask]) -> None:
    one, other = nodes
    member = a_member("officer", email=OFFICER)
    half = _as_in_one_browser(_signed_in(one), other)  # the passphrase at one, the code at the other
    half.open("/sign-in/second")
    half.press("Go on", code=app_code(OFFICER))
    assert half.page.path == "/work"
    back = _as_in_one_browser(half, one)
    assert back.open("/work").path == "/work"
    actions.end_sessions(member, None)
    storage.commit()
    for node in (back, half):
        assert ask(lambda node=node: node.client.get("/work")).status_code in (302, 303)


def test_wrong_passphrases_count_together(nodes: tuple[Flask, Flask]) -> None:
    a_member("officer", email=OFFICER)
    seen = []
    for turn in range(7):
        visitor = Visitor(nodes[turn % 2].test_client())
        visitor.open("/sign-in")
        visitor.press("Sign in", email=OFFICER, passphrase="wrong words once more", status=400 if turn < 5 else 429)
        seen.append(turn)
    assert len(seen) == 7


def test_wrong_receipts_count_together(nodes: tuple[Flask, Flask]) -> None:
    statuses = []
    for turn in range(32):
        client = nodes[turn % 2].test_client()
        words = {"word": ["bus", "bus", "bus", "bus", "bus"]}
        statuses.append(ask(lambda client=client, words=words: client.post("/your-receipt", data=words)).status_code)
    assert statuses[:30].count(429) == 0
    assert statuses[30:] == [429, 429]


def test_one_submission_at_two_nodes_is_one_and_a_rush_over_both_is_one_rush(nodes: tuple[Flask, Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    people_to_read()
    a_plan()
    an_activity("getting-about", instrument="getting-about-and-feeling-safe")
    monkeypatch.setattr(arriving, "RUSHES", (arriving.Rush(5, timedelta(minutes=1)),))
    chance, receipts = random.Random(8), []
    for turn in range(6):
        message = a_message(chance)
        for node in (nodes[turn % 2], nodes[(turn + 1) % 2]):
            reply: Any = ask(lambda node=node, message=message: node.test_client().post("/api/v1/submissions", json=message))
            assert reply.status_code in (200, 201), reply.get_data(as_text=True)
            receipts.append(tuple(reply.get_json()["receipt"]))
    assert receipts[::2] == receipts[1::2]
    with storage.apart() as own:
        assert len(own.scalars(select(Submission.id)).all()) == 6
        bursts = own.scalars(select(Arrival.burst_id)).all()
    assert len(bursts) == 6
    assert len(set(bursts)) == 1
    assert bursts[0] is not None


def test_a_job_runs_once_across_two_workers(nodes: tuple[Flask, Flask]) -> None:
    ran: list[str] = []

    def slow() -> int:
        ran.append(threading.current_thread().name)
        time.sleep(0.3)
        return 1

    job = Job("a job of a test", timedelta(minutes=5), slow)
    start = threading.Barrier(4)

    def work(number: int) -> None:
        start.wait()
        run_one(nodes[number % 2], job, f"worker-{number}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(ran) == 1
    with storage.apart() as own:
        assert own.get_one(storage.Lease, job.name).last_done is not None


def test_who_dies_in_the_middle_keeps_the_others_from_it_until_the_lease_is_over(nodes: tuple[Flask, Flask]) -> None:
    ran: list[int] = []
    job = Job("a job of a test", timedelta(seconds=0), lambda: ran.append(1) or 1, lease=timedelta(minutes=5))
    _lease(job.name, "dead", timedelta(minutes=4))
    assert run_one(nodes[1], job, "alive") is None
    _lease(job.name, "dead", timedelta(seconds=-1))
    assert run_one(nodes[1], job, "alive") == 1
    _lease(job.name, "stopped-3", timedelta(minutes=4))
    let_go(nodes[0], "stopped")  # whoever is told to stop gives back
    assert run_one(nodes[1], job, "alive") == 1
    assert len(ran) == 2


def test_one_leads_the_schedule_and_another_follows_within_its_lease(nodes: tuple[Flask, Flask]) -> None:
    length = timedelta(seconds=15)

    def leads(node: Flask, who: str) -> bool:
        with node.app_context():
            return lead(who, "the schedule", length)

    assert [leads(nodes[0], "a"), leads(nodes[1], "b"), leads(nodes[0], "a")] == [True, False, True]
    _lease("the schedule", "a", timedelta(seconds=-1))  # a died
    assert [leads(nodes[1], "b"), leads(nodes[0], "a")] == [True, False]


def test_what_broke_is_due_again_within_a_minute_however_seldom_it_is(nodes: tuple[Flask, Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> int:
        raise ValueError

    job = Job("a job of a test", timedelta(hours=24), breaks)
    monkeypatch.setattr("voice.workers.Jobs.all", lambda _jobs: (job,))
    run_one(nodes[0], job, "a")
    assert due(nodes[1]) == []
    with storage.apart() as own:
        own.get_one(storage.Lease, job.name).last_done = storage.now() - timedelta(seconds=61)
    assert due(nodes[1]) == [job]


def test_each_node_lets_go_of_what_is_past_its_day_on_its_own_disk(nodes: tuple[Flask, Flask]) -> None:
    """The rules are carried out on one node, which does not see the others’ disks."""
    old, young = (journal.TakenBack(storage.today() - timedelta(days=days), "a" * 64, "b" * 64) for days in (3650, 1))
    with nodes[1].app_context():
        for line in (old, young):
            journal.write(settings().taken_back, line)
        letter = settings().data / "outbox" / "old.eml"
        letter.parent.mkdir()
        letter.write_text("a letter")
        os.utime(letter, (0, 0))
        keeping.tidy_own_disk()
        assert journal.read(settings().taken_back) == [young]
        assert not letter.exists()


def _lease(job: str, holder: str, left: timedelta) -> None:
    with storage.apart() as own:
        own.merge(storage.Lease(job=job, holder=holder, until=storage.now() + left))
