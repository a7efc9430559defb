"""What is around the words: other machines, phones, the log, keys and backups, the screen."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import yaml
from flask import Flask, current_app

from voice import keeping, safeguarding
from voice.config import Settings, settings
from voice.facts.declared import HERE, MATRIX, data_map, written
from voice.web.logs import AsJson, WithoutWords

ENCRYPTED: Final = (
    "how to reach somebody who asked for it",
    "what members’ authenticator apps share with us",
    "backups",
    "answers that wait on a phone",
)
CANARY: Final = "canary-of-the-log"
PER_REQUEST: Final = {
    "text": "no line at all",
    "json": "one line: when, the page’s name in the code, how it ended, how long it took; no address of a machine or page, no browser, nobody’s id",
}
WHEN: Final = re.compile(r"^\[[\d ,:-]+\]|(?<=\"time\": \")[\d:.TZ-]+")
FIGURES: Final = HERE.parent / "safeguarding" / "screening" / "figures.json"


def hosts(settings: Settings) -> dict[str, Any]:
    """Machines this installation can reach, from its settings, and the modules that may open a connection."""
    found = {
        "mail": _host(settings.smtp_url) or "none: letters are files in the outbox",
        "database": "a file in the data folder" if settings.is_sqlite else _host(settings.database_url),
        "sign-in of the council’s own directory": _host(settings.directory.issuer if settings.directory else None) or "none",
        "“Leave this page” leads a phone to": _host(settings.leave_url),
        "pages are served at": _host(settings.public_url),
        "those who work here sign in at": _host(settings.desk_url),
    }
    return {
        "hosts": found,
        "processors": "Whoever runs the machines named here, nobody else. A young person’s words go to no machine but the database’s.",
        "modules_that_may_connect": written("outbound")["modules"],
        "phone": written("outbound")["phone"],
        "backups": f"{_backups(settings)}. The journal of what was taken back is {_where(settings.taken_back, settings)}",
    }


def _backups(settings: Settings) -> str:
    if settings.backups is None:
        return "go where the operator puts them, who prunes them (VOICE_BACKUPS is not set)"
    return f"lie {_where(settings.backups / 'a', settings)}; the worker removes those older than {settings.keep.backups_days} days"


def _host(address: str | None) -> str | None:
    """The machine an address names; never who signs in there with what."""
    return urlsplit(address).hostname if address else None


def log() -> dict[str, Any]:
    """A real line of the log, made now by a page that broke with a canary in its address, its browser’s name and its error."""
    text = a_broken_page(current_app._get_current_object())  # type: ignore[attr-defined]  # werkzeug's proxy knows it
    return {
        "per_request": PER_REQUEST[settings().logs],
        "a_line_when_a_page_breaks": [WHEN.sub("[day and time]", each) for each in text.splitlines()[:2]],
        "holds": "when, how bad, which part, what kind of error, and where in the code",
        "the_canary_was_found_in_it": CANARY in text,
    }


def a_broken_page(app: Flask) -> str:
    """All that is logged when a page breaks while somebody writes the canary."""
    caught, logger = io.StringIO(), app.logger
    handler = logging.StreamHandler(caught)
    handler.setFormatter(AsJson() if settings().logs == "json" else WithoutWords())
    before, passes_on = logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [handler], False
    try:
        browser = {"HTTP_USER_AGENT": CANARY, "REMOTE_ADDR": "192.0.2.77"}
        with app.test_request_context(f"/{CANARY}?said={CANARY}", method="POST", data={"words": CANARY}, environ_overrides=browser):
            try:
                raise RuntimeError(CANARY)
            except RuntimeError as error:
                logger.exception("a page broke: %s", type(error).__name__)
    finally:
        logger.handlers[:], logger.propagate = before, passes_on
    return caught.getvalue()


def _where(file: Path, settings: Settings) -> str:
    return "in the data folder, and should be elsewhere too" if file.parent == settings.data else "outside the data folder"


def keys_and_backups(settings: Settings) -> dict[str, Any]:
    """What is encrypted, with which keys (names alone), and when a backup was last made and restored."""
    backups = keeping.last_backups()
    names = sorted(file.name for file in {*settings.data.glob("*.key*"), *settings.keys.glob("*.key*")})
    return {
        "keys_in_the_data_folder": names,
        "backup_key": _where(settings.backup_key, settings),
        "encrypted_by_this_program": list(ENCRYPTED),
        "last": {kind: _backup(backups.get(kind)) for kind in ("backup", "restore_test", "restore")},
        "disk": "Not known to the software. Whoever runs the machine says here whether its disk is encrypted: ____________________",
    }


def _backup(found: keeping.Backup | None) -> dict[str, Any] | None:
    at, made_at = (found.at.isoformat(timespec="minutes"), found.made_at.isoformat(timespec="minutes")) if found else ("", "")
    return {"at": at, "made_at": made_at, "seconds": round(found.seconds, 1)} if found else None


def screen() -> dict[str, Any]:
    """Which screen runs, and how well it did on the phrase sets."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else None
    version = safeguarding.screen_version()
    return {
        "version": version,
        "what_it_is": "It sorts and never gates: a person reads everything.",
        "figures": figures,
        "figures_are_of_this_screen": bool(figures and figures["version"] == version),
    }


def pages(app: Flask) -> dict[str, Any]:
    """How many decisions about who may open what, by which file, and who reads raw words."""
    raw = MATRIX.read_bytes()
    decided: dict[str, Any] = yaml.safe_load(raw)
    methods = [states for page in decided.values() for name, states in page.items() if name.isupper()]
    opened = [what for states in methods for what in states.values() if isinstance(what, dict)]
    roles = Counter(role for what in opened for role, status in what.items() if status == 200)
    tables = data_map().tables
    return {
        "file": f"docs/{MATRIX.name}",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "pages": len(decided),
        "decisions": sum(len(states) for states in methods),
        "pages_served": len({rule.rule for rule in app.url_map.iter_rules()}),
        "things_each_role_may_open": dict(sorted(roles.items())),
        "raw_words_are_read_by": sorted({*tables["view"].columns["words"].readers, *tables["contact_request"].columns["sealed"].readers}),
        "held_by": "tests/house/test_matrix.py: every page, method, role and state against the running application",
    }
