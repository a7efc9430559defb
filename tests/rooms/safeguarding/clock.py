"""A clock that tests move, for everything that asks `voice.storage.now()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import ClassVar

import pytest
from flask import Flask

from voice import storage
from voice.safeguarding.watching import LAST_LOOK
from voice.storage import base
from voice.workers import run_due


class Clock(datetime):
    """Takes the place of `datetime` where the house tells the time."""

    moment: ClassVar[datetime] = datetime(2026, 1, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return cls.moment.astimezone(tz)


class Simulated:
    """Time that passes only when told to, with the worker looking every five seconds as it does when it runs."""

    def __init__(self, app: Flask, pause: float = 5) -> None:
        self.app, self.pause = app, timedelta(seconds=pause)

    @property
    def moment(self) -> datetime:
        return Clock.moment

    def set(self, moment: datetime) -> None:
        storage.session().rollback()
        Clock.moment = moment.astimezone(UTC)

    def work(self) -> None:
        """One round of the worker."""
        storage.session().rollback()
        run_due(self.app, "simulated")
        storage.session().expire_all()

    def pass_time(self, time: timedelta, pause: timedelta | None = None) -> None:
        """Let this much time pass, with rounds of the worker in it."""
        until = Clock.moment + time
        while Clock.moment < until:
            Clock.moment = min(Clock.moment + (pause or self.pause), until)
            self.work()

    def until(self, there: Callable[[], bool], longest: timedelta) -> timedelta:
        """Let time pass until this is so; how long it took."""
        begun = Clock.moment
        while not there():
            assert Clock.moment - begun <= longest, f"not within {longest}"
            Clock.moment += self.pause
            self.work()
        return Clock.moment - begun


def simulated(app: Flask, patch: pytest.MonkeyPatch, moment: datetime) -> Simulated:
    """The house’s clock, stopped at this moment."""
    patch.setattr(base, "datetime", Clock)
    patch.setitem(app.extensions, LAST_LOOK, None)  # and what was there before comes back when real time does
    patch.setattr("voice.safeguarding.watching._running", lambda: Clock.moment.timestamp())
    clock = Simulated(app)
    clock.set(moment)
    return clock
