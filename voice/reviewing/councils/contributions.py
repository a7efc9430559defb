"""What councils contribute to the house."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from voice import identity
from voice.reviewing.councils import board_pages, models, pages, queries
from voice.web import slot
from voice.web.desk import DeskLink

__all__ = ["install", "models"]
SHOWN = 10  # on the board’s first page


@dataclass(frozen=True)
class Link:
    """A way from a theme to what a council asks for."""

    url: str
    words: str


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(board_pages.blueprint)
    slot("desk_nav", app).contribute("councils", _nav, 46)
    slot("board_sections", app).contribute("councils", _on_the_board, 30)
    slot("board_theme", app).contribute("councils", _of_the_theme)
    slot("came_of_theme", app)  # later rooms say what came of a theme for all: `inviting.Outcome`


def _nav() -> Iterable[DeskLink]:
    me = identity.me()
    if "officer" in me.roles:
        waits = len(queries.unread()) + len(queries.to_be_covered())
        yield DeskLink("councils.councils", _("Councils"), waits or None, _("Read what school councils decided before the board does."), seldom=True)
    elif queries.run_by(me):
        yield DeskLink("councils.councils", _("Our council"), says=_("Ask your own, and send up what your council decided."))


def _on_the_board(_member_id: uuid.UUID) -> Iterable[Markup]:
    found = queries.before_the_board()[:SHOWN]
    if found:
        yield Markup(render_template("reviewing/councils/on_the_board.html", decisions=found))  # noqa: S704  # our own template


def _of_the_theme(theme_id: uuid.UUID) -> Iterable[Link]:
    """Where the theme is heard, in a meeting too: what councils ask for that the board took to it."""
    for each in queries.before_the_board():
        if each.theme_id == theme_id:
            yield Link(url_for("council_board.decision", decision_id=each.id), _("%(council)s asks for the same", council=each.council))
