"""What every template may say."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from voice.config import Settings
from voice.storage import today
from voice.web.desk import in_the_bar
from voice.web.locale import language
from voice.web.slots import slot


def as_written(text: str) -> str:
    """Words the plan, the board or the council wrote, as they wrote them: in English, and marked so on a page in another language."""
    return text if language().tag == "en" else Markup('<span lang="en" dir="auto">{}</span>').format(text)


def install(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals.update(place=settings.place, leave_url=settings.leave_url, desk_url=settings.desk_url, today=today)
    app.jinja_env.globals.update(slot=slot, in_the_bar=in_the_bar)
    app.jinja_env.filters["as_written"] = as_written
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
