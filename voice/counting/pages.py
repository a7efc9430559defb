"""The analyst's room: numbers alone, and tables to take away. No word anybody said can be reached from here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import asking, plans, storage
from voice.asking import ActivityFacts
from voice.counting.queries import breakdowns
from voice.counting.rules import Table
from voice.counting.wording import FACTS, about_so_many, code_words, in_order
from voice.web import needs
from voice.web.sheets import KINDS, Cell, as_csv, as_xlsx

blueprint = Blueprint("counting", __name__, url_prefix="/work/numbers")


@blueprint.get("")
@needs("analyst")
def numbers() -> str:
    return render_template("counting/numbers.html", activities=_figures(), facts=FACTS, words=code_words, about=about_so_many, in_order=in_order)


@blueprint.get("/file")
@needs("analyst")
def file() -> Response:
    """Every figure of the page as a table."""
    kind = request.args.get("kind", "csv")
    if kind not in KINDS:
        abort(404)
    headings = [_("Activity"), _("Opened"), _("What"), _("Answer"), _("About how many"), _("Note")]
    rows = list(_rows())
    response = make_response(as_csv(headings, rows) if kind == "csv" else as_xlsx(headings, rows))
    response.mimetype = KINDS[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="voice-numbers-{storage.today():%Y-%m-%d}.{kind}"'
    return response


def _figures() -> list[tuple[ActivityFacts, dict[str, Table]]]:
    plan = plans.current_plan()
    return [(each, breakdowns(each.id)) for each in asking.activities(plan.id)] if plan else []


def _rows() -> Iterator[list[Cell]]:
    for activity, tables in _figures():
        for fact, table in tables.items():
            for code, rounded in in_order(fact, table.cells):
                yield _row(activity, FACTS[fact], code_words(fact, code), rounded)
            yield _row(activity, FACTS[fact], _("All that is shown"), table.total)


def _row(activity: ActivityFacts, fact: Any, answer: Any, rounded: int | None) -> list[Cell]:
    return [activity.title, activity.opens_on, str(fact), str(answer), rounded, _("Too few to show") if rounded is None else ""]
