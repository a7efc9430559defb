"""What meetings contribute to the house: called once by the room’s own list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from voice import identity
from voice.retention import retention_of
from voice.reviewing.meeting import ask_pages, letter_pages, letters, models, pages, round_pages, rounds, theme_pages
from voice.reviewing.meeting.retention import add_rules
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    for each in (pages, theme_pages, round_pages, ask_pages, letter_pages):
        app.register_blueprint(each.blueprint)
    slot("desk_nav", app).contribute("reviewing", _nav, 45)
    jobs_of(app).add("close rounds of votes", timedelta(seconds=20), rounds.close_what_is_over)
    jobs_of(app).add("letters to the board", timedelta(minutes=5), letters.send_what_is_owed)
    add_rules(retention_of(app))


def _nav() -> Iterable[DeskLink]:
    me = identity.me()
    if me.roles & set(ask_pages.DESK):
        waiting = sum(each.standing != "answered" for each in ask_pages.asks_for(me))
        yield DeskLink("asks.show", _("The board asks"), waiting, _("What the youth board asks of leaders, and by when."), seldom=True)
