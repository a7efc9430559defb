"""A seven-year-old answers with pictures; someone who reads Urdu says it, sends it and comes back to it, from right to left all the way."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browsing import PHONE
from tests.journeys.conftest import House
from tests.making import an_activity
from voice import asking, storage
from voice.keeping.models import Submission, View

IN_URDU = "\u0633\u0691\u06a9 \u067e\u0631 \u0628\u062a\u06cc \u0646\u06c1\u06cc\u06ba \u06c1\u06d2"  # there is no light on the road
MOST_SCREENS = 20
# Another question, or a page without one; between two pages there is nothing.
NEXT = "was => document.readyState !== 'loading' && document.querySelector('h1') && document.querySelector('input[name=at]')?.value !== was"

both = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])


def the_newest(app: Flask, slug: str) -> Submission:
    with app.app_context():
        activity = asking.activity(slug)
        assert activity
        return storage.session().scalars(select(Submission).where(Submission.activity_id == activity.id)).one()


@both
def test_a_seven_year_old_answers_with_pictures(house: House, opened: Callable[..., Page], scripts: bool) -> None:
    with house.app.app_context():
        an_activity("little-ones", instrument="early-years-pictures")
    page = opened(PHONE, scripts=scripts)
    page.goto("/take-part/little-ones")
    expect(page.locator("main")).to_contain_text("You can do this on your own.")
    page.locator("button.onward").click()
    faces, tiles = 0, 0
    for _ in range(MOST_SCREENS):
        if page.locator("input[name=on][value=check]").count():
            break
        here = page.locator("input[name=at]").get_attribute("value")
        one_to_tap = page.locator(".choices label.choice")
        if one_to_tap.count():
            shown = page.locator(".choices .face").count()
            assert shown <= 2, f"{here}: {shown} faces for a small child"
            faces += shown > 0
            tiles += page.locator(".choices .pic").count() > 0
            box = one_to_tap.first.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 88, f"{here}: small fingers need more than {box}"
            one_to_tap.first.click()
        page.locator("button.onward").click()
        page.wait_for_function(NEXT, arg=here)
    assert faces
    assert tiles
    page.locator("button.onward").click()
    expect(page.locator("input[name=on]")).to_have_value("picture")
    draw_a_wish(page, scripts)
    page.locator("button.onward").click()
    expect(page.locator(".receipt li")).to_have_count(5)
    kept = the_newest(house.app, "little-ones")
    assert kept.wording == "younger"
    assert kept.answers["wish_drawn"] == ["picture"]


def draw_a_wish(page: Page, scripts: bool) -> None:
    """On the screen, or on paper where there is no script."""
    if not scripts:
        held = io.BytesIO()
        Image.new("RGB", (80, 60), "green").save(held, "PNG")
        page.locator("[data-way=paper] input[type=file]").last.set_input_files({"name": "1.png", "mimeType": "image/png", "buffer": held.getvalue()})
        return
    board = page.locator("[data-board] canvas")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 90, steps=4)
    page.mouse.up()


@both
def test_urdu_from_end_to_end(house: House, opened: Callable[..., Page], scripts: bool) -> None:
    page = opened(PHONE, scripts=scripts)
    page.goto("/")
    page.locator("#languages").get_by_text("اردو").click()
    in_urdu(page)
    page.locator("a[href='/ur/take-part']").locator("visible=true").first.click()
    page.locator("a[href$='/take-part/getting-about']").first.click()
    in_urdu(page)
    page.locator("button[name=w][value=older]").click()
    said = walk_in_urdu(page)
    assert said
    page.locator("button[value=send]").click()
    expect(page.locator(".receipt li")).to_have_count(5)
    in_urdu(page)
    words = [each.strip() for each in page.locator(".receipt li").all_inner_texts()]
    with house.app.app_context():
        views = storage.session().scalars(select(View).where(View.words == IN_URDU)).all()
        assert {view.language for view in views} == {"ur"}
        assert len({view.submission_id for view in views}) == 1
    page.goto("/ur/your-receipt")
    for number, word in enumerate(words, start=1):
        page.locator("main input[type=text]").nth(number - 1).fill(word)
    page.locator("main form button").first.click()
    expect(page.locator("main .path")).to_be_visible()
    in_urdu(page)
    assert IN_URDU not in page.content()


def walk_in_urdu(page: Page) -> bool:
    """Pick the first of everything and write in every box; every page stands from right to left. Whether something was written."""
    said = False
    for _ in range(MOST_SCREENS):
        in_urdu(page)
        if page.locator("input[name=on][value=check]").count():
            assert IN_URDU in page.locator("main").inner_text()
            return said
        here = page.locator("input[name=at]").get_attribute("value")
        if page.locator("textarea").count():
            page.locator("textarea").fill(IN_URDU)
            said = True
        elif page.locator(".choices label.choice").count():
            page.locator(".choices label.choice").first.click()
        page.locator("button.onward").click()
        page.wait_for_function(NEXT, arg=here)
    raise AssertionError("the questions never end")


def in_urdu(page: Page) -> None:
    """The page says so, its heading is in Urdu's letters, nothing sticks out, and the way out is where a reader of Urdu looks for it."""
    expect(page.locator("html")).to_have_attribute("lang", "ur")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    heading = page.locator("h1").inner_text()
    assert any("\u0600" <= sign <= "\u06ff" for sign in heading), f"{page.url}: “{heading}”"
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1], f"{page.url} is {wide[0]} wide"
    assert page.locator(".bar .home").evaluate("mark => mark.getBoundingClientRect().x") > PHONE["width"] / 2
