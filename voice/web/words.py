"""What every template may say."""

from __future__ import annotations

from flask import Flask

from voice.config import Settings
from voice.storage import today
from voice.web.slots import slot


def install(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals.update(place=settings.place, leave_url=settings.leave_url, slot=slot, today=today)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
