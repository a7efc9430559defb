"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.config import settings
from voice.extensions import csrf
from voice.keeping import lifetimes_of
from voice.pledging import grown_up_pages, models, pages, phone_pages, wall_pages
from voice.pledging.retention import end_rule, forget_slip
from voice.pledging.standing import what_we_hold
from voice.retention import retention_of
from voice.web import slot
from voice.web.paper import spoken

__all__ = ["install", "models", "wall_pages"]  # the wall’s pages hang on the blueprint of `pages`


def install(app: Flask) -> None:
    for each in (pages, phone_pages, grown_up_pages):
        # A token would need a cookie, and a first page that differs for everyone; these pages ask for the sender's origin instead.
        csrf.exempt(each.blueprint)
        app.register_blueprint(each.blueprint)
    app.jinja_env.globals["address"] = lambda path: spoken(settings().public_url + path)
    retention_of(app).add("ended_pledges", end_rule())
    lifetimes_of(app).at_link_end("pledging", forget_slip)
    slot("what_we_hold", app).contribute("pledging", what_we_hold)
