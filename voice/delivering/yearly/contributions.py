"""What this part contributes to the house."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _

from voice import identity
from voice.delivering.yearly import board_pages, desk_pages, models, pages
from voice.web import slot
from voice.web.desk import DeskLink

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    for each in (pages, desk_pages, board_pages):
        app.register_blueprint(each.blueprint)
    slot("desk_nav", app).contribute("delivering.yearly", _nav, 70)
    slot("board_sections", app).contribute("delivering.yearly", board_pages.on_the_boards_page)


def _nav() -> Iterable[DeskLink]:
    if identity.me().roles & {"officer", "publisher"}:
        yield DeskLink("reviews.desk", _("Annual review"), says=_("What the plan did in a year, and what it did not."), seldom=True)
