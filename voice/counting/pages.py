"""The analyst's room: numbers alone, and tables to take away. No word anybody said can be reached from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import asking, plans, storage
from voice.asking import ActivityFacts
from voice.counting.published import ReleaseFacts, Size, current_release, sizes
from voice.counting.wording import RELEASE_FACTS, about_so_many
from voice.web import needs
from voice.web.sheets import KINDS, Cell, as_csv, as_xlsx

blueprint = Blueprint("counting", __name__, url_prefix="/work/numbers")


@blueprint.get("")
@needs("analyst")
def numbers() -> str:
    """Of each activity, who took part as its release says it."""
    return render_template("counting/numbers.html", activities=_figures(), facts=RELEASE_FACTS, about=about_so_many)


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


@dataclass(frozen=True)
class Told:
    """An activity and what its current release says of who took part, by fact; none of it where there is no release."""

    activity: ActivityFacts
    out: ReleaseFacts | None
    tables: Mapping[str, Sequence[Size]]


def _figures() -> list[Told]:
    plan = plans.current_plan()
    return [_told(each) for each in asking.activities(plan.id)] if plan else []


def _told(activity: ActivityFacts) -> Told:
    out = current_release(activity.id)
    return Told(activity, out, {fact: found for fact in RELEASE_FACTS if (found := sizes(out, fact))} if out else {})


def _rows() -> Iterator[list[Cell]]:
    for each in _figures():
        if each.out:
            yield _row(each.activity, _("Everyone"), "", each.out.everyone)
        for fact, table in each.tables.items():
            for size in table:
                yield _row(each.activity, RELEASE_FACTS[fact], size.label, size.people)


def _row(activity: ActivityFacts, fact: Any, answer: Any, rounded: int | None) -> list[Cell]:
    return [activity.title, activity.opens_on, str(fact), str(answer), rounded, _("Too few to show") if rounded is None else ""]
