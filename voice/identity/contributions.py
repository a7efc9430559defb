"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.identity import pages


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    app.jinja_env.globals["my_name"] = pages.my_name
