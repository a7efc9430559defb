"""A clock that tests can move, for every part of the door at once, and somebody half way in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.making import PASSPHRASE
from tests.reading import Visitor
from voice import storage
from voice.identity import demo, factors, invitations, passkeys, second_pages, sessions, slowing

OFFICER = "officer@demo.example"


def half_way(app: Flask, email: str = OFFICER) -> Visitor:
    """Someone who gave the right passphrase, and nothing else yet."""
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    visitor.press("Sign in", email=email, passphrase=PASSPHRASE)
    return visitor


class Clock:
    """The time of the door, some way from the real one."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return storage.now() + self.ahead

    def on(self, **by: float) -> None:
        self.ahead += timedelta(**by)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    for part in (demo, factors, invitations, passkeys, second_pages, sessions, slowing):
        monkeypatch.setattr(part, "now", clock)
    return clock
