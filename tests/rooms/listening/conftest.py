"""A phone with a browser in front of an activity that has every kind of question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browsing import PATIENCE, PHONE, a_browser, served
from tests.rooms.listening.every import EVERY
from tests.rooms.listening.making import an_open_activity

ELSEWHERE = "https://www.bbc.co.uk/weather"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture
def held(chromium: Browser, app: Flask) -> Iterator[Callable[..., Page]]:
    """`held(scripts=True, width=390, ...)`: a phone in a young person's hand. What it asks of other sites is answered here, and counted."""
    an_open_activity(document=EVERY)
    contexts = []
    with served(app) as port:

        def hold(*, scripts: bool = True, width: int = PHONE["width"], **more: Any) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": PHONE["height"]},
                java_script_enabled=scripts,
                base_url=f"http://127.0.0.1:{port}",
                **more,
            )
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            return page

        yield hold
        for context in contexts:
            context.close()


def onward(page: Page) -> None:
    """Press the way on and wait for the next page."""
    at = "document.querySelector('[name=at]')?.value ?? document.querySelector('h1')?.innerText"
    before = page.evaluate(at)
    page.click("main .btn.onward")
    # Between two pages there is nothing, and of one that is half there a heading without its form.
    page.wait_for_function(f"before => document.readyState !== 'loading' && ({at} ?? before) !== before", arg=before)


def to(page: Page, wanted: str, age: str = "older", prefix: str = "") -> None:
    """From the first page to a question, passing over those before it."""
    page.goto(f"{prefix}/take-part/way?w={age}")
    while not page.locator(f"[name=at][value={wanted}]").count():
        onward(page)
