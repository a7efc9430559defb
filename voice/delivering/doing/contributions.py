"""What this part contributes to the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from flask import Flask, render_template
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import ColumnElement

from voice import identity, plans
from voice.config import settings
from voice.delivering.doing import mine_pages, models, pages, public_pages, quarter_pages
from voice.delivering.doing.due import mine
from voice.delivering.doing.models import MonitoringRound
from voice.delivering.doing.queries import ActionProgress, all_progress
from voice.delivering.doing.workers import keep_asking
from voice.retention import months_before, retention_of, rows_past
from voice.web import slot
from voice.web.desk import DeskLink, once_a_page
from voice.workers import jobs_of

__all__ = ["install", "models"]
ON_TOP = 3  # late actions named on the first page


def install(app: Flask) -> None:
    for each in (public_pages, mine_pages, pages, quarter_pages):
        app.register_blueprint(each.blueprint)
    slot("desk_nav", app).contribute("doing", _nav, 45)
    slot("first_page_top", app).contribute("doing", _late_strip)
    jobs_of(app).add("ask how things go", timedelta(hours=1), keep_asking)
    retention_of(app).add("asked", rows_past("Who was asked how things go", MonitoringRound, _asked_long_ago))


def _asked_long_ago(on: date) -> ColumnElement[bool]:
    return MonitoringRound.asked_on <= months_before(on, settings().keep.record_months)


def _nav() -> Iterable[DeskLink]:
    me = identity.me()
    if me.roles & set(mine_pages.OWNERS):
        own = mine(identity.on_behalf_of(me.id))
        if own.actions or own.measures or me.roles & {"answer_owner", "partner"}:
            yield DeskLink("mine.show", _("How it goes"), own.waits, _("Say how what is yours in the plan goes: two taps each."))
    if me.roles & set(mine_pages.DESK):
        yield DeskLink("actions.desk", _("Actions"), len(_late()), _("What the plan says we will do: what is late, and whose it is."))


@once_a_page
def _late() -> list[ActionProgress]:
    plan = plans.current_plan()
    return [each for each in all_progress(plan.id) if each.late] if plan else []


def _late_strip() -> Iterable[Markup]:
    """At the top of the officers' first page: actions that are late, the latest first."""
    late = sorted(_late(), key=lambda each: each.behind_since or each.word_due_on or date.max)
    if late:
        yield Markup(render_template("delivering/late_strip.html", actions=late[:ON_TOP], many=len(late)))  # noqa: S704  # our own template
