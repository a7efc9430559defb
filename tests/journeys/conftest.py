"""A real server on this machine and a real Chromium in front of it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from voice.config import read_settings
from voice.demonstrating import load_if_empty
from voice.extensions import db
from voice.identity.slowing import forget
from voice.storage import migrate
from voice.wiring import create_app

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


class Silent(WSGIRequestHandler):
    """Writes no line per request: it would hold addresses."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@dataclass
class House:
    """A served application with the demo in it."""

    app: Flask
    address: str
    passphrase: str


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, loaded once; every house is a copy of it."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(read_settings(_environment(folder), testing=True))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
        db.session.remove()
        db.engine.dispose()
    return folder


def _environment(folder: Path) -> dict[str, str]:
    return {"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county", "VOICE_LANGUAGES": "en,cy,pl,ro,uk,ur,easy,qps"}


@pytest.fixture
def house(demo_folder: Path, tmp_path: Path) -> Iterator[House]:
    """A house of one's own, with the demo in it, served on loopback until the test ends."""
    import json

    folder = tmp_path / "data"
    shutil.copytree(demo_folder, folder)
    app = create_app(read_settings(_environment(folder), testing=True))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    forget()
    yield House(app, f"http://127.0.0.1:{server.server_port}", json.loads((folder / "demo.json").read_text())["passphrase"])
    server.shutdown()
    thread.join(timeout=5)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """`opened(viewport=PHONE, scripts=True, ...)`: a new person's browser, which may talk to our own server and to nobody else."""
    contexts = []

    def open_(viewport: dict[str, int] = PHONE, *, scripts: bool = True, **more: Any) -> Page:
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, base_url=house.address, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        strangers: list[str] = []
        page.on("request", lambda request: strangers.append(request.url) if not request.url.startswith(house.address) else None)
        page.on("pageerror", lambda error: strangers.append(f"script error: {error}"))
        page.strangers = strangers  # type: ignore[attr-defined]
        return page

    yield open_
    told = [each for context in contexts for page in context.pages for each in getattr(page, "strangers", [])]
    for context in contexts:
        context.close()
    assert not told, f"pages asked elsewhere or broke: {told}"
