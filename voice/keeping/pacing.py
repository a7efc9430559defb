"""Whoever sends by the hundred waits, the longer the more they sent; a class never does.

What came in a rush is kept and set aside for a person (`keeping.arriving`); this keeps it from crowding out everybody else. A sender that
is over the bound waits up to two seconds before anything is begun, outside any transaction. Only a few of a process’s threads may wait so
at once: where none is free, a sender a little over the bound goes on without waiting, and one far over it, where no class is, is asked to
come again in a minute (429). Nothing is kept of such a request and nothing is lost: the page still holds what was typed, and a phone sends
again by itself. docs/decisions/0015 has the figures.

How much a sender sent is counted from rows, so it holds in every process and on every node. A process only remembers, hashed under a key of
its own and for minutes, whom to count: whoever is not over the bound costs nothing here.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask, current_app
from sqlalchemy import func, select
from werkzeug.exceptions import TooManyRequests

from voice.config import settings
from voice.keeping.arriving import RUSHES, arrive, mark_of
from voice.keeping.models import Arrival, DaySalt
from voice.storage import looking, now, session, today

FAR: Final = 3.0
"""So many times the bound is far over it: 600 in a minute, or 1,200 in ten, from one address. A school of 300 phones is under 1."""
LONGEST: Final = 2.0  # seconds
OF_THREADS: Final = 4  # one thread of so many may wait
REMEMBERED: Final = 900.0  # seconds since they were last seen over the bound
AGAIN_AFTER: Final = 60  # seconds


class Slowed(TooManyRequests):
    """Nothing was kept. The same may be sent again in a minute."""

    def __init__(self) -> None:
        super().__init__(retry_after=AGAIN_AFTER)


def pause(over: float) -> float:
    """Seconds that a sender waits who sent so many times what a class does: none up to the bound, then up to LONGEST at FAR times it."""
    return 0.0 if over <= 1 else min(LONGEST, LONGEST * (over - 1) / (FAR - 1))


class Pace:
    """Whom this process saw over the bound, and how many of them wait in it just now. For many threads."""

    def __init__(self, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = threading.BoundedSemaphore(at_once)
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._until: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def remember(self, sender: str) -> None:
        moment = self._clock()
        with self._lock:
            self._until = {each: until for each, until in self._until.items() if until > moment}
            self._until[self._mark(sender)] = moment + REMEMBERED

    def knows(self, sender: str) -> bool:
        return bool(self._until) and self._until.get(self._mark(sender), 0.0) > self._clock()

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Whether there was a place to wait in."""
        found = self._places.acquire(blocking=False)
        try:
            yield found
        finally:
            if found:
                self._places.release()

    def _mark(self, sender: str) -> bytes:
        return hashlib.blake2b(sender.encode(), key=self._key, digest_size=16).digest()


def install(app: Flask) -> None:
    told = app.extensions["voice.settings"]
    app.extensions["voice.pace"] = Pace(max(1, told.threads // OF_THREADS))


def judge_rushes_by(app: Flask, judged_real: Callable[[uuid.UUID], bool]) -> None:
    """Who says whether a person found that a rush is real: then it is slowed no more."""
    app.extensions["voice.rush_is_real"] = judged_real


def note_arrival(submission_id: uuid.UUID, sender: str) -> None:
    """A submission came from this place: as `arrive`. Where the place is over the bound, this process counts what it sends from now on."""
    if arrive(submission_id, sender):
        _pace().remember(sender)


def wait_your_turn(sender: str, spared: Callable[[], bool] = lambda: False) -> None:
    """Before a submission is begun. Most come through at once. Whatever the request did so far ends first where they must wait: nobody else
    may have to wait for it. `spared`: who is slowed in no case; asked only where they would be.

    Raises:
        Slowed: they are far over the bound, and as many as may wait already do.
    """
    pace = _pace()
    if not pace.knows(sender):
        return
    with looking():
        over = 0.0 if spared() else times_the_bound(sender)
    if over <= 1:
        return
    session().rollback()
    with pace.place() as found:
        if found:
            time.sleep(0 if settings().testing else pause(over))
        elif over >= FAR:
            raise Slowed


def times_the_bound(sender: str) -> float:
    """What came from this place these minutes, in times what may come from a class; 0 where a person judged it real. Counts no further than
    it must."""
    if session().get(DaySalt, today()) is None:  # nobody came yet today; and making it would be writing
        return 0.0
    mark, moment = mark_of(sender), now()
    burst = session().scalar(select(Arrival.burst_id).where(Arrival.mark == mark, Arrival.burst_id.is_not(None)).limit(1))
    if burst is None or _is_real(burst):
        return 0.0
    found = 0.0
    for rush in RUSHES:
        most = int(FAR * rush.many)
        recent = select(Arrival.submission_id).where(Arrival.mark == mark, Arrival.at > moment - rush.within).limit(most).subquery()
        found = max(found, (session().scalar(select(func.count()).select_from(recent)) or 0) / rush.many)
    return found


def _is_real(burst: uuid.UUID) -> bool:
    judged: Callable[[uuid.UUID], bool] | None = current_app.extensions.get("voice.rush_is_real")
    return judged is not None and judged(burst)


def _pace() -> Pace:
    found: Pace = current_app.extensions["voice.pace"]
    return found
