"""What the templates of a review are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import render_template

from voice import plans
from voice.delivering.yearly import showing
from voice.delivering.yearly.documents import AnswerLine, Document, MeasureLine, Part
from voice.delivering.yearly.queries import ReviewFacts
from voice.web import paper
from voice.web.locale import language


@dataclass(frozen=True)
class View:
    """Everything of a review that is worked out, not stored."""

    parts: Sequence[str]
    glance: showing.Glance
    grouped: Sequence[tuple[Part, Sequence[AnswerLine]]]
    three: Sequence[AnswerLine]
    few: Sequence[AnswerLine]
    rows: Callable[[MeasureLine], Sequence[showing.Row]] = field(default=showing.rows)
    most: int = showing.GROWN


def view_of(document: Document) -> View:
    return View(
        showing.parts_of(document),
        showing.glance(document),
        showing.by_priority(document),
        showing.three_of(document.answers),
        showing.three_of(document.answers, showing.FOR_CHILDREN),
    )


def page(template: str, document: Document, review: ReviewFacts, **more: object) -> str:
    """A page of this review, as HTML."""
    return render_template(f"delivering/public/{template}", doc=document, review=review, view=view_of(document), lines=showing.sentences, **more)


def printed(document: Document, review: ReviewFacts) -> str:
    """The whole review for paper."""
    return page("review_print.html", document, review, address=_address(f"/review/{document.year}"))


def poster(document: Document, review: ReviewFacts) -> str:
    """One sheet: three things young people said, and what came of them."""
    address = _address(f"/review/{document.year}")
    return page("review_poster.html", document, review, qr=paper.qr(address), address=address)


def children(document: Document, review: ReviewFacts) -> str:
    """The younger children's version for paper."""
    return page("review_children_print.html", document, review, qr=paper.qr(_address(f"/review/{document.year}/for-children")))


def _address(path: str) -> str:
    return paper.address(path, language().code)


def plan_page(template: str, plan: plans.PlanFacts, **more: object) -> str:
    """The younger children's version of the plan, as HTML."""
    return render_template(f"delivering/public/{template}", plan=plan, priorities=plans.priorities(plan.id), lines=showing.sentences, **more)


def plan(of: plans.PlanFacts) -> str:
    """The same for paper."""
    return plan_page("review_plan_print.html", of, qr=paper.qr(_address("/plan/for-children")))
