"""What this part contributes to the house."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import Flask, url_for
from flask_babel import gettext as _

from voice import identity, plans
from voice.delivering.yearly import board_pages, desk_pages, models, pages, queries
from voice.web import slot
from voice.web.desk import DeskLink

__all__ = ["install", "models"]


def install(app: Flask) -> None:
    for each in (pages, desk_pages, board_pages):
        app.register_blueprint(each.blueprint)
    slot("desk_nav", app).contribute("delivering.yearly", _nav, 70)
    slot("public_pages", app).contribute("delivering.yearly", _public_pages)
    slot("board_sections", app).contribute("delivering.yearly", board_pages.on_the_boards_page)


def _public_pages() -> Iterable[tuple[str, date | None]]:
    """The reviews everyone can read, each with the younger children’s, and that of the plan."""
    plan = plans.current_plan()
    if plan:
        yield url_for("yearly.plan_for_children"), None
    for each in queries.frozen(plan.id) if plan else []:
        yield url_for("yearly.year", year=each.year), each.frozen_on
        yield url_for("yearly.for_children", year=each.year), each.frozen_on


def _nav() -> Iterable[DeskLink]:
    if identity.me().roles & {"officer", "publisher"}:
        yield DeskLink("reviews.desk", _("Annual review"), says=_("What the plan did in a year, and what it did not."), seldom=True)
