"""The demo, loaded once for a whole run, however many cores it has: every house of the tests is a copy of it."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest

from voice.config import read_settings
from voice.demonstrating import load_if_empty
from voice.extensions import db
from voice.storage import migrate
from voice.wiring import create_app

DONE = "loaded"


def environment(folder: Path) -> dict[str, str]:
    return {"VOICE_DATA": str(folder), "VOICE_PLACE": "Demo county", "VOICE_LANGUAGES": "en,cy,pl,ro,uk,ur,easy,qps"}


def passphrase_in(folder: Path) -> str:
    """What everyone in the demo signs in with."""
    return str(json.loads((folder / "demo.json").read_text())["passphrase"])


def the_demo(factory: pytest.TempPathFactory) -> Path:
    """The folder it lies in, not to be written to. Whoever asks first loads it; who runs at the same time waits for that."""
    own = factory.getbasetemp()
    shared = own.parent if own.name.startswith("popen-") else own  # what a run on several cores has in common
    folder = shared / "the-demo"
    with (shared / "the-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / DONE).exists():
            _load(folder)
            (shared / DONE).touch()
    return folder


def _load(folder: Path) -> None:
    folder.mkdir()
    app = create_app(read_settings(environment(folder), testing=True))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
        db.session.remove()
        db.engine.dispose()
