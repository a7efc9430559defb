"""The officer's review: begin it, look at the draft, write between its facts, freeze it, correct it by a new edition."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from voice import identity, plans
from voice.delivering.yearly import actions, papers, queries, showing, views
from voice.delivering.yearly.forms import CorrectForm, FreezeForm, IntroductionForm, LinkingForm, YearForm
from voice.delivering.yearly.queries import ReviewFacts
from voice.storage import commit, today
from voice.web import needs, paper

blueprint = Blueprint("reviews", __name__, url_prefix="/work/review")


@blueprint.get("")
@needs("officer", "publisher")
def desk() -> str:
    return _desk(YearForm(formdata=None, year=today().year))


@blueprint.post("")
@needs("officer", "publisher")
def make() -> AnyResponse | tuple[str, int]:
    form, plan = YearForm(), plans.current_plan() or abort(404)
    if not form.validate():
        return _desk(form), 400
    year = form.year.data
    try:
        actions.begin(plan.id, year, identity.me().id)
    except actions.NotNow:
        return redirect(url_for("reviews.show", year=year), 303)
    commit()
    return redirect(url_for("reviews.show", year=year), 303)


@blueprint.get("/<int:year>")
@needs("officer", "publisher")
def show(year: int) -> str:
    return _page(_review(year))


@blueprint.get("/<int:year>/draft")
@needs("officer", "publisher")
def draft(year: int) -> str:
    """As everyone will see it."""
    review = _review(year)
    return views.page("review_page.html", queries.document_of(review.id), review, editions=[], prints=False, is_draft=review.frozen_on is None)


@blueprint.get("/<int:year>/draft.pdf")
@needs("officer", "publisher")
def draft_on_paper(year: int) -> Response:
    review = _review(year)
    try:
        data = papers.as_pdf(views.printed(queries.document_of(review.id), review))
    except paper.NoPrinter:
        return make_response(render_template("delivering/public/review_no_paper.html"), 503)
    response = make_response(data)
    response.headers["Content-Type"] = "application/pdf"
    return response


@blueprint.post("/<int:year>/words/<part>")
@needs("officer", "publisher")
def write(year: int, part: str) -> AnyResponse | tuple[str, int]:
    review = _review(year)
    if part not in actions.PARTS:
        abort(404)
    form = IntroductionForm() if part == "introduction" else LinkingForm()
    if not form.validate():
        return _page(review, part=part, form=form), 400
    said_by = form.said_by.data if isinstance(form, IntroductionForm) else None
    try:
        actions.write(review.id, part, form.words.data or "", identity.me().id, said_by, form.kept_why())
    except actions.NotNow:
        return _page(review), 409
    commit()
    return redirect(url_for("reviews.show", year=year), 303)


@blueprint.post("/<int:year>/freeze")
@needs("publisher")
def freeze(year: int) -> AnyResponse | tuple[str, int]:
    review, form, plan = _review(year), FreezeForm(), plans.current_plan() or abort(404)
    if not form.validate():
        return _page(review, freeze=form), 400
    try:
        actions.freeze(plan, year, plan.place, identity.me().id, without_foreword=form.without.data)
    except actions.NotNow as why:
        return _page(review, freeze=form, stopped=why.why), 409
    commit()
    return redirect(url_for("reviews.show", year=year), 303)


@blueprint.post("/<int:year>/correct")
@needs("publisher")
def correct(year: int) -> AnyResponse | tuple[str, int]:
    review, form = _review(year), CorrectForm()
    if not form.validate():
        return _page(review, correct=form), 400
    try:
        actions.correct(review.plan_id, year, form.what.data, identity.me().id)
    except actions.NotNow:
        return _page(review), 409
    commit()
    return redirect(url_for("reviews.show", year=year), 303)


def _desk(form: YearForm) -> str:
    plan = plans.current_plan()
    return render_template("delivering/review_desk.html", form=form, reviews=queries.reviews(plan.id) if plan else [], plan=plan)


def _review(year: int) -> ReviewFacts:
    plan = plans.current_plan()
    return (queries.newest(plan.id, year) if plan else None) or abort(404)


def _page(
    review: ReviewFacts,
    part: str | None = None,
    form: LinkingForm | None = None,
    freeze: FreezeForm | None = None,
    correct: CorrectForm | None = None,
    stopped: str | None = None,
) -> str:
    document, opened = queries.document_of(review.id), part or request.args.get("part", "")
    written = queries.written(review.id)
    return render_template(
        "delivering/review_desk_year.html",
        review=review,
        doc=document,
        glance=showing.glance(document),
        codes=actions.PARTS,
        opened=opened,
        form=form or (_form(opened, written.get(opened)) if opened in actions.PARTS else None),
        written=written,
        late=[each for each in showing.unfinished(document) if each.late],
        silent=[each for each in showing.unfinished(document) if each.status == "unsaid"],
        foreword=queries.foreword_of(review.plan_id, review.year),
        freeze=freeze or FreezeForm(formdata=None),
        correct=correct or CorrectForm(formdata=None),
        stopped=stopped,
        is_publisher="publisher" in identity.me().roles,
        prints=paper.can_print(),
    )


def _form(part: str, there: queries.Written | None) -> LinkingForm:
    words = there.words if there else ""
    if part == "introduction":
        return IntroductionForm(formdata=None, words=words, said_by=(there.said_by if there else "") or "")
    return LinkingForm(formdata=None, words=words)
