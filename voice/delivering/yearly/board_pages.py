"""The board's foreword: one member writes it, the chair or a second member says yes. No grown-up changes a word."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from voice import identity, plans
from voice.delivering.yearly import actions, queries
from voice.delivering.yearly.forms import FOREWORD, ForewordForm
from voice.delivering.yearly.queries import ReviewFacts
from voice.storage import commit
from voice.web import needs

blueprint = Blueprint("foreword", __name__, url_prefix="/board/foreword")


@dataclass(frozen=True)
class OnTheBoardsPage:
    """What lies before the board."""

    url: str
    said: str
    line: str


@blueprint.get("/<int:year>")
@needs("board_member", "board_worker")
def show(year: int) -> str:
    return _page(_review(year), ForewordForm(formdata=None))


@blueprint.post("/<int:year>")
@needs("board_member")
def write(year: int) -> Response | tuple[str, int]:
    review, form = _review(year), ForewordForm()
    if not form.validate():
        return _page(review, form), 400
    try:
        actions.write_foreword(review.plan_id, year, form.words.data, identity.me().id)
    except actions.NotNow:
        return _page(review, form), 409
    commit()
    return redirect(url_for("foreword.show", year=year), 303)


@blueprint.post("/<int:year>/yes/<uuid:foreword_id>")
@needs("board_member")
def approve(year: int, foreword_id: uuid.UUID) -> Response | tuple[str, int]:
    review = _review(year)
    if foreword_id not in {each.id for each in queries.forewords(review.plan_id, year)}:
        abort(404)
    try:
        actions.approve_foreword(foreword_id, identity.me().id)
    except actions.NotNow:
        return _page(review, ForewordForm(formdata=None)), 409
    commit()
    return redirect(url_for("foreword.show", year=year), 303)


def on_the_boards_page(member_id: uuid.UUID) -> Iterable[Markup]:
    """On the board's first page: reviews that are being made."""
    found = list(_drafts(member_id))
    if found:
        yield Markup(render_template("delivering/review_on_the_board.html", drafts=found))  # noqa: S704  # our own template


def _drafts(member_id: uuid.UUID) -> Iterable[OnTheBoardsPage]:
    """Reviews that are being made, and what the board may still say in them."""
    plan = plans.current_plan()
    for each in queries.reviews(plan.id) if plan else ():
        if each.frozen_on is None:
            yield OnTheBoardsPage(url_for("foreword.show", year=each.year), _("The review of %(year)s", year=each.year), _line(each, member_id))


def _line(review: ReviewFacts, member_id: uuid.UUID) -> str:
    found = queries.forewords(review.plan_id, review.year)
    if not found:
        return str(_("It opens with the board’s own words. Nobody has written them yet."))
    if found[0].is_approved:
        return str(_("The board’s foreword is ready."))
    if found[0].written_by == member_id:
        return str(_("You wrote the foreword. Another member says yes to it."))
    return str(_("A foreword waits for your yes."))


def _page(review: ReviewFacts, form: ForewordForm) -> str:
    found = queries.forewords(review.plan_id, review.year)
    newest = found[0] if found else None
    return render_template(
        "delivering/review_board.html",
        review=review,
        form=form,
        newest=newest,
        ready=queries.foreword_of(review.plan_id, review.year),
        is_mine=newest is not None and newest.written_by == identity.me().id,
        may_act="board_member" in identity.me().roles and review.frozen_on is None,
        most=FOREWORD,
    )


def _review(year: int) -> ReviewFacts:
    plan = plans.current_plan()
    return (queries.newest(plan.id, year) if plan else None) or abort(404)
