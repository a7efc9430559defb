"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.identity import invitation_pages, me_pages, pages, second_pages
from voice.identity.retention import add_rules
from voice.retention import retention_of


def install(app: Flask) -> None:
    for blueprint in (pages.blueprint, second_pages.second, second_pages.setting_up, invitation_pages.blueprint, me_pages.blueprint):
        app.register_blueprint(blueprint)
    add_rules(retention_of(app))
    app.jinja_env.globals["my_name"] = pages.my_name
