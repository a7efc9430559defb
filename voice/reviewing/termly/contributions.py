"""What the termly account contributes to the house."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Flask, render_template
from markupsafe import Markup

from voice.reviewing.termly import models, pages, queries
from voice.web import slot

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    slot("account_lines", app)  # rooms say what they have for an account: `reviewing.AccountLine`s, for a first and a last day
    slot("board_sections", app).contribute("termly", _on_the_board, 90)


def _on_the_board(_member_id: uuid.UUID) -> Iterable[Markup]:
    found = [queries.in_the_making(each) for each in queries.terms_lately()[:2]]
    yield Markup(render_template("reviewing/termly/on_the_board.html", accounts=found))  # noqa: S704  # our own template
