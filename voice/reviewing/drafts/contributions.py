"""What drafts contribute to the house."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import timedelta

from flask import Flask, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from voice import identity, plans
from voice.reviewing.drafts import actions, consulting, desk_pages, letters, models, pages, queries
from voice.web import slot
from voice.web.desk import DeskLink
from voice.web.locale import language
from voice.workers import jobs_of

__all__ = ["install", "models"]
EVERY = timedelta(hours=1)
SHOWN = 6  # drafts on the board’s first page; answered ones beyond them are found from the term’s account


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(desk_pages.blueprint)
    slot("desk_nav", app).contribute("drafts", _nav, 45)
    slot("board_sections", app).contribute("drafts", _on_the_board, 20)
    slot("priority_sections", app).contribute("drafts", _of_the_priority, 45)
    jobs_of(app).add("send drafts to their owners", EVERY, send_those_over)


def send_those_over() -> int:
    """What the board had its days with goes to its owner, by itself. Returns how many went."""
    found = queries.days_are_over()
    for draft_id in found:
        actions.close(draft_id, None)
        draft = queries.draft(draft_id)
        letters.to_the_owner(draft.owner_id if draft else None, draft_id)
    return len(found)


def _nav() -> Iterable[DeskLink]:
    me = identity.me()
    if "officer" in me.roles:
        says = _("Lay a draft plan or strategy before the board, or ask everyone about it.")
        yield DeskLink("draft_desk.drafts", _("Drafts"), says=says, seldom=True)
    elif "answer_owner" in me.roles:
        waits = sum(each.stage == "with_owner" for each in queries.drafts_of(identity.on_behalf_of(me.id)))
        yield DeskLink("draft_desk.drafts", _("Drafts"), waits or None, _("Answer what the board says of your draft, part by part."), seldom=True)


def _on_the_board(member_id: uuid.UUID) -> Iterable[Markup]:
    found = queries.before_the_board()[:SHOWN]
    if found:
        said = {each.id: len(queries.said_of(each.id, member_id)) for each in found}
        parts = {each.id: len(queries.sections(each.id)) for each in found}
        yield Markup(render_template("reviewing/drafts/on_the_board.html", drafts=found, said=said, parts=parts))  # noqa: S704  # our own template


def _of_the_priority(priority: plans.PriorityFacts) -> Iterable[Markup]:
    """For everyone: what a release says of this part, where they were asked about the plan it is of."""
    plan = plans.plan_by_id(priority.plan_id)
    name = consulting.questions_of_plan(plan) if plan else ""
    release = consulting.release_of(name)
    shown = consulting.answers_of(name, language().code).get(consulting.Part(priority.code, "").question)
    if release and shown and any(chart.bars for chart in shown.charts):
        page = render_template("publishing/_asked_of_the_draft.html", shown=shown, activity=release.activity)
        yield Markup(page)  # noqa: S704  # our own template
