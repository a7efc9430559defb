"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from voice.asking import ActivityFacts, gates_of
from voice.identity.sessions import current_roles
from voice.keeping import erasers_of
from voice.safeguarding import pages
from voice.safeguarding.actions import alert_leads, keep_what_worried
from voice.safeguarding.queries import ALERTS, LEADS, leads_ready, waiting
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of


def install(app: Flask) -> None:
    gates_of(app).add("safeguarding", people_to_read)
    erasers_of(app).add("safeguarding", keep_what_worried)
    jobs_of(app).add(ALERTS, timedelta(seconds=15), alert_leads)
    app.register_blueprint(pages.blueprint)
    slot("desk_nav", app).contribute("safeguarding", desk_links, 60)


def desk_links() -> list[DeskLink]:
    """The way in, for leads and deputies alone: nobody else learns how many wait."""
    if not current_roles() & set(LEADS):
        return []
    return [DeskLink("safeguarding.queue", _("Safeguarding"), waiting(), _("Open what worries us about a child, the most urgent first."))]


def people_to_read(activity: ActivityFacts) -> str | None:
    """Nobody may open a page to write on without people to read it."""
    return None if leads_ready() else "no_readers"
