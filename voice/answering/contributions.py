"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from voice import identity, reviewing, storage, understanding
from voice.answering import after_pages, clock_models, late_pages, listened, models, pages, partner_pages, queries
from voice.answering.accounting import answers_in
from voice.answering.clock import keep_clock
from voice.answering.facts import AnswerFacts
from voice.answering.fours import keep_quarter
from voice.answering.requesting import joined
from voice.answering.retention import add_rules, first_answered
from voice.answering.rules import board_has_until
from voice.answering.waiting import how_many_wait
from voice.answering.workers import remind_late
from voice.counting import provide_answered
from voice.inviting import Outcome
from voice.keeping import lifetimes_of
from voice.retention import retention_of
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of

__all__ = ["after_pages", "clock_models", "install", "models"]
RECENT = 10  # published answers the board still finds on its list


@dataclass(frozen=True)
class OnTheBoardsDesk:
    """An answer the board may judge."""

    url: str
    said: str
    line: str


@dataclass(frozen=True)
class Link:
    url: str
    words: str


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(partner_pages.blueprint)
    app.register_blueprint(late_pages.blueprint)
    slot("desk_nav", app).contribute("late", late_pages.links, 39)
    slot("first_page_top", app).contribute("answering", late_pages.strip)
    slot("answer_notes", app).contribute("answering", late_pages.beside_an_answer)
    slot("what_we_hold", app).contribute("answering", listened.what_we_hold)
    slot("desk_nav", app).contribute("answering", _nav, 40)
    slot("came_of", app).contribute("answering", _came_of)
    slot("came_of_theme", app).contribute("answering", _came_of_theme)
    slot("account_lines", app).contribute("answering", answers_in)
    slot("board_desk", app).contribute("answering", _for_the_board)
    slot("board_theme", app).contribute("answering", _of_the_theme)
    slot("theme_desk", app).contribute("answering", _on_the_desk)
    provide_answered(app, queries.answered_themes)
    slot("theme_standing", app).contribute("answering", _standing)
    lifetimes_of(app).first_answered(first_answered)
    slot("invitation_taken_up", app).contribute("answering", joined)
    jobs_of(app).add("remind of late answers", timedelta(hours=6), remind_late)
    add_rules(retention_of(app))
    slot("promises", app)  # more of what an organisation said it would do, by its name
    jobs_of(app).add("keep the clock", timedelta(hours=1), keep_clock)
    jobs_of(app).add("say how we listen", timedelta(hours=1), keep_quarter)


def _nav() -> Iterable[DeskLink]:
    me = identity.me()
    if me.roles & set(pages.DESK):
        yield DeskLink(
            "answering.desk", _("Answers"), how_many_wait(me), _("Say what we did about what young people said. What waits longest comes first.")
        )
    if "partner" in me.roles:
        yield DeskLink("promises.show", _("Our promises"), says=_("What your organisation said it would do, and by when."))


def _came_of(activity_id: uuid.UUID) -> Iterable[Outcome]:
    """For a school or setting: what is public already, and that it came of an activity it took part in."""
    for slug, said in queries.came_of(activity_id):
        yield Outcome(url_for("publishing.theme", slug=slug), said)


def _came_of_theme(theme_id: uuid.UUID) -> Iterable[Outcome]:
    """For a council: the public answer to the theme that the board took its decision to."""
    theme = understanding.theme(theme_id)
    if theme and queries.published([theme_id]) and not reviewing.open_objection(theme_id):
        yield Outcome(url_for("publishing.theme", slug=theme.slug), theme.you_said)


def _for_the_board(member_id: uuid.UUID) -> Iterable[OnTheBoardsDesk]:
    """Answers that lie with the board, then those that went out last; each once."""
    due = queries.due_for_board()
    out = {each.id: each for each in reversed(queries.published())}  # of its themes the one that comes first
    recent = [each for each in reversed(out.values()) if each.id not in {one.id for one in due}]
    for each in [*due, *recent[:RECENT]]:
        theme = understanding.theme(each.theme_id)
        if theme:
            yield OnTheBoardsDesk(url_for("answering.to_judge", answer_id=each.id), theme.you_said, _line(each, member_id))


def _line(each: AnswerFacts, member_id: uuid.UUID) -> str:
    if queries.board_verdict(each.id, member_id):
        return str(_("You have judged it. You can change it."))
    if each.published_on or each.sent_to_board_on is None:
        return str(_("It is public. You have not judged it yet."))
    left = (board_has_until(each.sent_to_board_on) - storage.today()).days
    if left <= 0:
        return str(_("Your seven days are over. You can still judge it."))
    return str(ngettext("%(num)s day left to judge it.", "%(num)s days left to judge it.", left))


def _of_the_theme(theme_id: uuid.UUID) -> Iterable[Link]:
    found = queries.answer_for(theme_id)
    if found and (found.sent_to_board_on or found.public_since):
        yield Link(url_for("answering.to_judge", answer_id=found.id), _("The council’s answer: is it fair?"))


def _on_the_desk(theme: understanding.ThemeFacts) -> Iterable[Markup]:
    """On an officer's theme page: how far the answer is, and whether the board objects."""
    found, objects = queries.answer_for(theme.id), reviewing.open_objection(theme.id)
    yield Markup(render_template("answering/on_the_theme.html", theme=theme, answer=found, objects=objects))  # noqa: S704  # our own template


def _standing(theme_id: uuid.UUID) -> Iterable[understanding.Standing]:
    """How far its answer is: written, with the board, or out."""
    found = queries.answer_for(theme_id)
    if found:
        inside = understanding.WITH_BOARD if found.sent_to_board_on else understanding.DRAFTED
        yield understanding.Standing(understanding.OUT if queries.public_answer(theme_id) else inside)
