"""Reviews for everyone: the list, a year, its paper, and the younger children's versions of review and plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from flask import Blueprint, Response, abort, make_response, render_template, request

from voice import plans
from voice.delivering.yearly import papers, queries, views
from voice.delivering.yearly.documents import Document
from voice.delivering.yearly.queries import ReviewFacts
from voice.web import cacheable, open_to_all, paper

blueprint = Blueprint("yearly", __name__)
FRESH = 300  # seconds
PAPER = {"review": views.printed, "poster": views.poster, "for-children": views.children}


@blueprint.get("/review")
@open_to_all
@cacheable(FRESH)
def every_year() -> str:
    found = queries.frozen(_plan().id)
    return render_template("delivering/public/review_list.html", reviews=found, prints=paper.can_print())


@blueprint.get("/review/<int:year>")
@open_to_all
@cacheable(FRESH, by=("edition",))
def year(year: int) -> str:
    review, document = _found(year)
    others = [each for each in queries.editions(review.plan_id, year) if each.edition != review.edition]
    return views.page("review_page.html", document, review, editions=others, prints=paper.can_print())


@blueprint.get("/review/<int:year>/for-children")
@open_to_all
@cacheable(FRESH, by=("edition",))
def for_children(year: int) -> str:
    review, document = _found(year)
    return views.page("review_children.html", document, review, prints=paper.can_print())


@blueprint.get("/review/<int:year>/<kind>.pdf")
@open_to_all
@cacheable(FRESH, by=("edition",))
def as_paper(year: int, kind: str) -> Response:
    if kind not in PAPER:
        abort(404)
    review, document = _found(year)
    return _pdf(lambda: PAPER[kind](document, review), f"{year}-{kind}")


@blueprint.get("/plan/for-children")
@open_to_all
@cacheable(FRESH)
def plan_for_children() -> str:
    return views.plan_page("review_plan.html", _plan(), prints=paper.can_print())


@blueprint.get("/plan/for-children.pdf")
@open_to_all
@cacheable(FRESH)
def plan_on_paper() -> Response:
    plan = _plan()
    return _pdf(lambda: views.plan(plan), "plan-for-children")


def _plan() -> plans.PlanFacts:
    return plans.current_plan() or _nothing()


def _found(year: int) -> tuple[ReviewFacts, Document]:
    """The edition asked for, else the newest; only what is frozen."""
    some = queries.editions(_plan().id, year)
    wanted = request.args.get("edition", None, int)
    review = next((each for each in some if wanted in (None, each.edition)), None) or _nothing()
    return review, queries.document_of(review.id)


def _nothing() -> NoReturn:
    abort(404)


def _pdf(made: Callable[[], str], name: str) -> Response:
    """The page on paper; a kind sentence where this machine cannot print."""
    try:
        data = papers.as_pdf(made())
    except paper.NoPrinter:
        return make_response(render_template("delivering/public/review_no_paper.html"), 503)
    response = make_response(data)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
