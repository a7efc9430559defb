"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.extensions import csrf
from voice.notifying import provide_shown
from voice.telling import holding_pages, pages, pledge_pages
from voice.telling.holding import SLOT
from voice.telling.queries import shown_on
from voice.web import slot


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    csrf.exempt(pages.blueprint)  # no session here to ride on; every form checks where it came from
    app.register_blueprint(pledge_pages.blueprint)
    csrf.exempt(pledge_pages.blueprint)
    app.register_blueprint(holding_pages.blueprint)
    slot("desk_nav", app).contribute("telling", holding_pages.desk_links, order=75)
    provide_shown(app, shown_on)
    slot(SLOT, app)  # rooms that hold something of a submission beside its words put it here
