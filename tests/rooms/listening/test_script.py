"""What the small script adds, in a real browser: one entry in the history, words that survive a lost net, nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from time import monotonic, sleep

import pytest
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.rooms.listening.making import WORDS, an_open_activity
from voice import storage
from voice.keeping.models import View
from voice.web.assets import FOLDER

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 8  # seconds


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        pass


@pytest.fixture
def phone(app: Flask) -> Iterator[tuple[Page, str]]:
    """A phone with JavaScript, and the address of an open activity."""
    an_open_activity()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(PATIENCE * 1000)
        yield page, f"http://127.0.0.1:{server.server_port}/take-part/way"
        browser.close()
    server.shutdown()
    thread.join()
    server.server_close()


def until(true: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, "it never came true"
        sleep(0.05)


def onward(page: Page) -> None:
    before = page.inner_text("h1")
    page.click("form .btn.onward")
    until(lambda: page.inner_text("h1") != before)


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


def test_words_stay_on_the_screen_when_the_net_is_gone(phone: tuple[Page, str]) -> None:
    page, address = phone
    page.route("**/js/phone.js", lambda route: route.abort())  # a phone that cannot walk by itself
    page.goto(address)
    while not page.locator("textarea").count():
        onward(page)
    page.fill("textarea", WORDS)
    page.context.set_offline(True)
    page.click("form .btn.onward")
    page.wait_for_selector("[data-lost]:not([hidden])")
    assert page.input_value("textarea") == WORDS
    assert "sent" not in page.inner_text("main").lower()
    page.context.set_offline(False)
    onward(page)
    assert WORDS in page.inner_text("main")


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
