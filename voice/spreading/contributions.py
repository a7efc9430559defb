"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.spreading import pages, queries
from voice.web import lettering, slot


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    slot("public_pages", app)  # pages for all that other rooms have, for the map of pages
    app.jinja_env.globals.update(whole=queries.whole, has_cards=lettering.can_letter)
