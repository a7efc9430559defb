"""Hand-over mode in a real browser: going back finds nothing, and a phone nobody touches makes room for the next person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browsing import PATIENCE, PHONE, a_browser, served
from tests.rooms.listening.making import WORDS, an_open_activity
from tests.rooms.listening.test_script import onward
from voice.web.assets import FOLDER

# What a browser does does not hang on the database.
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


@pytest.fixture
def handed(app: Flask) -> Iterator[Page]:
    """A phone that keeps pages for Back, as people's phones do, on the page the adult reads first. Nothing but that is in its history."""
    an_open_activity()
    with served(app) as port, a_browser(ignore_default_args=["--disable-back-forward-cache"]) as browser:
        page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"http://127.0.0.1:{port}/take-part/way/hand-over")
        yield page


def to_the_words_box(page: Page) -> None:
    page.get_by_role("button", name="I am next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your way to school")
    while not page.locator("textarea").count():
        onward(page)
    page.fill("textarea", WORDS)


def send(page: Page) -> list[str]:
    """To the receipt, and its words."""
    while not page.locator(".receipt").count():
        onward(page)
    return page.locator(".receipt li").all_inner_texts()


def nothing_of(page: Page, words: list[str]) -> None:
    assert WORDS not in page.content() + page.title() + page.url
    seen = page.inner_text("body").lower().split()
    for each in words:  # a receipt's word may be a piece of a word in our own markup
        assert each not in seen, f"“{each}” can be seen"
    assert not page.locator("textarea").count()
    assert not page.locator(".receipt").count()


@on_sqlite
def test_the_next_person_cannot_go_back_to_what_was_said(handed: Page) -> None:
    page = handed
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Start").click()
    to_the_words_box(page)
    words = send(page)
    assert len(words) == 5
    page.get_by_role("link", name="Done: give the phone back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    assert page.evaluate("history.length") == entries, "a turn leaves nothing in the history"
    for move in (page.reload, page.go_back, page.go_forward, page.go_back, page.go_forward, page.reload):
        move()
        page.wait_for_timeout(150)
        nothing_of(page, words)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@on_sqlite
def test_going_back_in_the_middle_of_a_turn_drops_it(handed: Page) -> None:
    page = handed
    page.get_by_role("link", name="Start").click()
    to_the_words_box(page)
    page.go_back()
    page.wait_for_timeout(150)
    nothing_of(page, [])
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    nothing_of(page, [])


@on_sqlite
def test_another_site_and_back_again_shows_the_next_person(handed: Page) -> None:
    page = handed
    page.get_by_role("link", name="Start").click()
    to_the_words_box(page)
    page.goto("about:blank")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    nothing_of(page, [])


@on_sqlite
def test_a_phone_nobody_touches_asks_and_then_makes_room(handed: Page) -> None:
    page = handed
    page.clock.install()
    page.get_by_role("link", name="Start").click()
    to_the_words_box(page)
    page.clock.run_for(121_000)
    expect(page.get_by_role("heading", name="Are you still there?")).to_be_visible()
    assert not page.locator("[data-still]").get_by_text("20").count(), "no countdown"
    page.get_by_role("button", name="Yes, I am here").click()
    expect(page.get_by_role("heading", name="Are you still there?")).to_be_hidden()
    assert page.input_value("textarea") == WORDS
    page.clock.run_for(121_000)
    expect(page.get_by_role("heading", name="Are you still there?")).to_be_visible()
    page.clock.run_for(21_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    nothing_of(page, [])


@on_sqlite
def test_a_phone_that_slept_in_a_pocket_shows_nothing_when_it_wakes(handed: Page) -> None:
    page = handed
    page.clock.install()
    page.get_by_role("link", name="Start").click()
    to_the_words_box(page)
    page.clock.fast_forward("30:00")  # timers stand still while it sleeps, the clock does not
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    nothing_of(page, [])


@on_sqlite
def test_between_two_people_it_waits_as_long_as_it_takes(handed: Page) -> None:
    page = handed
    page.clock.install()
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")
    page.clock.run_for(600_000)
    expect(page.get_by_role("heading", name="Are you still there?")).to_be_hidden()
    to_the_words_box(page)  # and the clock begins with the next person
    expect(page.get_by_role("heading", name="Are you still there?")).to_be_hidden()


@on_sqlite
def test_the_adult_finds_the_end(handed: Page) -> None:
    page = handed
    page.get_by_role("link", name="Start").click()
    page.get_by_role("link", name="Finish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All done")
    page.get_by_role("link", name="One more person").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next person")


def test_the_script_is_small() -> None:
    source = (FOLDER / "js" / "handover.js").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 150
    assert len(source.encode()) <= 3072
