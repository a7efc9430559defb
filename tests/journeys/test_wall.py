"""The wall as somebody looks at it on a phone, without a script."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browsing import PHONE
from tests.journeys.conftest import House


def test_a_pledge_is_found_by_what_it_is_about_looked_at_and_taken_along(house: House, opened: Callable[..., Page]) -> None:
    page = opened(PHONE, scripts=False)
    page.goto("/pledges")
    expect(page.locator(".pledge")).to_have_count(24)
    assert page.locator(".pledge img").count() > 3
    assert page.locator(".pledge svg.art").count() > 3
    assert not page.locator(".pledge").first.locator("img.selfie").count()
    page.locator("summary").click()
    page.get_by_label("What is it about?").select_option("4")
    page.get_by_role("button", name="Show").click()
    page.locator(".pledge:has(img.drawing) a").first.click()
    expect(page.locator("h1")).to_have_text("A young person’s pledge")
    picture = page.locator("main img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("each => each.naturalWidth") > 200
    assert page.locator("main img").get_attribute("alt")
    certificate = page.request.get(page.get_by_role("link", name="Open the certificate").get_attribute("href") or "")
    assert certificate.body().startswith(b"%PDF")
    page.get_by_role("link", name="Open the card").click()
    assert page.locator("img").evaluate("each => [each.naturalWidth, each.naturalHeight]") == [1200, 630]
