"""Background work, derived from rows: each job looks for what is not yet done, so a lost wake-up loses nothing.

By default a thread of the web process runs the jobs; a lease in the database lets one process at a time run each.
"""

from __future__ import annotations

import logging
import os
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, select

from voice.storage import Lease, apart, commit, now, session
from voice.storage.aside import is_half_restored

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Job:
    """One kind of due work. `run` does what is due, flushes, and returns how much it did; the worker commits. `lease`: how long a process
    that died in the middle of it keeps the others from it."""

    name: str
    every: timedelta
    run: Callable[[], int]
    lease: timedelta = LEASE


class Jobs:
    """The jobs of the running application, registered by rooms in wiring."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}

    def add(self, name: str, every: timedelta, run: Callable[[], int], lease: timedelta = LEASE) -> None:
        if name in self._jobs:
            raise ValueError(f"There is a job “{name}” already.")
        self._jobs[name] = Job(name, every, run, lease)

    def all(self) -> tuple[Job, ...]:
        return tuple(self._jobs.values())


def jobs_of(app: Flask) -> Jobs:
    found: Jobs = app.extensions.setdefault("voice.jobs", Jobs())
    return found


def run_due(app: Flask, holder: str) -> dict[str, int]:
    """Run every job that is due and that nobody else holds. Returns how much each did."""
    done: dict[str, int] = {}
    if is_half_restored(app.extensions["voice.settings"]):
        return done  # what was taken back may stand there again: nothing of it is learned from, counted or sent
    for job in jobs_of(app).all():
        with app.app_context():
            if _take(job, holder):
                done[job.name] = _run(job)
    return done


def _take(job: Job, holder: str) -> bool:
    with apart() as own:
        lease = own.get(Lease, job.name, with_for_update=True)
        moment = now()
        if lease is None:
            lease = Lease(job=job.name, holder=holder, until=moment)
            own.add(lease)
        elif moment < lease.until <= moment + job.lease and lease.holder != holder:
            return False
        # What lies ahead was written before the clock went back: it must not put the work off until then.
        if lease.last_done is not None and timedelta(0) <= moment - lease.last_done < job.every:
            return False
        lease.holder, lease.until = holder, moment + job.lease
    return True


def _run(job: Job) -> int:
    error: str | None = None
    amount = 0
    try:
        amount = job.run()
        commit()
    except Exception as broken:  # one broken job must not stop the others; its kind is kept for the officers' page
        session().rollback()
        error = type(broken).__name__
        log.exception("job %s did not finish", job.name)
    with apart() as own:
        lease = own.scalar(select(Lease).where(Lease.job == job.name))
        if lease is not None:
            lease.until, lease.last_error = now(), error
            lease.last_done = now()
    return amount


def let_go(app: Flask, holder: str) -> None:
    """Give back every lease, so that the next process need not wait."""
    with app.app_context(), apart() as own:
        own.execute(delete(Lease).where(Lease.holder == holder, Lease.until > now()))


class Worker(threading.Thread):
    """Runs due work until told to stop."""

    def __init__(self, app: Flask, pause: float = 5.0) -> None:
        super().__init__(name="voice-worker", daemon=True)
        self.app = app
        self.pause = pause
        self.holder = f"{os.getpid()}-{random.SystemRandom().randrange(16**8):08x}"
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.wait(self.pause):
            try:
                run_due(self.app, self.holder)
            except Exception:  # the database may be away for a while; the next round tries again
                log.exception("the worker could not do its round")

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(timeout=10)
