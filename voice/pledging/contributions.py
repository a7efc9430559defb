"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.extensions import csrf
from voice.pledging import models, pages

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    # A token would need a cookie, and a first page that differs for everyone; these pages ask for the sender's origin instead.
    csrf.exempt(pages.blueprint)
    app.register_blueprint(pages.blueprint)
