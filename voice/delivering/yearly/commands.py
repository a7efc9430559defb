"""`voice review`: make the review of a year, look at it as files, freeze it."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import current_app

from voice import plans
from voice.delivering.yearly import actions, papers, queries, views
from voice.delivering.yearly.documents import packed
from voice.storage import commit
from voice.terminal import needs_app, refuse
from voice.web import paper
from voice.web.locale import offered, speaking

NOT_NOW = {
    "future": "That year has not begun yet.",
    "frozen": "That review is frozen. Put something right with a new edition, at /work/review.",
    "draft": "There is no draft of that year. Begin with: voice review make",
    "no_foreword": "The board’s foreword lacks a second member’s yes. Wait for it, or say --without-foreword: the page then says that there is none.",
}


@click.group(help="The annual review of the plan.")
def review() -> None:
    """Commands of this part."""


@review.command(help="Make the draft of YEAR’s review, or open the one that is there, and put it into files to look at.")
@click.argument("year", type=int)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put the PDF files and the data. Default: nowhere.",
)
@click.option("--language", default="en", show_default=True, help="Which language our own words are in.")
@needs_app
def make(year: int, folder: Path | None, language: str) -> None:
    plan = _plan()
    if language not in {each.code for each in offered()}:
        raise refuse(f"No “{language}” here. There are: {', '.join(each.code for each in offered())}.")
    try:
        found = queries.newest(plan.id, year)
        if found is None or found.frozen_on is None:
            actions.begin(plan.id, year, None)
            commit()
    except actions.NotNow as why:
        raise refuse(NOT_NOW[why.why]) from None
    made = queries.newest(plan.id, year)
    if made is None:
        raise refuse(NOT_NOW["draft"])
    click.echo(f"The review of {year} is {'frozen' if made.frozen_on else 'a draft'}, edition {made.edition}.")
    if folder:
        _put(folder, made, language)


@review.command(help="Freeze YEAR’s review: everyone can read it from then on, and nobody can change it.")
@click.argument("year", type=int)
@click.option("--without-foreword", is_flag=True, help="Also where the board has none: the page then says so.")
@needs_app
def freeze(year: int, without_foreword: bool) -> None:
    plan = _plan()
    try:
        digest = actions.freeze(plan, year, plan.place, None, without_foreword=without_foreword)
    except actions.NotNow as why:
        raise refuse(NOT_NOW[why.why]) from None
    commit()
    click.echo(f"The review of {year} is frozen. Its digest: {digest}")


def _put(folder: Path, made: queries.ReviewFacts, language: str) -> None:
    """The review, the poster and the children's versions as PDF, and the data as JSON."""
    document, folder = queries.document_of(made.id), folder.expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"review-{made.year}.json").write_text(json.dumps(packed(document), ensure_ascii=False, indent=1), encoding="utf-8")
    kinds = {f"review-{made.year}": views.printed, f"review-{made.year}-poster": views.poster, f"review-{made.year}-for-children": views.children}
    try:
        with current_app.test_request_context("/", base_url=paper.address("", language)), speaking(language):
            for name, kind in kinds.items():
                (folder / f"{name}.pdf").write_bytes(papers.as_pdf(kind(document, made)))
            (folder / "plan-for-children.pdf").write_bytes(papers.as_pdf(views.plan(_plan())))
    except paper.NoPrinter:
        raise refuse("This machine lacks what sets type on a page: see docs/running.md. The data is there as JSON.") from None
    click.echo(f"Put into {folder}: {', '.join(each.name for each in sorted(folder.iterdir()))}")


def _plan() -> plans.PlanFacts:
    found = plans.current_plan()
    if found is None:
        raise refuse("There is no plan yet. Bring one in with: voice plans import")
    return found
