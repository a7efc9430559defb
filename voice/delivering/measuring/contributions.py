"""What this part contributes to the house."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from voice import identity
from voice.counting import when_out
from voice.delivering.measuring import actions, import_pages, models, reading_pages
from voice.delivering.measuring.queries import owned_by
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of

__all__ = ["install", "models", "reading_pages"]


def install(app: Flask) -> None:
    app.register_blueprint(import_pages.blueprint)
    slot("desk_nav", app).contribute("measuring", _nav, 47)
    when_out(app, _take)
    jobs_of(app).add("take readings from releases", timedelta(hours=1), actions.take_from_releases)


def _take(by: uuid.UUID) -> None:
    actions.take_from_releases(by)


def _nav() -> Iterable[DeskLink]:
    """For officers, and for whoever owns a measure."""
    me, says = identity.me(), _("How each measure of the plan does: enter readings, or put them in from a file.")
    if "officer" in me.roles:
        yield DeskLink("measuring.desk", _("Measures"), says=says, seldom=True)
    elif me.roles & {"answer_owner", "partner"} and owned_by(me.id):
        yield DeskLink("measuring.desk", _("Measures"), says=says)
