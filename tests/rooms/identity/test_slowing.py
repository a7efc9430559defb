"""Guesses at signing in are slowed, and nobody is locked out. On both databases (SAFETY S13)."""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from tests.making import APP, PASSPHRASE, a_member, app_code, sign_in
from tests.reading import Visitor
from tests.rooms.identity.conftest import OFFICER, Clock, half_way
from voice import identity, storage
from voice.identity import actions
from voice.identity.models import Member, Try
from voice.identity.rules import code_of, step_of

SignIn = Callable[..., Visitor]


def test_five_tries_a_minute_for_a_name_whoever_has_it(app: Flask, clock: Clock, record_property: Callable[[str, object], None]) -> None:
    a_member("officer", email=OFFICER)
    heard = {OFFICER: 0, "nobody@demo.example": 0}
    for email in heard:
        visitor = Visitor(app.test_client())
        visitor.open("/sign-in")
        for _ in range(12):
            visitor.press("Sign in", email=email, passphrase="wrong words once more", status=400 if heard[email] < 5 else 429)
            heard[email] += "not right" in visitor.page.words if visitor.page else 0
            clock.on(seconds=1)
    assert set(heard.values()) == {5}
    record_property("budget", f"S13: {heard[OFFICER]} tries a minute for a name, known or not (5)")
    clock.on(seconds=61)
    assert half_way(app).page.heading == "One more step"  # type: ignore[union-attr]  # nobody is locked out for good


def test_tries_count_for_all_processes_and_name_nobody(app: Flask) -> None:
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    visitor.press("Sign in", email="someone@demo.example", passphrase="wrong words", status=400)
    row = storage.session().scalars(select(Try)).one()
    assert len(row.mark) == 64
    assert "someone" not in row.mark
    assert {column.name for column in Try.__table__.columns} == {"id", "mark", "at"}


def test_a_guesser_elsewhere_does_not_keep_the_owner_out(app: Flask, clock: Clock) -> None:
    a_member("officer", email=OFFICER)
    own = sign_in(app, OFFICER)
    own.open("/me")
    own.press("Sign out")
    guesser = Visitor(app.test_client())
    guesser.open("/sign-in")
    for turn in range(8):
        guesser.press("Sign in", email=OFFICER, passphrase="wrong words once more", status=400 if turn < 5 else 429)
    own.open("/sign-in")
    own.press("Sign in", email=OFFICER, passphrase=PASSPHRASE)
    assert own.press("Go on", code=app_code(OFFICER)).path == "/work"


def test_six_figures_are_guessed_five_times_in_a_quarter_of_an_hour(app: Flask, clock: Clock, record_property: Callable[[str, object], None]) -> None:
    a_member("officer", email=OFFICER)
    visitor, heard = half_way(app), 0
    for _ in range(8):
        visitor.press("Go on", code="000000", status=400 if heard < 5 else 429)
        heard += "not right" in visitor.page.words if visitor.page else 0
    assert heard == 5
    assert visitor.page
    assert "Wait 15 minutes" in visitor.page.words
    visitor.press("Go on", code=app_code(OFFICER), status=429)
    clock.on(minutes=15, seconds=1)
    visitor.press("Go on", code=code_of(APP, step_of(clock())))
    assert visitor.page.path == "/work"
    record_property(
        "budget", f"S13: {heard} tries at six figures in 15 minutes (5): a day's guessing finds an app's code once in {10**6 // (3 * 96 * heard)}"
    )


def test_a_wrong_name_takes_as_long_as_a_wrong_passphrase(app: Flask) -> None:
    """What is measured is the work: one argon2 each way."""
    a_member("officer", email=OFFICER)
    member = storage.session().scalars(select(Member)).one()
    member.passphrase_hash = actions.NOBODY  # made at its full cost, as in production
    took = {}
    for name in (OFFICER, "nobody@demo.example"):
        began = time.perf_counter()
        assert identity.check_passphrase(name, "wrong words") is None
        took[name] = time.perf_counter() - began
    least, most = sorted(took.values())
    assert most < 5 * least


def test_young_people_who_answer_are_never_slowed(app: Flask) -> None:
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    for turn in range(7):
        visitor.press("Sign in", email=OFFICER, passphrase="wrong words", status=400 if turn < 5 else 429)
    rows = storage.session().scalar(select(func.count()).select_from(Try))
    for path in ("/", "/take-part", "/code", "/pledges", "/your-receipt", "/help-now"):
        visitor.open(path)
    assert storage.session().scalar(select(func.count()).select_from(Try)) == rows
