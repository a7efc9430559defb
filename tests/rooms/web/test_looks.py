"""The layouts in a real browser: on a phone and a desk, light and dark, from left and from right: no fault that axe finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browsing import DESK, PHONE, a_browser, served
from tests.looks import check
from tests.rooms.web.conftest import Roles

SHOWN = ("/parts", "/child", "/board", "/desk", "/broken")
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture
def address(furnished: Flask, roles: Roles) -> Iterator[str]:
    roles.held = frozenset({"officer"})
    with served(furnished) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("prefix", ["", "/qps"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=["narrow", "phone", "desk"])
def test_every_layout_is_free_of_faults(browser: Browser, address: str, size: dict[str, int], scheme: str, prefix: str) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    for path in SHOWN:
        page.goto(prefix + path)
        check(page, prefix + path)
    context.close()
    assert not [each for each in said if "500" not in each], said


def test_the_last_page_keeps_its_own_policy(browser: Browser, furnished: Flask, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_given: object, **_named: object) -> str:
        raise OSError("no templates")

    monkeypatch.setattr("voice.web.errors.render_template", gone)
    page = browser.new_page(base_url=address, viewport=PHONE)  # type: ignore[arg-type]
    page.goto("/broken")
    assert page.evaluate("getComputedStyle(document.querySelector('header')).borderEndEndRadius") == "44px"
    check(page, "down.html")
    page.close()


def test_the_pages_of_a_page_without_referrer_may_still_send(browser: Browser, address: str) -> None:
    """Such a page names its origin as “null”; it is ours all the same."""
    page = browser.new_page(base_url=address)
    page.route("**/child", lambda route: route.fulfill(response=(got := route.fetch()), headers={**got.headers, "referrer-policy": "no-referrer"}))
    page.goto("/child")
    page.evaluate("document.querySelector('form').action = '/send'")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_text("taken").is_visible()
    page.close()
