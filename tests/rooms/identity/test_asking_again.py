"""What is dangerous asks again for the second factor; my own page; a second person shows both. On both databases (SAFETY S13)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

from tests.making import APP, PASSPHRASE, a_member, app_code, sign_in
from tests.reading import Visitor
from tests.rooms.identity.conftest import OFFICER, Clock, half_way
from voice import identity, storage
from voice.identity import factors
from voice.identity.rules import code_of, step_of

SignIn = Callable[..., Visitor]


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
