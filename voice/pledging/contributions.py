"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.extensions import csrf
from voice.pledging import models, pages, wall_pages

__all__ = ["install", "models"]
PAGES = (pages, wall_pages)  # one blueprint, in two files


def install(app: Flask) -> None:
    # A token would need a cookie, and a first page that differs for everyone; these pages ask for the sender's origin instead.
    csrf.exempt(PAGES[0].blueprint)
    app.register_blueprint(PAGES[0].blueprint)
