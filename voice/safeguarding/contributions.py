"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from voice.asking import ActivityFacts, gates_of
from voice.keeping import erasers_of
from voice.safeguarding.actions import alert_leads, keep_what_worried
from voice.safeguarding.queries import leads_ready
from voice.workers import jobs_of


def install(app: Flask) -> None:
    gates_of(app).add("safeguarding", people_to_read)
    erasers_of(app).add("safeguarding", keep_what_worried)
    jobs_of(app).add("alert the leads", timedelta(seconds=15), alert_leads)


def people_to_read(activity: ActivityFacts) -> str | None:
    """Nobody may open a page to write on without people to read it."""
    return None if leads_ready() else "no_readers"
