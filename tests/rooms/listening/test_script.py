"""What the small script adds, in a real browser: one entry in the history, words that survive a lost net, nothing left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browsing import PATIENCE, PHONE, a_browser, served
from tests.rooms.listening.making import WORDS, an_open_activity
from voice import storage
from voice.keeping.models import View
from voice.web.assets import FOLDER

# What a browser does does not hang on the database.
on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)


@pytest.fixture
def phone(app: Flask) -> Iterator[tuple[Page, str]]:
    """A phone with JavaScript, and the address of an open activity."""
    an_open_activity()
    with served(app) as port, a_browser() as browser:
        page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE * 1000)
        yield page, f"http://127.0.0.1:{port}/take-part/way"


def until(true: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, "it never came true"
        sleep(0.05)


def onward(page: Page) -> None:
    before = page.inner_text("h1")
    page.click("form .btn.onward")
    until(lambda: page.inner_text("h1") != before)


@on_sqlite
def test_a_whole_survey_is_one_entry_in_the_history_and_the_heading_is_read_first(phone: tuple[Page, str]) -> None:
    page, address = phone
    page.goto(address)
    entries = page.evaluate("history.length")
    while not page.locator(".receipt").count():
        onward(page)
        assert page.evaluate("document.activeElement.tagName") == "H1"
        if page.locator("textarea").count():
            page.fill("textarea", WORDS)
    assert page.evaluate("history.length") == entries
    assert page.url == address
    storage.session().rollback()
    assert storage.session().query(View).one().words == WORDS


@on_sqlite
def test_words_stay_when_the_net_is_gone(phone: tuple[Page, str]) -> None:
    page, address = phone
    page.goto(address)
    while not page.locator("textarea").count():
        onward(page)
    page.fill("textarea", WORDS)
    page.context.set_offline(True)
    page.click("form .btn.onward")  # the phone goes on by itself, or says that it cannot
    until(lambda: page.locator("[data-lost]:not([hidden])").count() > 0 or WORDS in page.inner_text("main"))
    assert "We have it" not in page.inner_text("main")
    page.context.set_offline(False)
    while not page.locator(".receipt").count():
        onward(page)
    storage.session().rollback()
    assert storage.session().query(View).one().words == WORDS


@on_sqlite
def test_the_next_person_finds_nothing(phone: tuple[Page, str]) -> None:
    page, address = phone
    page.goto(address)
    while not page.locator("textarea").count():
        onward(page)
    page.fill("textarea", WORDS)
    page.goto("about:blank")
    page.go_back()
    until(lambda: page.locator("h1").count() == 1)
    assert WORDS not in page.content()
    assert page.locator("textarea").count() == 0


def test_the_script_is_small() -> None:
    assert len((FOLDER / "js" / "ask.js").read_bytes()) <= 3072
