"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from flask import Flask

from voice.config import Settings
from voice.tending.counts import Counts
from voice.tending.pages import blueprint
from voice.tending.rules import names_of
from voice.web.access import is_inside
from voice.web.timing import Answered, listen


def install(app: Flask) -> None:
    told: Settings = app.extensions["voice.settings"]
    counts = app.extensions["voice.counts"] = Counts(told.data / "metrics")
    app.register_blueprint(blueprint)
    if told.metrics_token is None:
        return

    def count(found: Answered) -> None:
        inside = bool(found.endpoint) and is_inside(app, found.endpoint)
        for name in names_of(found.endpoint, found.method, found.status, found.seconds, inside=inside):
            counts.add(name)

    listen(app, count)
