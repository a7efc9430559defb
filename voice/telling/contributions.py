"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.extensions import csrf
from voice.telling import pages


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    csrf.exempt(pages.blueprint)  # no session here to ride on; every form checks where it came from
