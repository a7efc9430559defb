"""A real server on this machine and a real Chromium in front of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browsing import PATIENCE, PHONE, a_browser, served
from tests.demo import environment, passphrase_in
from tests.grid import Eye
from tests.pages_of_the_house import furnish
from voice.config import read_settings
from voice.extensions import db
from voice.wiring import create_app


@dataclass
class House:
    """A served application with the demo in it."""

    app: Flask
    address: str
    passphrase: str


@pytest.fixture
def house(demo_folder: Path, tmp_path: Path) -> Iterator[House]:
    """A house of one's own, with the demo in it, served on loopback until the test ends."""
    yield from a_house(demo_folder, tmp_path / "data")


def a_house(demo_folder: Path, folder: Path) -> Iterator[House]:
    shutil.copytree(demo_folder, folder)
    app = create_app(read_settings(environment(folder), testing=True))
    with served(app) as port:
        yield House(app, f"http://127.0.0.1:{port}", passphrase_in(folder))
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with a_browser() as chromium:
        yield chromium


@pytest.fixture
def opened(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """`opened(viewport=PHONE, scripts=True, ...)`: a new person's browser, which may talk to our own server and to nobody else."""
    contexts = []

    def open_(viewport: dict[str, int] = PHONE, *, scripts: bool = True, **more: Any) -> Page:
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, base_url=house.address, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
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


@pytest.fixture(scope="session")
def eye(browser: Browser, demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Eye]:
    """One house for the whole grid: looking changes nothing in it."""
    folder = tmp_path_factory.mktemp("grid") / "data"
    shutil.copytree(demo_folder, folder)
    app = create_app(read_settings(environment(folder), testing=True))
    made = furnish(app)
    with served(app) as port:
        yield Eye(browser, f"http://127.0.0.1:{port}", passphrase_in(folder), made)
    with app.app_context():
        db.engine.dispose()
