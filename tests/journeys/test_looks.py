"""Every page, as an eye and a finger meet it: no fault that axe finds, nothing cut off at the side, targets big enough."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests import browsing
from tests.browsing import PHONE
from tests.journeys.conftest import House
from tests.looks import check
from tests.pages_of_the_house import PUBLIC


def test_pages_for_everyone_set_no_cookie_and_are_whole_on_a_phone(opened: Callable[..., Page], house: House) -> None:
    """In one look; every pair of language, theme, width and size of letters is in test_grid."""
    page = opened(PHONE)
    for path in PUBLIC:
        page.goto(path)
        check(page, path)
        assert not page.context.cookies() or path == "/sign-in", f"{path}: sets a cookie"
        page.context.clear_cookies()


def sign_in(page: Page, house: House, email: str) -> None:
    browsing.sign_in(page, email, house.passphrase)
