"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.publishing import figure_pages, measure_pages
from voice.web import slot

__all__ = ["install", "measure_pages"]


def install(app: Flask) -> None:
    app.register_blueprint(figure_pages.blueprint)
    for name in ("home_open", "priority_sections"):  # places that other rooms fill
        slot(name, app)
