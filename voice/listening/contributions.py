"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.extensions import csrf
from voice.listening import api, offline, pages
from voice.listening.queries import OpenActivity, open_lately
from voice.web import slot
from voice.web.locale import language


def install(app: Flask) -> None:
    # A token would need a cookie, and a first page that differs for everyone; these pages ask for the sender's origin instead.
    csrf.exempt(pages.bp)
    app.register_blueprint(pages.bp)
    csrf.exempt(offline.bp)
    app.register_blueprint(offline.bp)
    app.jinja_env.globals["bundles_of"] = offline.bundles_of
    csrf.exempt(api.bp)
    app.register_blueprint(api.bp)
    app.jinja_env.globals["phone_key"] = api.phone_key
    slot("home_open", app).contribute("listening", _open)


def _open() -> list[OpenActivity]:
    return open_lately(language().code)
