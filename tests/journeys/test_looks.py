"""Every page, as an eye and a finger meet it: no fault that axe finds, nothing cut off at the side, targets big enough."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE, House

PUBLIC = (
    "/",
    "/take-part",
    "/take-part/getting-about",
    "/pledges",
    "/pledges/new",
    "/your-receipt",
    "/you-said-we-did",
    "/you-said-we-did/waiting-for-the-bus-in-the",
    "/plan",
    "/plan/1",
    "/help-now",
    "/privacy",
    "/accessibility",
    "/sign-in",
    "/nowhere-at-all",
)
INSIDE = {
    "officer@demo.example": ("/work", "/work/many", "/work/sort", "/work/themes", "/work/themes/new?priority=1", "/work/answers"),
    "lead@demo.example": ("/safeguarding",),
    "board@demo.example": ("/board", "/board/healthy-food-costs-more-than-chips"),
}
WAYS = {
    "phone": (PHONE, {"color_scheme": "light"}, ""),
    "desk-dark": (DESK, {"color_scheme": "dark"}, ""),
    "phone-mirror": (PHONE, {"color_scheme": "dark"}, "/qps"),
}
SMALLEST = 44


def check(page: Page, path: str) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{path}: {found.generate_report()[:3000]}"
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{path}: {width} px are cut off at the side"
    small = page.evaluate(
        """least => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(each => {
            if (!each.checkVisibility({contentVisibilityAuto: true})) return false;  // inside a closed fold
            const box = (each.closest('label') || each).getBoundingClientRect();
            if (!box.width || !box.height || getComputedStyle(each).clipPath !== 'none') return false;
            if (each.tagName === 'A' && getComputedStyle(each).display === 'inline') return false;
            return box.height < least - .5 || box.width < least - .5;
        }).map(each => each.outerHTML.slice(0, 120))""",
        SMALLEST,
    )
    assert not small, f"{path}: too small to touch: {small[:5]}"


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
