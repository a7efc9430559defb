"""Leaving quickly, in a real browser: the words are gone at once, and Back does not bring them again."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

import pytest
from flask import Flask
from playwright.sync_api import Page, Route

from tests.reading import Visitor
from tests.rooms.listening.conftest import ELSEWHERE, to
from tests.rooms.listening.every import EVERY
from tests.rooms.listening.making import WORDS, an_open_activity

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
SLOW = 1.5  # seconds the other site takes
Held = Callable[..., Page]


def weather(page: Page, *, after: float = 0) -> list[dict[str, str]]:
    """The neutral site, answered here; the list gets the headers it was asked with."""
    asked: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        asked.append(route.request.headers)
        sleep(after)
        route.fulfill(body="<title>Weather</title><h1>Sunny</h1>", content_type="text/html")

    page.context.route("https://www.bbc.co.uk/**", answer)
    return asked


def test_one_tap_empties_the_page_at_once_and_goes_to_another_site(held: Held) -> None:
    page = held()
    asked = weather(page, after=SLOW)
    to(page, "one_word")
    page.fill("input[type=text]", WORDS)
    # Measured on the page itself, in the turn of the tap: long before the other site has answered.
    left = page.evaluate(
        "() => { const began = performance.now(); document.querySelector('.leave').click();"
        " return [document.body.innerText.trim(), document.title, performance.now() - began]; }"
    )
    assert left[0] == ""
    assert "Question" not in left[1]
    assert left[2] < 300
    page.wait_for_url(ELSEWHERE)
    assert "referer" not in asked[0]


def test_back_does_not_return_to_what_was_there(held: Held) -> None:
    page = held()
    weather(page)
    page.goto("/take-part")
    to(page, "one_word")
    page.fill("input[type=text]", WORDS)
    page.click(".leave")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    page.wait_for_load_state()
    assert page.url.endswith("/take-part")
    assert WORDS not in page.content()


def test_the_way_out_stays_in_sight_and_is_big_enough(held: Held) -> None:
    page = held(width=320)
    to(page, "first")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    box = page.locator(".leave").bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["width"] >= 44
    assert box["y"] >= 0


def test_shift_three_times_leaves_and_says_how_many_are_left(held: Held) -> None:
    page = held()
    weather(page)
    to(page, "one_word")
    line = page.locator("[data-shift]")
    assert line.inner_text() == ""
    page.keyboard.press("Shift")
    assert line.inner_text() == "Press Shift 2 more times to leave this page."
    page.keyboard.press("Shift")
    assert line.inner_text() == "Press Shift 1 more time to leave this page."
    page.keyboard.press("Shift")
    page.wait_for_url(ELSEWHERE)


def test_writing_capital_letters_does_not_leave(held: Held) -> None:
    page = held()
    weather(page)
    to(page, "one_word")
    page.focus("input[type=text]")
    for letter in "ABCDE":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    page.keyboard.press("x")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.input_value("input[type=text]") == "ABCDEx"


def test_it_is_explained_before_it_is_needed_and_is_a_plain_link_without_scripts(app: Flask, visitor: Visitor) -> None:
    an_open_activity(document=EVERY)
    page = visitor.open("/take-part/way")
    assert "It does not clear your history." in page.words
    assert page.one("[data-keys]").has_attr("hidden")  # nobody is told of keys that do nothing
    for each in (page, visitor.press("11 or older")):
        leave = each.one("a.leave")
        assert leave["href"] == ELSEWHERE
        assert leave["rel"] == ["noreferrer"]
