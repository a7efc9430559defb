"""Where the house is put together: settings, ground, rooms, slots, erasers, errors, commands, in that order."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from flask import Flask
from jinja2 import StrictUndefined

from voice import storage, web
from voice.config import Settings, read_settings
from voice.extensions import csrf
from voice.identity import sessions
from voice.storage import files
from voice.web import timing
from voice.web.access import check_every_route, enforce

ROOT = Path(__file__).resolve().parent.parent
# In the order of the way a view takes. A room's `install(app)` registers its pages, slots, gates, erasers and jobs.
ROOMS = (
    "audit",
    "identity",
    "plans",
    "asking",
    "keeping",
    "contacting",
    "pairing",
    "inviting",
    "safeguarding",
    "listening",
    "pledging",
    "reading",
    "understanding",
    "counting",
    "reviewing",
    "answering",
    "notifying",
    "delivering",
    "publishing",
    "spreading",
    "telling",
    "tending",
)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole application.

    Raises:
        WrongSetting: a setting cannot be used.
    """
    settings = settings or read_settings()
    app = Flask("voice", template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.extensions["voice.settings"] = settings
    _ground(app, settings)
    for room in ROOMS:
        _installer(room).install(app)
    enforce(app, sessions.current_roles, sessions.signed_in)
    check_every_route(app)
    timing.install(app, settings)
    return app


def _ground(app: Flask, settings: Settings) -> None:
    storage.install(app, settings)
    files.install(app, settings)
    sessions.install(app, settings)
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session
    csrf.init_app(app)
    web.install(app, settings)


def _installer(room: str) -> ModuleType:
    """The room's own list of what it contributes."""
    return import_module(f"voice.{room}.contributions")
