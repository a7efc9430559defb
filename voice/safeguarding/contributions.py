"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from voice.asking import ActivityFacts, gates_of
from voice.identity.rules import STAFF
from voice.identity.sessions import current_roles, signed_in
from voice.keeping import erasers_of, lifetimes_of
from voice.retention import retention_of
from voice.safeguarding import pages, rota_pages, watch_pages, worry_pages
from voice.safeguarding.actions import keep_what_worried
from voice.safeguarding.alerting import alert_leads
from voice.safeguarding.queries import leads_ready, waiting
from voice.safeguarding.retention import add_rules, open_concerns
from voice.safeguarding.rota import LEADS
from voice.safeguarding.watching import ALERTS, WATCH, look_after, stopped
from voice.safeguarding.words import PARTS
from voice.web import slot
from voice.web.desk import DeskBanner, DeskLink
from voice.workers import jobs_of


def install(app: Flask) -> None:
    gates_of(app).add("safeguarding", people_to_read)
    erasers_of(app).add("safeguarding", keep_what_worried)
    lifetimes_of(app).lock("an open concern", open_concerns)
    add_rules(retention_of(app))
    jobs_of(app).add(ALERTS, timedelta(seconds=15), alert_leads, lease=timedelta(seconds=40))
    jobs_of(app).add(WATCH, timedelta(minutes=1), look_after)
    for blueprint in (pages.blueprint, rota_pages.blueprint, worry_pages.blueprint, watch_pages.blueprint):
        app.register_blueprint(blueprint)
    slot("desk_nav", app).contribute("safeguarding", desk_links, 60)
    slot("desk_banner", app).contribute("safeguarding", what_stopped, 10)


def desk_links() -> list[DeskLink]:
    """The way in, for leads and deputies alone: nobody else learns how many wait. Anybody may raise a worry."""
    raise_it = DeskLink("worries.worry", _("Raise a worry"))
    if not current_roles() & set(LEADS):
        return [raise_it]
    return [DeskLink("safeguarding.queue", _("Safeguarding"), waiting(signed_in())), raise_it]


def what_stopped() -> list[DeskBanner]:
    """Said to everyone who works here: a dead worker cannot say it itself."""
    parts = stopped() if current_roles() & set(STAFF) else ()
    if not parts:
        return []
    names = ", ".join(str(PARTS[each]) for each in parts)
    return [DeskBanner(_("Not working now: %(names)s. Tell whoever runs Voice. Leads: look at Safeguarding by hand.", names=names))]


def people_to_read(activity: ActivityFacts) -> str | None:
    """Nobody may open a page to write on without people to read it."""
    return None if leads_ready() else "no_readers"
