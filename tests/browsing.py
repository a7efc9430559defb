"""A real server on this machine and a real Chromium in front of it: one way to start them, for every test that looks at pages."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright
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
