"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, url_for
from flask_babel import gettext as _
from markupsafe import escape

from voice.asking import ActivityFacts
from voice.config import settings
from voice.extensions import csrf
from voice.inviting import WayIn
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
    slot("ways_in", app).contribute("listening", _ways_in)
    slot("home_open", app).contribute("listening", _open)
    slot("desk_nav", app).contribute("listening", assisting.desk_links, 50)


def _open() -> list[OpenActivity]:
    return open_lately(language().code)


def _ways_in(activity: ActivityFacts) -> Iterator[WayIn]:
    """What an officer can start beside link, paper and codes."""
    yield WayIn(
        _("One phone for many"),
        _("Hand one phone or tablet round. After each person everything is cleared."),
        url_for("handing.begin", slug=activity.slug),
    )
    if activity.kind == "feedback_box":
        url = settings().public_url + url_for("boxing.start", slug=activity.address)
        hosts = ", ".join(activity.embed_hosts)
        words = _("These sites may show it: %(hosts)s. They put this into their page:", hosts=hosts) if hosts else _("No other site may show it yet.")
        yield WayIn(_("Feedback box"), words, url, f'<iframe src="{url}" title="{escape(activity.title)}" width="100%" height="640"></iframe>')
