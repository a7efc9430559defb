"""Background work, derived from rows: each job looks for what is not yet done, so a lost wake-up loses nothing.

By default a thread of the web process runs the jobs; with a broker, processes of `voice worker` do (voice/working.py). Either way a lease in the
database lets one process at a time run each.
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from voice.storage import Lease, apart, commit, now, session
from voice.storage.aside import is_half_restored

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
AGAIN = timedelta(minutes=1)  # what broke is tried again after this at the latest, however seldom it is due
WAITS, WAIT = 5, 2.0  # how often, and how many seconds


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
        amount = run_one(app, job, holder)
        if amount is not None:
            done[job.name] = amount
    return done


def run_one(app: Flask, job: Job, holder: str) -> int | None:
    """Run this job if it is due and nobody else holds it. Returns how much it did, or None. Two threads never share a `holder`."""
    with app.app_context():
        return _run(job, holder) if _take(job, holder) else None


def due(app: Flask, late: timedelta = timedelta(0)) -> list[Job]:
    """The jobs that have been due for so long and that nobody does just now. Only looks."""
    with app.app_context():
        leases = {each.job: each for each in session().scalars(select(Lease))}
        moment = now()
        found = [job for job in jobs_of(app).all() if _is_due(job, leases.get(job.name), moment, late)]
        session().rollback()
    return found


def _is_due(job: Job, lease: Lease | None, moment: datetime, late: timedelta) -> bool:
    if lease is None:
        return True
    if moment < lease.until <= moment + job.lease:
        return False
    # What lies ahead was written before the clock went back: it must not put the work off until then.
    every = min(job.every, AGAIN) if lease.last_error else job.every
    return lease.last_done is None or not timedelta(0) <= moment - lease.last_done < every + late


def lead(holder: str, what: str, length: timedelta) -> bool:
    """Whether this holder leads `what` from now on for so long: nobody else does, or no longer. Inside an application's context."""
    with apart() as own:
        lease = _lease(own, what)
        moment = now()
        if lease.holder != holder and moment < lease.until <= moment + length:
            return False
        lease.holder, lease.until = holder, moment + length
    return True


def _take(job: Job, holder: str) -> bool:
    with apart() as own:
        lease = _lease(own, job.name)
        moment = now()
        if lease.holder == holder:  # it left it so, and would not ask while it still runs
            lease.until = moment
        if not _is_due(job, lease, moment, timedelta(0)):
            return False
        lease.holder, lease.until = holder, moment + job.lease
    return True


def _lease(own: Session, what: str) -> Lease:
    """The row, for one at a time; made where there is none, by whoever comes first."""
    found = own.get(Lease, what, with_for_update=True)
    if found is None:
        insert = postgresql_insert if own.get_bind().dialect.name == "postgresql" else sqlite_insert
        own.execute(insert(Lease).values(job=what, holder="", until=now()).on_conflict_do_nothing())
        found = own.get_one(Lease, what, with_for_update=True)
    return found


def _run(job: Job, holder: str) -> int:
    error: str | None = None
    amount = 0
    try:
        amount = job.run()
        commit()
    except Exception as broken:  # one broken job must not stop the others; its kind is kept for the officers' page
        session().rollback()
        error = type(broken).__name__
        log.exception("job %s did not finish", job.name)
    _write_down(job, holder, error)
    return amount


def _write_down(job: Job, holder: str, error: str | None) -> None:
    """That it was done. A database that was away for a moment is asked again, so that nobody has to wait until the lease is over."""
    for last in (*[False] * WAITS, True):
        try:
            with apart() as own:
                # Where it took longer than its lease another has it now: theirs stays theirs.
                ended = update(Lease).where(Lease.job == job.name, Lease.holder == holder)
                own.execute(ended.values(until=now(), last_error=error, last_done=now()))
            return
        except OperationalError:
            if last:
                raise
            time.sleep(WAIT)


def let_go(app: Flask, holder: str) -> None:
    """Give back every lease of this holder, so that the next process need not wait."""
    with app.app_context(), apart() as own:
        own.execute(update(Lease).where(Lease.holder.startswith(holder), Lease.until > now()).values(until=now()))


def new_holder() -> str:
    """A name for one process of ours, which no other process has."""
    return f"{os.getpid()}-{random.SystemRandom().randrange(16**8):08x}"


class Worker(threading.Thread):
    """Runs due work until told to stop."""

    def __init__(self, app: Flask, pause: float = 5.0) -> None:
        super().__init__(name="voice-worker", daemon=True)
        self.app = app
        self.pause = pause
        self.holder = new_holder()
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
