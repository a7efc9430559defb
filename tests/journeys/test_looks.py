"""Every page, as an eye and a finger meet it: no fault that axe finds, nothing cut off at the side, targets big enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browsing import DESK, PHONE
from tests.journeys.conftest import House
from tests.looks import check
from tests.pages_of_the_house import INSIDE, PUBLIC

WAYS = {
    "phone": (PHONE, {"color_scheme": "light"}, ""),
    "desk-dark": (DESK, {"color_scheme": "dark"}, ""),
    "phone-mirror": (PHONE, {"color_scheme": "dark"}, "/qps"),
}


@pytest.mark.parametrize("way", WAYS)
def test_pages_for_everyone(opened: Callable[..., Page], house: House, way: str) -> None:
    viewport, how, prefix = WAYS[way]
    page = opened(viewport, **how)
    for path in PUBLIC:
        page.goto(prefix + path)
        check(page, path)
        assert not page.context.cookies() or path == "/sign-in", f"{path}: sets a cookie"
        page.context.clear_cookies()


@pytest.mark.parametrize("way", ["phone", "desk-dark"])
@pytest.mark.parametrize("email", INSIDE)
def test_pages_for_those_who_sign_in(opened: Callable[..., Page], house: House, email: str, way: str) -> None:
    viewport, how, _ = WAYS[way]
    page = opened(viewport, **how)
    sign_in(page, house, email)
    for path in INSIDE[email]:
        reply = page.goto(path)
        assert reply
        assert reply.status == 200, path
        check(page, path)


def sign_in(page: Page, house: House, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Your passphrase").fill(house.passphrase)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
