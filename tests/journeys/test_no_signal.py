"""A phone that loses its signal, is switched off, is full, is shared: what was said arrives, once, and nobody is told it did before it did."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from tests.journeys.conftest import PHONE, QUIET, House
from voice.extensions import db
from voice.keeping.models import Submission, View

START = "/take-part/getting-about"
CANARY = "the lamp by quillwater bridge is broken"
PATIENCE = 20.0  # seconds
TOO_EARLY = ("has reached us", "sent", "we have it")


class Net:
    """The way between phone and server. It can be down, or let a submission through and lose the reply."""

    def __init__(self, house: House) -> None:
        self.down = False
        self.loses_replies = 0
        self.arrived = 0
        self._app = house.app.wsgi_app
        house.app.wsgi_app = self  # type: ignore[method-assign, assignment]

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if self.down:
            return self._cut(environ)
        is_submission = environ["PATH_INFO"] == "/api/v1/submissions"
        self.arrived += is_submission
        if is_submission and self.loses_replies:
            self.loses_replies -= 1
            list(self._app(environ, lambda *_: None))
            return self._cut(environ)
        return self._app(environ, start)

    @staticmethod
    def _cut(environ: dict[str, Any]) -> Iterable[bytes]:
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError


@pytest.fixture
def net(house: House) -> Net:
    return Net(house)


@pytest.fixture
def phone(browser: Browser, house: House, tmp_path: Path) -> Iterator[Callable[[], BrowserContext]]:
    """`phone()`: the same phone, switched on (again): what its browser kept on the disk is there."""
    opened: list[BrowserContext] = []

    def on() -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "phone",
            executable_path=shutil.which("chromium"),
            args=list(QUIET),
            viewport=PHONE,  # type: ignore[arg-type]
            base_url=house.address,
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield on
    for each in opened:
        each.close()


def until(true: Callable[[], bool], what: str = "it never came true") -> None:
    end = monotonic() + PATIENCE
    while not true():
        assert monotonic() < end, what
        sleep(0.1)


def ready(page: Page) -> None:
    """The phone has what it needs for a time without a net."""
    wanted = ["/take-part/getting-about", "/take-part/getting-about/all", "/no-net"]
    held = """async wanted => {
            const held = [];
            for (const name of await caches.keys()) for (const each of await (await caches.open(name)).keys()) held.push(new URL(each.url).pathname);
            return wanted.every(one => held.includes(one)) && held.filter(one => one.endsWith('.js')).length >= 12;
        }"""
    until(lambda: bool(page.evaluate(held, wanted)), "the phone never kept the pages")


def walked(page: Page) -> None:
    """The walk on the phone has begun to listen."""
    page.wait_for_selector("html[data-walk]", state="attached")


def to_check(page: Page, words: str) -> None:
    page.locator("button[name=w][value=older], form .btn.onward").first.click()
    page.wait_for_selector("[name=at]", state="attached")
    while page.locator("[name=at]").count():
        at = page.locator("[name=at]").input_value()
        box = page.locator("textarea")
        if box.count() and words:
            box.fill(words)
            words = ""
        page.locator("form .btn.onward").click()
        expect(page.locator(f"[name=at][value='{at}']")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what you said")


def never_too_early(page: Page) -> None:
    words = page.locator("main").inner_text().lower().replace("nothing is sent yet", "")
    assert not [each for each in TOO_EARLY if each in words], words


def say(page: Page, words: str) -> None:
    page.goto(START)
    walked(page)
    to_check(page, words)
    page.get_by_role("button", name="Send it").click()


def stored(house: House) -> list[str]:
    with house.app.app_context():
        found = list(db.session.scalars(select(View.words).join(Submission).where(View.words.like(f"{CANARY}%"))))
        db.session.remove()
    return found


def in_store(page: Page) -> dict[str, list[Any]]:
    """Everything in the phone’s own store, bytes as text."""
    found: dict[str, list[Any]] = page.evaluate(
        """async () => {
            const db = await new Promise(done => { const asked = indexedDB.open('voice'); asked.onsuccess = () => done(asked.result); });
            const text = value => JSON.stringify(value, (_, each) => each instanceof ArrayBuffer || ArrayBuffer.isView(each)
                ? new TextDecoder('latin1').decode(each) : each);
            const all = {};
            for (const name of db.objectStoreNames) all[name] = await new Promise(done => {
                const asked = db.transaction(name).objectStore(name).getAll();
                asked.onsuccess = () => done(asked.result.map(text));
            });
            db.close();
            return all;
        }"""
    )
    return found


def waiting(page: Page) -> int:
    return len(in_store(page)["final"])


def test_one_survey_on_the_phone(opened: Callable[..., Page], house: House, net: Net) -> None:
    page = opened(PHONE)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    say(page, CANARY)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert len([each for each in page.locator(".receipt li").all_inner_texts() if each.strip()]) == 5
    assert page.locator(".receipt li svg > *").count() >= 5
    assert stored(house) == [CANARY]
    assert waiting(page) == 0
    assert not said, said
    _ = json
