"""Page furniture: layouts, access rules, slots, headers, languages, errors, static files. Knows no room."""

from __future__ import annotations

from flask import Flask

from voice.config import Settings
from voice.extensions import compress
from voice.web import assets, beside, errors, headers, hosts, kept, locale, logs, mending, pages, promise, switching, symbols, uploads, words
from voice.web.access import actor, at_the_door, goes_on, holds, needs, open_to_all
from voice.web.headers import in_frames_of, leave_nothing, same_origin
from voice.web.kept import cacheable
from voice.web.slots import Slot, slot
from voice.web.uploads import takes_files

__all__ = [
    "Slot",
    "actor",
    "at_the_door",
    "cacheable",
    "goes_on",
    "holds",
    "in_frames_of",
    "install",
    "leave_nothing",
    "needs",
    "open_to_all",
    "same_origin",
    "slot",
    "takes_files",
]


def install(app: Flask, settings: Settings) -> None:
    """Bind the furniture to the application."""
    app.config["COMPRESS_REGISTER"] = True
    app.config["COMPRESS_MIN_SIZE"] = 500
    logs.install(app, settings)
    locale.install(app, settings)
    beside.install(app)
    switching.install(app)
    assets.install(app)
    hosts.install(app, settings)
    headers.install(app, settings)
    uploads.install(app)
    mending.install(app, settings)
    words.install(app, settings)
    promise.install(app)
    symbols.install(app)
    errors.install(app)
    pages.install(app)
    compress.init_app(app)
    kept.install(app, settings)
