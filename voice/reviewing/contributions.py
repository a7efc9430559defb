"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _

from voice import identity
from voice.reviewing import models, pages
from voice.web import slot
from voice.web.desk import DeskLink

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    slot("desk_nav", app).contribute("reviewing", _nav, 5)


def _nav() -> Iterable[DeskLink]:
    if "board_worker" in identity.me().roles:
        yield DeskLink("reviewing.board", _("The board’s room"), says=_("See what the board hears next, before you meet."))
