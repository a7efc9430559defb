"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from voice.asking import gates_of
from voice.identity.rules import STAFF
from voice.identity.sessions import current_roles, signed_in
from voice.keeping import erasers_of, lifetimes_of
from voice.retention import retention_of
from voice.safeguarding import contact_pages, opening, opening_pages, pages, rota_pages, watch_pages, worry_pages
from voice.safeguarding.actions import keep_what_worried
from voice.safeguarding.alerting import alert_leads
from voice.safeguarding.queries import waiting
from voice.safeguarding.retention import add_rules, open_concerns
from voice.safeguarding.rota import LEADS
from voice.safeguarding.watching import ALERTS, WATCH, look_after, stopped
from voice.safeguarding.words import PARTS
from voice.web import slot
from voice.web.desk import DeskBanner, DeskLink
from voice.workers import jobs_of


def install(app: Flask) -> None:
    gates_of(app).add("safeguarding", opening.closed_because)
    erasers_of(app).add("safeguarding", keep_what_worried)
    lifetimes_of(app).lock("an open concern", open_concerns)
    add_rules(retention_of(app))
    jobs_of(app).add(ALERTS, timedelta(seconds=15), alert_leads, lease=timedelta(seconds=40))
    jobs_of(app).add(WATCH, timedelta(minutes=1), look_after)
    for page in (pages, contact_pages, opening_pages, rota_pages, worry_pages, watch_pages):
        app.register_blueprint(page.blueprint)
    jobs_of(app).add("watch over the opening", timedelta(minutes=5), opening.watch)
    jobs_of(app).add("warn before it closes", timedelta(hours=1), opening.warn)
    app.jinja_env.globals["reading_hours"] = opening.hours_to_show
    slot("desk_notice", app).contribute("safeguarding", opening_pages.notices)
    slot("desk_nav", app).contribute("opening", opening_pages.desk_links, 61)
    slot("desk_nav", app).contribute("safeguarding", desk_links, 60)
    slot("desk_always", app).contribute("safeguarding", for_everyone)
    slot("desk_banner", app).contribute("safeguarding", what_stopped, 10)


def desk_links() -> list[DeskLink]:
    """The way in, for leads and deputies alone: nobody else learns how many wait."""
    if not current_roles() & set(LEADS):
        return []
    return [DeskLink("safeguarding.queue", _("Safeguarding"), waiting(signed_in()), _("Open what worries us about a child, the most urgent first."))]


def for_everyone() -> list[DeskLink]:
    """Whoever works here may raise a worry. It is nobody’s first page."""
    return [DeskLink("worries.worry", _("Raise a worry"))]


def what_stopped() -> list[DeskBanner]:
    """Said to everyone who works here: a dead worker cannot say it itself."""
    parts = stopped() if current_roles() & set(STAFF) else ()
    if not parts:
        return []
    names = ", ".join(str(PARTS[each]) for each in parts)
    return [DeskBanner(_("Not working now: %(names)s. Tell whoever runs Voice. Leads: look at Safeguarding by hand.", names=names))]
