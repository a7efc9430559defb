"""What this part contributes to the house."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from flask import Flask, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from voice import identity, plans
from voice.delivering.partnering import desk_pages, models, public_pages, queries
from voice.delivering.partnering.retention import add_rules
from voice.delivering.partnering.workers import ask_for_word, write_letters
from voice.extensions import csrf
from voice.retention import retention_of
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    app.register_blueprint(public_pages.blueprint)
    csrf.exempt(public_pages.blueprint)  # no session here to ride on; every form checks where it came from
    app.register_blueprint(desk_pages.blueprint)
    slot("desk_nav", app).contribute("partnering", _nav, 46)
    slot("priority_sections", app).contribute("partnering", _of_the_priority, 40)
    slot("board_sections", app).contribute("partnering", _for_the_board, 40)
    slot("promises", app).contribute("partnering", _of_an_organisation, 10)
    jobs_of(app).add("ask partners for word", timedelta(hours=1), ask_for_word)
    jobs_of(app).add("write to partners", timedelta(minutes=1), write_letters)
    add_rules(retention_of(app))


def _nav() -> Iterable[DeskLink]:
    if identity.me().roles & set(desk_pages.DESK):
        says = _("What organisations pledge, and what they say became of it: read it before everyone does.")
        yield DeskLink("partner_pledges.desk", _("Partner pledges"), queries.how_many_wait(), says, seldom=True)


def _of_the_priority(priority: plans.PriorityFacts) -> Iterable[Markup]:
    found = queries.partner_pledges(priority.plan_id, priority.id)
    yield Markup(render_template("delivering/public/_pledges_section.html", pledges=found, priority=priority))  # noqa: S704  # our own template


def _for_the_board(member_id: uuid.UUID) -> Iterable[Markup]:
    plan = plans.current_plan()
    found, mine = queries.partner_pledges(plan.id) if plan else [], queries.mark_of(member_id)
    if found:
        unmarked = [each for each in found if each.id not in mine]
        yield Markup(render_template("delivering/_pledges_on_the_board.html", pledges=found, unmarked=unmarked))  # noqa: S704  # our own template


def _of_an_organisation(name: str) -> Iterable[Markup]:
    found = queries.of_organisation(name)
    yield Markup(render_template("delivering/_pledges_of_ours.html", pledges=found))  # noqa: S704  # our own template
