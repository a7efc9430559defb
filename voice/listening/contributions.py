"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.extensions import csrf
from voice.listening import api, assisting, boxing, entering, handing, offline, pages
from voice.listening.queries import OpenActivity, open_lately
from voice.listening.ways import way
from voice.web import slot
from voice.web.locale import language


def install(app: Flask) -> None:
    # A token would need a cookie, and a first page that differs for everyone; these pages ask for the sender's origin instead.
    for each in (pages, entering, handing, boxing, offline, api):
        csrf.exempt(each.bp)
        app.register_blueprint(each.bp)
    app.register_blueprint(assisting.bp)  # signed in, so with its token
    app.jinja_env.globals.update(way=way, bundles_of=offline.bundles_of)
    slot("home_open", app).contribute("listening", _open)
    slot("desk_nav", app).contribute("listening", assisting.desk_links, 50)


def _open() -> list[OpenActivity]:
    return open_lately(language().code)
