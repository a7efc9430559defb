"""Workers of their own, with a real Redis between: who leads calls, a worker looks, and a broker that loses everything loses nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from redis import Redis as Client

from tests.clients import start
from tests.peers import Redis, redis_server
from voice import broker, storage, working
from voice.workers import Job
from voice.working import Schedule, Work

pytestmark = pytest.mark.parametrize("ground", ["postgresql"], indirect=True)
NAMES = ["a job of a test", "another job"]


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    with redis_server() as found:
        yield found


@pytest.fixture
def ran(app: Flask, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two jobs that are due once; what ran."""
    Client(port=redis.port).flushall()
    monkeypatch.setitem(app.extensions, "voice.settings", replace(app.extensions["voice.settings"], broker_url=redis.url))
    found: list[str] = []

    def job(name: str) -> Job:
        return Job(name, timedelta(hours=1), lambda: found.append(name) or 1)

    monkeypatch.setattr("voice.workers.Jobs.all", lambda _jobs: tuple(map(job, NAMES)))
    return found


def _a_schedule(app: Flask, redis: Redis) -> Schedule:
    work = Work(app)
    return Schedule(work, broker.celery_app(redis.url, timedelta(minutes=5), work.look))


def _called(redis: Redis) -> int:
    return int(Client(port=redis.port).llen(broker.QUEUE))


def test_one_of_them_leads_and_calls_what_is_due_once(app: Flask, redis: Redis, ran: list[str]) -> None:
    one, other = _a_schedule(app, redis), _a_schedule(app, redis)
    for each in (one, other, one, other):
        each.turn()
    assert _called(redis) == len(NAMES)  # another time only after a while
    held = Client(port=redis.port).lrange(broker.QUEUE, 0, -1)
    assert all(len(each) < 2000 for each in held)  # the name of a job, and nothing of anybody
    assert ran == []


def test_a_broker_that_is_away_or_lost_everything_loses_nothing(
    app: Flask, redis: Redis, ran: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = _a_schedule(app, redis), _a_schedule(app, redis)
    one.turn()
    redis.kill()
    monkeypatch.setattr(working, "CALL_AGAIN", 0.0)
    caplog.set_level(logging.WARNING, "voice.working")
    one.turn()
    assert "Workers look by themselves" in caplog.text
    assert broker.failure() is not None
    monkeypatch.setattr(working, "PATIENCE", timedelta(0))
    for each in (one, other, one):
        each.turn()
    assert sorted(ran) == NAMES  # each once, though both looked
    redis.start()
    assert _called(redis) == 0
    with storage.apart() as own:
        own.get_one(storage.Lease, NAMES[0]).last_done = storage.now() - timedelta(hours=2)
    monkeypatch.setattr(working, "PATIENCE", timedelta(hours=3))
    for _ in range(3):  # a line that was cut is found out by using it
        one.turn()
    assert "The broker answers again." in caplog.text
    assert _called(redis) >= 1
    assert broker.failure() is None


def test_a_message_with_a_name_of_another_version_is_left_alone(app: Flask, redis: Redis, ran: list[str]) -> None:
    Work(app).look("a job nobody knows")
    assert ran == []


def test_a_worker_does_what_it_is_called_for_and_gives_back_when_it_is_told_to_stop(app: Flask, redis: Redis, tmp_path: Path) -> None:
    Client(port=redis.port).flushall()
    ours = app.extensions["voice.settings"]
    environment = {
        "VOICE_DATA": str(tmp_path),
        "VOICE_KEYS": str(ours.keys),
        "VOICE_DATABASE_URL": ours.database_url.replace("+psycopg", ""),
        "VOICE_BROKER_URL": redis.url,
    }
    running = start(environment, tmp_path / "worker.log", arguments=("worker",))
    try:
        _until(lambda: _done() > 20, running.log)
        calls = Client(port=redis.port).info("commandstats")["cmdstat_brpop"]["calls"]
        assert calls > 0
    finally:
        running.stop()
    assert running.started.returncode == 0
    with storage.apart() as own:
        assert not [each.job for each in own.query(storage.Lease) if each.until > storage.now() and each.job != working.SCHEDULE]
    assert "Traceback" not in running.log.read_text()


def _done() -> int:
    with storage.apart() as own:
        return own.query(storage.Lease).filter(storage.Lease.last_done.is_not(None)).count()


def _until(there: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + 40
    while not there():
        assert time.monotonic() < end, log.read_text()[-3000:]
        time.sleep(0.2)


def test_without_a_broker_there_is_no_worker_to_run(app: Flask, tmp_path: Path) -> None:
    told = CliRunner().invoke(working.worker, env={"VOICE_DATA": str(tmp_path), "VOICE_BROKER_URL": ""})
    assert told.exit_code == 1
    assert "VOICE_BROKER_URL is not set" in told.output
