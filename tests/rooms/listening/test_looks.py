"""Every kind of question as an eye, a finger, a keyboard and a switch meet it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.looks import check
from tests.rooms.listening.conftest import onward, to

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
Held = Callable[..., Page]
# Whose words, in which language, on what screen: each with each other somewhere.
LIGHT, DARK, FORCED = {"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}
WAYS = {
    "younger, dark, narrow": ("younger", "", DARK, 320),
    "younger, forced colours": ("younger", "", FORCED, 390),
    "middle, light": ("middle", "", LIGHT, 390),
    "older, dark": ("older", "", DARK, 390),
    "older, forced colours, narrow": ("older", "", FORCED, 320),
    "Easy Read, light, narrow": ("older", "/easy", LIGHT, 320),
    "Easy Read, younger, dark": ("younger", "/easy", DARK, 390),
    "mirrored, light": ("younger", "/qps", LIGHT, 390),
}


def every_page(page: Page, age: str, prefix: str, look: Callable[[str], None]) -> None:
    """From the list of ages to the thanks, with something picked or written on each page."""
    page.goto(f"{prefix}/take-part/way")
    look("ages")
    page.goto(f"{prefix}/take-part/way?w={age}")
    look("start")
    onward(page)
    while page.locator("[name=at]").count():
        answer(page)
        look(str(page.locator("[name=at]").get_attribute("value")))
        onward(page)
    look("check")
    page.click("main .btn.onward")
    page.wait_for_selector(".receipt")
    look("thanks")


def answer(page: Page) -> None:
    box, rank = page.locator("form#walk :is(textarea, input[type=text])"), page.locator("[data-rank] button[name=go]")
    if box.count():
        box.fill("3" if page.locator("input.number").count() else "wide trees and a very long lane " * 3)
    elif rank.count():
        rank.nth(1).click()
        rank.nth(0).click()
    elif page.locator(".choices input").count():
        page.locator(".choices input").first.check(force=True)


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_question_in_every_look(held: Held, way: str) -> None:
    age, prefix, how, width = WAYS[way]
    page = held(width=width, **how)
    every_page(page, age, prefix, lambda name: check(page, name))


@pytest.mark.parametrize("age", ["younger", "older"])
def test_with_letters_twice_as_big_nothing_is_cut_off(held: Held, age: str) -> None:
    page = held(width=320)

    def look(name: str) -> None:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert width <= 0, f"{name}: {width} px are cut off at the side"

    every_page(page, age, "", look)


@pytest.mark.parametrize("how", [LIGHT, DARK, FORCED], ids=["light", "dark", "forced colours"])
def test_what_is_chosen_shows_by_more_than_its_colour(held: Held, how: dict[str, str]) -> None:
    page = held(**how)
    # The edge grows, drawn as a border or inside of it, and the mark has something in it.
    edge = """each => { const look = getComputedStyle(each);
      return parseFloat(look.borderTopWidth) + (look.boxShadow.includes('inset') ? 2 : 0); }"""
    for name, age in (("safe", "younger"), ("safe", "older"), ("play", "younger"), ("listen", "middle")):
        to(page, name, age)
        rows = page.locator(".choices .choice")
        rows.first.locator("input").check(force=True)
        assert rows.first.evaluate(edge) > rows.last.evaluate(edge), f"{name}, {age}"
        filled = "each => getComputedStyle(each, '::after').backgroundColor"
        assert rows.first.locator("input").evaluate(filled) != rows.last.locator("input").evaluate(filled)
    to(page, "first", "older")
    rows = page.locator("[data-rank] button")
    rows.nth(2).click()
    assert rows.nth(2).inner_text().split("\n")[-1].strip().endswith("1")
    assert rows.nth(2).evaluate(edge) > rows.nth(1).evaluate(edge)


def test_by_keyboard_alone_and_the_place_is_never_lost(held: Held) -> None:
    page = held()
    to(page, "safe", "middle")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    press_until(page, "document.activeElement.name === 'a.safe'")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("input:checked").get_attribute("value") == "middle"
    ring = "getComputedStyle(document.activeElement.closest('label')).outlineWidth"
    assert page.evaluate(ring) == "3px"
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=at][value=play]", state="attached")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    while not page.locator("[data-rank]").count():
        onward(page)
    press_until(page, "document.activeElement.value === 'pick:parks'")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "pick:parks"
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert page.locator("[data-rank-says]").inner_text().startswith("Now tap your number 2.")


def press_until(page: Page, true: str) -> None:
    for _ in range(30):
        if page.evaluate(true):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never came to {true}")


def test_none_of_these_and_a_way_to_pass_put_out_the_others(held: Held) -> None:
    page = held()
    to(page, "play")
    ticked = "[...document.querySelectorAll('input:checked')].map(each => each.value)"
    for code in ("swing", "ball"):
        page.check(f"input[value={code}]", force=True)
    page.check("input[value=nothing]", force=True)
    assert page.evaluate(ticked) == ["nothing"]
    page.check("input[value=swing]", force=True)
    assert page.evaluate(ticked) == ["swing"]
    page.check("input[value=rather_not]", force=True)
    assert page.evaluate(ticked) == ["rather_not"]
    to(page, "first")
    page.locator("[data-rank] button").nth(1).click()
    page.check("input[value=dont_know]", force=True)
    assert page.locator("[data-rank-picks] input").count() == 0
    page.locator("[data-rank] button").nth(2).click()
    assert page.evaluate(ticked) == []
    assert page.locator("[data-rank-picks] input").count() == 1


def test_the_order_by_finger_is_the_order_that_is_sent(held: Held) -> None:
    page = held()
    to(page, "first")
    for number in (3, 0, 1, 2):  # the fourth finds the order full
        page.locator("[data-rank] button").nth(number).click()
    page.locator("[data-rank] button").nth(0).click()
    assert page.locator("[data-rank-says]").inner_text().startswith("Now tap your number 3.")
    onward(page)
    page.click("text=Back")
    page.wait_for_selector("[data-rank]")
    picked = page.evaluate("[...document.querySelectorAll('[data-rank-picks] input')].map(each => each.value)")
    assert picked == ["talk", "parks"]
