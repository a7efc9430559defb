"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from voice.asking import gates_of
from voice.identity.sessions import current_roles
from voice.keeping import erasers_of
from voice.safeguarding import contact_pages, opening, opening_pages, pages
from voice.safeguarding.actions import alert_leads, keep_what_worried
from voice.safeguarding.queries import ALERTS, LEADS, waiting
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of


def install(app: Flask) -> None:
    gates_of(app).add("safeguarding", opening.closed_because)
    erasers_of(app).add("safeguarding", keep_what_worried)
    jobs_of(app).add(ALERTS, timedelta(seconds=15), alert_leads)
    app.register_blueprint(pages.blueprint)
    jobs_of(app).add("watch over the opening", timedelta(minutes=5), opening.watch)
    jobs_of(app).add("warn before it closes", timedelta(hours=1), opening.warn)
    app.register_blueprint(contact_pages.blueprint)
    app.register_blueprint(opening_pages.blueprint)
    app.jinja_env.globals["reading_hours"] = opening.reading_hours
    slot("desk_notice", app).contribute("safeguarding", opening_pages.notices)
    slot("desk_nav", app).contribute("opening", opening_pages.desk_links, 61)
    slot("desk_nav", app).contribute("safeguarding", desk_links, 60)


def desk_links() -> list[DeskLink]:
    """The way in, for leads and deputies alone: nobody else learns how many wait."""
    if not current_roles() & set(LEADS):
        return []
    return [DeskLink("safeguarding.queue", _("Safeguarding"), waiting())]
