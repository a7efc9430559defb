"""Signing in: two factors, sessions that end. On both databases (SAFETY S13)."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.making import APP, PASSPHRASE, a_member, app_code, sign_in
from tests.reading import Visitor
from tests.rooms.identity.conftest import OFFICER, Clock, half_way
from voice import identity, storage
from voice.extensions import db
from voice.identity import actions, factors, sealing
from voice.identity.models import Authenticator, Member, RecoveryCode
from voice.identity.rules import code_of, step_of

SignIn = Callable[..., Visitor]


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
                shown.append(codes[0].get_text())
                assert again.press("Go on", code=shown[-1]).path == "/work"
        last = half_way(app).page
        assert last
        left = {each.get_text() for each in last.soup.select("[data-demo-code]")}
        assert last.soup.select("[data-demo-wait]") or left - set(shown), "three were used: the next comes with the clock"
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
