"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from typing import Final

from flask import Flask

from voice.publishing import board_pages, figure_pages, listening_pages, measure_pages, pages, place_pages
from voice.web import slot

PAGES: Final = (pages, figure_pages, listening_pages, measure_pages, place_pages, board_pages)
"""Modules with pages; each puts its own on the room’s one blueprint."""


def install(app: Flask) -> None:
    for blueprint in {each.blueprint for each in PAGES}:
        app.register_blueprint(blueprint)
    for name in ("home_open", "priority_sections", "place_sections"):  # places that other rooms fill
        slot(name, app)
