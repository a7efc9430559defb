"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.publishing import figure_pages, listening_pages
from voice.web import slot


def install(app: Flask) -> None:
    for blueprint in {figure_pages.blueprint, listening_pages.blueprint}:  # one and the same: each module adds its pages to it
        app.register_blueprint(blueprint)
    for name in ("home_open", "priority_sections"):  # places that other rooms fill
        slot(name, app)
