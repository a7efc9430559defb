"""Signing in: two factors, sessions that end, guesses that are slowed. On both databases (SAFETY S13)."""

from __future__ import annotations

import base64
import json
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import TooManyRequests

from tests.making import APP, PASSPHRASE, a_member, app_code, sign_in
from tests.reading import Visitor
from tests.rooms.identity.conftest import Clock
from voice import identity, storage
from voice.extensions import db
from voice.identity import actions, factors, sealing
from voice.identity.models import Authenticator, Member, RecoveryCode, Try
from voice.identity.rules import code_of, step_of

SignIn = Callable[..., Visitor]
OFFICER = "officer@demo.example"


def half_way(app: Flask, email: str = OFFICER) -> Visitor:
    """Someone who gave the right passphrase, and nothing else yet."""
    visitor = Visitor(app.test_client())
    visitor.open("/sign-in")
    visitor.press("Sign in", email=email, passphrase=PASSPHRASE)
    return visitor


def cookie_of(visitor: Visitor) -> dict[str, Any]:
    """What the session's cookie says; it is signed, not sealed."""
    found = visitor.client.get_cookie("voice")
    assert found
    packed = found.value.startswith(".")
    body = found.value.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    read: dict[str, Any] = json.loads(zlib.decompress(raw) if packed else raw)
    return read


# --- two factors


def test_a_passphrase_alone_opens_nothing(app: Flask) -> None:
    a_member("officer", email=OFFICER)
    visitor = half_way(app)
    assert visitor.page
    assert visitor.page.heading == "One more step"
    for path in ("/work", "/me", "/board", "/safeguarding", "/work/answers"):
        assert visitor.open(path, status=200).path.startswith("/sign-in"), path


def test_who_has_no_second_factor_sets_one_up_before_any_other_page(app: Flask) -> None:
    identity.add_member(OFFICER, "Ada", ["officer"], PASSPHRASE)
    storage.commit()
    visitor = half_way(app)
    assert visitor.page
    assert visitor.page.heading == "Set up a second step"
    for path in ("/work", "/me", "/me/codes", "/work/search"):
        assert visitor.open(path).path.startswith("/sign-in"), path
    assert visitor.open("/sign-in/second").path == "/sign-in/second"
    page = visitor.open("/sign-in/set-up")
    secret = page.one(".letters").get_text().replace(" ", "")
    assert page.one(".square-of svg")["class"] == ["qr"]
    assert visitor.open("/sign-in/set-up").one(".letters").get_text().replace(" ", "") == secret, "a reload changes nothing"
    visitor.press("Set up the app", code="000000", status=400)
    page = visitor.press("Set up the app", code=code_of(secret, step_of(storage.now())))
    assert page.heading == "Keep these ten codes"
    codes = [each.get_text() for each in page.soup.select(".recovery li")]
    assert len(set(codes)) == 10
    assert visitor.follow("I have kept them").path == "/work"
    assert secret not in json.dumps(cookie_of(visitor))


def test_a_passphrase_cannot_put_another_second_factor_in_place_of_one(app: Flask) -> None:
    a_member("officer", email=OFFICER)
    visitor = half_way(app)
    assert visitor.open("/sign-in/set-up").path == "/sign-in/second"
    token = visitor.page.one("input[name=csrf_token]")["value"] if visitor.page else ""
    before = storage.session().scalars(select(Authenticator.sealed)).one()
    visitor.client.post("/sign-in/set-up", data={"csrf_token": token, "code": "123456"})
    assert storage.session().scalars(select(Authenticator.sealed)).one() == before


def test_a_code_is_good_once(app: Flask) -> None:
    a_member("officer", email=OFFICER)
    code, visitor = app_code(OFFICER), half_way(app)
    assert visitor.press("Go on", code=code).path == "/work"
    again = half_way(app)
    page = again.press("Go on", code=code, status=400)
    assert "was used before" in page.words
    assert again.press("Go on", code=app_code(OFFICER)).path == "/work"


def test_a_recovery_code_is_good_once_and_for_its_owner_alone(app: Flask) -> None:
    mine, other = a_member("officer", email=OFFICER), a_member("publisher", email="other@demo.example")
    codes, others = factors.new_recovery_codes(mine), factors.new_recovery_codes(other)
    storage.commit()
    visitor = half_way(app)
    visitor.press("Use this code", code=others[0], status=400)
    assert visitor.press("Use this code", code=codes[0].lower().replace("-", " ")).path == "/work"
    again = half_way(app)
    again.press("Use this code", code=codes[0], status=400)
    assert again.press("Use this code", code=codes[1]).path == "/work"
    assert factors.factors_of(mine).codes == 8


def test_what_is_kept_gives_no_second_factor_away(app: Flask) -> None:
    member = a_member("officer", email=OFFICER)
    codes = factors.new_recovery_codes(member)
    storage.commit()
    own = storage.session().get_one(Authenticator, member)
    assert APP.encode() not in own.sealed
    assert sealing.unseal(own.sealed, member) == APP
    with pytest.raises(sealing.Unreadable):  # moved to another member's row
        sealing.unseal(own.sealed, a_member("publisher"))
    marks = storage.session().scalars(select(RecoveryCode.code_mark)).all()
    assert len(marks) == 10
    assert not any(code.replace("-", "").lower() in "".join(marks).lower() for code in codes)


def test_the_second_page_is_nothing_without_the_first(visitor: Visitor) -> None:
    assert visitor.open("/sign-in/second").path == "/sign-in"
    assert visitor.open("/sign-in/set-up").path == "/sign-in"


def test_a_passphrase_waits_twenty_minutes_for_its_second_factor(app: Flask, clock: Clock) -> None:
    a_member("officer", email=OFFICER)
    visitor = half_way(app)
    clock.on(minutes=21)
    visitor.press("Go on", code="123456")
    assert visitor.page
    assert visitor.page.path == "/sign-in"


def test_a_page_wanted_before_opens_after(app: Flask) -> None:
    a_member("officer", email=OFFICER)
    visitor = Visitor(app.test_client())
    visitor.open("/work/themes")
    visitor.press("Sign in", email=OFFICER, passphrase=PASSPHRASE)
    assert visitor.press("Go on", code=app_code(OFFICER)).path == "/work/themes"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(app: Flask, elsewhere: str) -> None:
    a_member("officer", email=OFFICER)
    visitor = Visitor(app.test_client())
    visitor.open(f"/sign-in?next={elsewhere}")
    visitor.press("Sign in", email=OFFICER, passphrase=PASSPHRASE)
    assert visitor.press("Go on", code=app_code(OFFICER)).path == "/work"


# --- sessions


def test_the_session_is_a_new_one_after_signing_in_and_names_no_machine(app: Flask) -> None:
    a_member("officer", email=OFFICER)
    visitor = half_way(app)
    before = cookie_of(visitor)
    visitor.press("Go on", code=app_code(OFFICER))
    after = cookie_of(visitor)
    assert "half" in before
    assert "half" not in after
    assert set(after) <= {"_fresh", "_id", "_permanent", "_user_id", "began", "seen", "proved", "csrf_token"}
    assert after["_id"] == "", "Flask-Login's mark of address and browser"
    assert before.get("csrf_token") != after.get("csrf_token")


@pytest.mark.parametrize(("role", "page", "minutes"), [("safeguarding_lead", "/safeguarding", 15), ("officer", "/work", 60)])
def test_a_session_nobody_uses_ends(signed_in: SignIn, clock: Clock, role: str, page: str, minutes: int) -> None:
    visitor = signed_in(role)
    clock.on(minutes=minutes - 1)
    assert visitor.open(page).path == page
    clock.on(minutes=minutes - 1)
    assert visitor.open(page).path == page, "it was used meanwhile"
    clock.on(minutes=minutes)
    assert visitor.open(page).path.startswith("/sign-in")


def test_a_session_ends_after_twelve_hours_of_work(signed_in: SignIn, clock: Clock) -> None:
    visitor = signed_in("officer")
    for _ in range(23):
        clock.on(minutes=31)
        assert visitor.open("/work").path == "/work"
    clock.on(minutes=10)
    assert visitor.open("/work").path.startswith("/sign-in")


def test_every_session_ends_when_something_changes(app: Flask) -> None:
    """Roles, closing, passphrase, app, passkey, recovery by invitation, signing out everywhere."""
    member, admin = a_member("officer", email=OFFICER), a_member("administrator")
    acts: list[Callable[[], object]] = [
        lambda: identity.change_roles(member, ["officer", "publisher"], admin),
        lambda: actions.change_passphrase(member, "another walk along the lake"),
        lambda: identity.end_sessions(member, admin),
        lambda: factors.keep_passkey(member, b"credential", b"key", 0, "Phone"),
        lambda: identity.close_member(member, admin),
    ]
    passphrase = PASSPHRASE
    for act in acts:
        visitor = sign_in(app, OFFICER, passphrase)
        identity.keep_app(member, APP)  # so that each turn has codes of its own; it ends sessions, so sign in again
        storage.commit()
        assert visitor.open("/work").path.startswith("/sign-in")
        visitor = sign_in(app, OFFICER, passphrase)
        assert visitor.open("/work").path == "/work"
        act()
        storage.commit()
        assert visitor.open("/work").path.startswith("/sign-in")
        identity.keep_app(member, APP)
        storage.commit()
        passphrase = "another walk along the lake" if act is acts[1] or passphrase != PASSPHRASE else PASSPHRASE


# --- slowing


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


# --- asked again, and a second person


def test_a_second_person_needs_both_factors(app: Flask) -> None:
    a_member("safeguarding_deputy", email="deputy@demo.example")
    ask = identity.check_second_person
    code = app_code("deputy@demo.example")
    with app.test_request_context("/"):
        assert ask("deputy@demo.example", PASSPHRASE, "000000") is None
        assert ask("deputy@demo.example", "wrong words", code) is None
        assert ask("nobody@demo.example", PASSPHRASE, code) is None
        found = ask("deputy@demo.example", PASSPHRASE, code)
        assert found
        assert found.roles == {"safeguarding_deputy"}
        assert ask("deputy@demo.example", PASSPHRASE, code) is None, "a code is good once"
        for _ in range(4):
            ask("deputy@demo.example", "wrong words", code)
        with pytest.raises(TooManyRequests):
            ask("deputy@demo.example", PASSPHRASE, app_code("deputy@demo.example"))


def test_what_changes_how_one_signs_in_asks_again(app: Flask, clock: Clock) -> None:
    a_member("officer", email=OFFICER)
    visitor = sign_in(app, OFFICER)
    assert visitor.open("/me/passphrase").heading == "Choose a new passphrase"
    clock.on(minutes=16)
    page = visitor.open("/me/passphrase")
    assert page.heading == "Is it still you?"
    visitor.press("Go on", code="000000", status=400)
    assert visitor.press("Go on", code=code_of(APP, step_of(clock()))).heading == "Choose a new passphrase"
    visitor.press("Keep it", passphrase="short", again="short", status=400)
    visitor.press("Keep it", passphrase="kettle lantern moss pigeon", again="kettle lantern moss", status=400)
    assert visitor.press("Keep it", passphrase="kettle lantern moss pigeon", again="kettle lantern moss pigeon").heading == "How you sign in"
    assert identity.check_passphrase(OFFICER, "kettle lantern moss pigeon")


def test_a_form_that_waited_is_taken_for_as_long_again(app: Flask, clock: Clock) -> None:
    a_member("officer", email=OFFICER)
    visitor = sign_in(app, OFFICER)
    visitor.open("/me/passphrase")
    clock.on(minutes=29)
    assert visitor.press("Keep it", passphrase="kettle lantern moss pigeon", again="kettle lantern moss pigeon").heading == "How you sign in"


def test_my_own_page(app: Flask) -> None:
    member = a_member("officer", email=OFFICER)
    first, second = sign_in(app, OFFICER), sign_in(app, OFFICER)
    page = first.open("/work")
    assert page.link("Participation officer") == "/me"
    page = first.open("/me")
    assert OFFICER in page.words
    assert "You have 0 left" in page.words
    codes = first.press("Make ten new ones")
    assert len(codes.soup.select(".recovery li")) == 10
    assert factors.factors_of(member).codes == 10
    first.open("/me/app")
    assert first.page
    new = first.page.one(".letters").get_text().replace(" ", "")
    assert new != APP
    assert first.press("Use this app from now on", code=code_of(new, step_of(storage.now()))).heading == "How you sign in"
    assert second.open("/work").path.startswith("/sign-in"), "other devices are signed out"
    assert first.press("Sign out everywhere").path == "/sign-in"
    assert first.open("/work").path.startswith("/sign-in")


def test_a_passkey_is_taken_away_by_its_owner_and_never_the_last_way_in(app: Flask) -> None:
    mine, other = a_member("officer", email=OFFICER), a_member("publisher")
    factors.keep_passkey(mine, b"mine", b"key", 0, "My own phone")
    factors.keep_passkey(other, b"other", b"key", 0, "Of another")
    storage.commit()
    others = factors.passkeys_of(other)[0].id
    visitor = sign_in(app, OFFICER)
    visitor.open("/me")
    visitor.press("Take it away", passkey=str(others), status=404)
    visitor.open("/me")
    assert "My own phone" not in visitor.press("Take it away").words
    factors.take_away_app(mine)
    factors.keep_passkey(mine, b"again", b"key", 0, "The only one")
    codes = factors.new_recovery_codes(mine)
    storage.commit()
    visitor = half_way(app)
    visitor.press("Go on", code=codes[0])
    visitor.open("/me")
    page = visitor.press("Take it away")
    assert "your only second step" in page.words
    assert "The only one" in page.words


def test_the_board_has_its_own_way_there(signed_in: SignIn) -> None:
    visitor = signed_in("board_member", email="board@demo.example")
    page = visitor.open("/board")
    assert page.link("How you sign in") == "/me"
    assert visitor.open("/me").soup.select_one("body.roomy")


# --- the demo


def test_the_page_shows_the_code_in_a_demo_on_ones_own_machine_and_nowhere_else(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    a_member("officer", email=OFFICER)
    marker = app.extensions["voice.settings"].demo_marker
    visitor = half_way(app)
    assert visitor.page
    assert not visitor.page.soup.select("[data-demo]")
    marker.write_text(json.dumps({"members": [], "passphrase": PASSPHRASE, "app": APP}))
    try:
        shown = [visitor.open("/sign-in/second").one("[data-demo-code]").get_text()]
        assert visitor.press("Go on", code=shown[0]).path == "/work"
        for _ in range(2):
            again = half_way(app)
            assert again.page
            codes = again.page.soup.select("[data-demo-code]")
            if codes:
                assert again.press("Go on", code=codes[0].get_text()).path == "/work"
        assert half_way(app).page.one("[data-demo-wait]"), "three were used: the next comes with the clock"  # type: ignore[union-attr]
        identity.keep_app(storage.session().scalars(select(Member.id)).one(), "B" * 32)
        storage.commit()
        assert not half_way(app).page.soup.select("[data-demo]"), "an app of one's own"  # type: ignore[union-attr]
        identity.keep_app(storage.session().scalars(select(Member.id)).one(), APP)
        storage.commit()
        monkeypatch.setattr(type(app.extensions["voice.settings"]), "local", property(lambda self: False))
        with app.test_request_context("/"):
            from voice.identity.demo import shown_code

            assert shown_code(storage.session().scalars(select(Member)).one()) is None
    finally:
        marker.unlink()
    db.session.rollback()
