"""`voice worker`: the background work of an installation of many machines, told what is due by a broker.

Any number of these run. One of them leads the schedule, by a lease in the database, and sends the names of due jobs; whichever worker is free
looks and does what is there. Should the broker be away, emptied or silent, each looks by itself every few seconds, as an installation without a
broker does. docs/nodes.md.
"""

from __future__ import annotations

import logging
import threading
import time
import warnings
from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

import click
from flask import Flask

from voice import broker, keeping
from voice.config import read_settings
from voice.extensions import db
from voice.storage import keyring
from voice.storage.aside import is_half_restored
from voice.terminal import refuse
from voice.web.logs import formatter
from voice.wiring import create_app
from voice.workers import Job, due, jobs_of, lead, let_go, new_holder, run_one

if TYPE_CHECKING:
    from celery import Celery

log = logging.getLogger(__name__)
SCHEDULE: Final = "the schedule"
LED_FOR: Final = timedelta(seconds=15)
"""A leader that died is followed by another within this."""
PAUSE: Final = 2.0  # seconds between two looks of the schedule
CALL_AGAIN: Final = 10.0  # seconds after which a job that is still due is called once more
PATIENCE: Final = timedelta(seconds=8)
"""So long the broker may take; then a worker looks by itself."""
AT_ONCE: Final = 4  # jobs in one process


class Work:
    """One process of `voice worker`: it runs jobs by name, and knows who it is."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.holder = new_holder()
        self.jobs = {job.name: job for job in jobs_of(app).all()}
        self._turns = count()

    def look(self, name: str) -> None:
        """Run this job if it is due and nobody else does. A name we do not know is of another version of ours, and is left alone."""
        if name in self.jobs:
            # Each turn has a name of its own: the threads of one process must not take each other’s leases.
            run_one(self.app, self.jobs[name], f"{self.holder}-{next(self._turns)}")

    def by_itself(self, names: Iterable[str]) -> None:
        for name in names:
            self.look(name)

    def end(self) -> None:
        let_go(self.app, self.holder)


class Schedule(threading.Thread):
    """Calls what is due while it leads, and looks by itself at what the broker did not bring about."""

    def __init__(self, work: Work, celery: Celery) -> None:
        super().__init__(name="voice-schedule", daemon=True)
        self.work, self.celery = work, celery
        self._called: dict[str, float] = {}
        self._begun = time.monotonic()
        self._away: str | None = None
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.wait(PAUSE):
            try:
                self.turn()
            except Exception:  # the database may be away for a while; the next turn tries again
                log.exception("the schedule could not do its round")

    def turn(self) -> None:
        """One round."""
        with self.work.app.app_context():
            leads = lead(self.work.holder, SCHEDULE, LED_FOR)
        if leads:
            self._call(due(self.work.app))
        if time.monotonic() - self._begun > PATIENCE.total_seconds():  # else the broker had no time yet
            self.work.by_itself(job.name for job in due(self.work.app, late=PATIENCE))

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(timeout=10)

    def _call(self, jobs: list[Job]) -> None:
        moment, away = time.monotonic(), None
        for job in jobs:
            if moment - self._called.get(job.name, -CALL_AGAIN) < CALL_AGAIN:
                continue
            try:
                broker.call(self.celery, job.name)
            except broker.Away as wrong:
                away = str(wrong)
                break
            self._called[job.name] = moment
        else:
            away = self._away if not jobs else None
        self._note(away)

    def _note(self, away: str | None) -> None:
        if away and not self._away:
            log.warning("The broker does not answer (%s). Workers look by themselves until it does.", away)
        elif self._away and not away:
            log.warning("The broker answers again.")
        self._away = away


@click.command(help="Do the background work of an installation of many machines (VOICE_BROKER_URL). Run two at least, on two machines.")
def worker() -> None:
    told = read_settings()
    if told.broker_url is None:
        raise refuse("VOICE_BROKER_URL is not set: each web process does the work itself, and no worker is needed.")
    if is_half_restored(told):
        raise refuse("A restore did not come to its end. Run the same “voice restore” once more; nothing is done in the background until then.")
    app = create_app(told)
    with app.app_context():
        keyring.hold()
        keeping.tidy_own_disk()
        db.engine.dispose()
    _log_without_words()
    work = Work(app)
    celery = broker.celery_app(told.broker_url, max(job.lease for job in work.jobs.values()), work.look)
    schedule = Schedule(work, celery)
    schedule.start()
    try:
        ended = _consume(celery)
    finally:
        schedule.stop()
        work.end()
    raise SystemExit(ended)


def _consume(celery: Celery) -> int:
    """Until told to stop; threads, because jobs mostly wait for the database and the post."""
    running = celery.Worker(
        pool="threads", concurrency=AT_ONCE, loglevel="WARNING", quiet=True, without_gossip=True, without_mingle=True, without_heartbeat=True
    )
    running.start()
    return int(running.exitcode or 0)


def _log_without_words() -> None:
    """Celery’s own lines would name what a job broke on."""
    from celery.exceptions import CPendingDeprecationWarning
    from celery.signals import setup_logging

    warnings.simplefilter("ignore", CPendingDeprecationWarning)  # it speaks of what Celery may do some day when a line is cut

    @setup_logging.connect(weak=False)  # type: ignore[untyped-decorator]  # Celery has no types
    def ours(**_told: object) -> None:
        handler = logging.StreamHandler()
        handler.setFormatter(formatter())
        root = logging.getLogger()
        root.handlers[:] = [handler]
        root.setLevel(logging.WARNING)
