"""Pictures of the running product. `python -m tests.screenshots` renews those of the README; with a folder it takes every page there,
on a phone and on a desk, light and dark, left to right and mirrored."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, StorageState

from tests.browsing import DESK, PHONE, a_browser, served, sign_in
from tests.pages_of_the_house import INSIDE, PUBLIC
from voice.config import read_settings
from voice.demonstrating import load_if_empty
from voice.storage import migrate
from voice.wiring import create_app

PICTURES = Path(__file__).resolve().parents[1] / "docs/pictures"
README = {
    "have-your-say-phone": (PHONE, "/take-part/getting-about", None),
    "you-said-we-did-desk": (DESK, "/you-said-we-did", None),
    "officers-desk": (DESK, "/work", "officer@demo.example"),
}


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
    """The demo on loopback: its address and its passphrase."""
    folder = Path(tempfile.mkdtemp(prefix="voice-pictures-"))
    app = create_app(read_settings({"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county", "VOICE_LANGUAGES": "en,qps"}))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
    with served(app) as port:
        yield f"http://127.0.0.1:{port}", json.loads((folder / "demo.json").read_text())["passphrase"]
    shutil.rmtree(folder)


def signed_in(browser: Browser, address: str, email: str, passphrase: str) -> StorageState:
    """The cookies of someone who signed in, once: signing in again and again is slowed."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    sign_in(page, email, passphrase)
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, address: str, viewport: dict[str, int], path: str, file: Path, who: StorageState | None, scheme: str, whole: bool) -> None:
    context = browser.new_context(viewport=viewport, base_url=address, color_scheme=scheme, storage_state=who)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path)
    page.screenshot(path=file, full_page=whole)
    context.close()


def main() -> None:
    everything = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with demo() as (address, passphrase), a_browser() as browser:
        if everything is None:
            PICTURES.mkdir(exist_ok=True)
            for name, (viewport, path, email) in README.items():
                who = signed_in(browser, address, email, passphrase) if email else None
                take(browser, address, viewport, path, PICTURES / f"{name}.png", who, "light", whole=False)
                print(PICTURES / f"{name}.png")
        else:
            every_page(browser, address, passphrase, everything)


def every_page(browser: Browser, address: str, passphrase: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pages: list[tuple[str, StorageState | None]] = [(path, None) for path in PUBLIC]
    for email, paths in INSIDE.items():
        state = signed_in(browser, address, email, passphrase)
        pages += [(path, state) for path in paths]
    ways = {"phone": (PHONE, "light", ""), "desk": (DESK, "light", ""), "phone-dark": (PHONE, "dark", ""), "desk-mirror": (DESK, "dark", "/qps")}
    for path, who in pages:
        for way, (viewport, scheme, prefix) in ways.items():
            name = path.partition("?")[0].strip("/").replace("/", "-") or "home"
            take(browser, address, viewport, prefix + path, folder / f"{name}-{way}.png", who, scheme, whole=True)


if __name__ == "__main__":
    main()
