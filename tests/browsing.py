"""A real server on this machine and a real Chromium in front of it: one way to start them, for every test that looks at pages."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, FrameLocator, Page, Playwright, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
PATIENCE = 30.0  # seconds: how long a page may take on a machine with much else to do; what is there sooner is seen sooner
expect.set_options(timeout=PATIENCE * 1000)
_users: list[Playwright] = []


class Silent(WSGIRequestHandler):
    """Writes no line per request: it would hold addresses."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """The application on loopback until the end; the port it listens on."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()


def sign_in(page: Page, email: str, passphrase: str) -> None:
    """Sign in to a demo: what one knows, then the code that the page of a demo shows (each is good once, so it may be a while until the next)."""
    page.goto("/sign-in")
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Your passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sign-in/second")
    for wait in page.locator("[data-demo-wait]").all():
        page.wait_for_timeout(1000 * int(wait.get_attribute("data-demo-wait") or 0))
        page.reload()
    page.get_by_label("The 6 figures").fill(page.locator("[data-demo-code]").inner_text())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def parsed(shown: Page | FrameLocator) -> None:
    """Wait until all of a page is there. What stood further up may be seen sooner, and what is looked for after it seem to be missing."""
    end = monotonic() + PATIENCE
    while shown.locator("html").evaluate("() => document.readyState") == "loading":
        assert monotonic() < end, "the page never came whole"
        sleep(0.02)


@contextmanager
def _playwright() -> Iterator[Playwright]:
    """The one that runs, or a new one: a process can have but one at a time. Whoever leaves last stops it."""
    _users.append(_users[0] if _users else sync_playwright().start())
    try:
        yield _users[0]
    finally:
        last = _users.pop()
        if not _users:
            last.stop()


@contextmanager
def a_browser(flags: Sequence[str] = (), **more: Any) -> Iterator[Browser]:
    """Chromium, without a word to anyone; `flags` beyond the usual."""
    with _playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*QUIET, *flags], **more)
        yield browser
        browser.close()
