"""The way in, in Chromium with a passkey of its own (WebAuthn's virtual authenticator): the first day, and the days after."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from tests import browsing
from tests.browsing import DESK, PATIENCE, PHONE
from tests.journeys.conftest import House
from tests.looks import check
from voice import identity, storage
from voice.identity.models import Passkey

DEVICE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "automaticPresenceSimulation": True}
PASSPHRASE = "kettle lantern moss pigeon"
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def device(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """`device(verified=True)`: a person's own device, which keeps passkeys; `verified`: whether it knows its owner's finger."""
    with ExitStack() as stack:

        def open_(*, verified: bool = True) -> Page:
            # a passkey is for a name, never for a number: localhost
            context: BrowserContext = browser.new_context(viewport=PHONE, base_url=house.address.replace("127.0.0.1", "localhost"))  # type: ignore[arg-type]
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            tools = context.new_cdp_session(page)
            tools.send("WebAuthn.enable")
            tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "hasUserVerification": verified, "isUserVerified": verified}})
            return page

        yield open_


UNASKED = """id => { const form = document.querySelector('[data-passkey]'), asked = JSON.parse(form.dataset.options);
    form.dataset.options = JSON.stringify({ ...asked, userVerification: "discouraged", allowCredentials: [{ id, type: "public-key" }] }); }"""
"""Somebody changes what the page asks of the device: whoever holds it need not show that they are its owner."""


def kept(house: House) -> str:
    """The name of the one passkey there is, as pages write it."""
    with house.app.app_context():
        return base64.urlsafe_b64encode(storage.session().scalars(select(Passkey.credential)).one()).rstrip(b"=").decode()


def looked_at(page: Page, name: str) -> None:
    """No fault at any width, by day and by night."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size in (NARROW, DESK, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            check(page, f"{name} {scheme} {size['width']}")


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def invited(house: House, make: Callable[[], identity.Invited]) -> str:
    with house.app.app_context():
        made = make()
        storage.commit()
        return made.code


def test_the_first_day_with_a_passkey_and_the_day_after(device: Callable[..., Page], house: House) -> None:
    code = invited(house, lambda: identity.invite("ada@hereford.example", "Ada Weaver", ["officer"], None))
    page = device()
    page.goto(f"/invitation#{code}")
    expect(page.get_by_label("Your code")).to_have_value(code)
    assert code not in page.url, "the code leaves the address at once"
    looked_at(page, "invitation")
    press(page, "Begin")
    page.wait_for_url("**/invitation/join")
    looked_at(page, "join")
    for label in ("A passphrase", "The same again"):
        page.get_by_label(label).fill(PASSPHRASE)
    press(page, "Go on")
    page.wait_for_url("**/sign-in/set-up")
    looked_at(page, "set up")
    page.goto("/work")
    assert "/sign-in" in page.url, "nothing opens before the second factor is there"
    page.goto("/sign-in/set-up")
    press(page, "Make a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these ten codes")
    assert page.locator(".recovery li").count() == 10
    looked_at(page, "codes")
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/work")
    page.goto("/me")
    expect(page.get_by_text("My phone or computer")).to_be_visible()
    looked_at(page, "me")
    page.goto("/me/passphrase")
    looked_at(page, "new passphrase")
    page.goto("/me")
    press(page, "Sign out")
    page.goto("/sign-in")
    looked_at(page, "sign in")
    press(page, "Use a passkey")
    page.wait_for_url("**/work")


def with_a_passkey(page: Page, house: House) -> None:
    """The demo's officer adds one to the app they have."""
    browsing.sign_in(page, "officer@demo.example", house.passphrase)
    page.goto("/me/passkeys/new")
    looked_at(page, "new passkey")
    page.get_by_label("A name for it").fill("My own phone")
    press(page, "Make a passkey")
    expect(page.get_by_text("My own phone")).to_be_visible()
    press(page, "Sign out")


def test_a_passkey_is_a_second_factor_and_alone_only_where_the_device_knows_its_owner(device: Callable[..., Page], house: House) -> None:
    page = device(verified=False)
    with_a_passkey(page, house)
    page.goto("/sign-in")
    press(page, "Use a passkey")
    expect(page.locator("[data-not]")).to_be_visible()  # the device was asked who holds it, and cannot tell
    page.evaluate(UNASKED, kept(house))
    press(page, "Use a passkey")
    page.wait_for_url("**/sign-in/passkey")  # it was not asked, and answered: the server asks for more
    expect(page.locator(".errors")).to_contain_text("That passkey did not work here")
    page.goto("/work")
    assert "/sign-in" in page.url
    page.goto("/sign-in")
    page.get_by_label("Your e-mail address").fill("officer@demo.example")
    page.get_by_label("Your passphrase").fill(house.passphrase)
    press(page, "Sign in")
    page.wait_for_url("**/sign-in/second")
    looked_at(page, "second step")
    press(page, "Use a passkey")
    page.wait_for_url("**/work")


def test_an_answer_of_a_device_is_good_once(device: Callable[..., Page], house: House) -> None:
    """Whoever caught the answer and the cookie it went with gets nothing for them."""
    page = device()
    with_a_passkey(page, house)
    page.goto("/sign-in")
    caught: list[Any] = []
    page.on(
        "request", lambda request: caught.append(request.post_data) if request.url.endswith("/sign-in/passkey") and request.method == "POST" else None
    )
    before = page.context.cookies()
    press(page, "Use a passkey")
    page.wait_for_url("**/work")
    page.context.clear_cookies()
    page.context.add_cookies(before)  # type: ignore[arg-type]
    headers = {"content-type": "application/x-www-form-urlencoded", "referer": page.url}
    again = page.context.request.post("/sign-in/passkey", data=caught[0], headers=headers, max_redirects=0)
    assert again.status == 400
    assert "That passkey did not work here" in again.text()


def test_the_first_day_of_a_young_person_with_a_card(device: Callable[..., Page], house: House) -> None:
    code = invited(house, lambda: identity.invite_with_card("Samira", None))
    page = device()
    page.goto(f"/invitation#{code}")
    press(page, "Begin")
    page.wait_for_url("**/invitation/join")
    looked_at(page, "join with a card")
    page.get_by_label("Your sign-in name").fill("river-fox")
    for label in ("A PIN", "The same PIN again"):
        page.get_by_label(label, exact=True).fill("482915")
    press(page, "Go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are in. Keep your card")
    looked_at(page, "keep your card")
    page.goto("/me")
    looked_at(page, "me of the board")
    page.goto("/me/passphrase")
    looked_at(page, "new PIN")
    press(page, "Sign out")
    page.goto("/sign-in")
    page.get_by_label("Your e-mail address").fill("river-fox")
    page.get_by_label("Your passphrase").fill("482915")
    press(page, "Sign in")
    page.wait_for_url("**/sign-in/second")
    looked_at(page, "the code of a card")
    page.get_by_label("The code on your card").fill(code)
    press(page, "Go on")
    page.wait_for_url("**/board")
