"""Assisted: someone at work reads the questions out, by phone or in person, and writes down what is said. The same walk, at a desk."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import audit
from voice.keeping import Kept
from voice.listening.pages import Reply, beginning, known, taken, walked
from voice.listening.picturing import LARGEST
from voice.listening.queries import asked_lately, open_lately
from voice.listening.ways import HOW
from voice.web import actor, holds, needs, takes_files
from voice.web.desk import DeskLink
from voice.web.locale import language

bp = Blueprint("assisting", __name__)
WRITERS = ("officer", "board_worker", "school", "partner")


@bp.get("/work/assist")
@needs(*WRITERS)
def choose() -> str:
    """What can be answered today, and how it is given to the one who writes."""
    return render_template("listening/assisting_choose.html", activities=open_lately(language().code))


@bp.get("/work/assist/<slug>")
@needs(*WRITERS)
def start(slug: str) -> str | Response:
    found = known(asked_lately(slug))
    if _how() is None:
        return redirect(url_for("assisting.choose"), 303)
    return beginning(found)


@bp.post("/work/assist/<slug>/answers")
@needs(*WRITERS)
def answers(slug: str) -> str:
    return walked(slug)


@bp.post("/work/assist/<slug>/sent")
@needs(*WRITERS)
@takes_files(LARGEST)
def sent(slug: str) -> Reply:
    return taken(slug, _record)


@bp.get("/work/assist/<slug>/answers")
@bp.get("/work/assist/<slug>/sent")
@bp.get("/work/assist/<slug>/finish")
@needs(*WRITERS)
def finish(slug: str) -> Response:
    """The end of one person's answers, or a page of the walk reloaded: on to the next."""
    return redirect(url_for("assisting.choose"), 303)


def desk_links() -> Iterator[DeskLink]:
    if holds(*WRITERS):
        yield DeskLink("assisting.choose", _l("Write for someone"), says=_l("Read the questions out to someone, and write down what they say."))


def _how() -> str | None:
    named = request.values.get("how")
    return named if named in HOW else None


def _record(kept: Kept) -> None:
    """Who wrote it down, in the same transaction: ids only, and once however often it is sent."""
    if kept.is_new:
        audit.record(actor(), "wrote down for someone", "submission", kept.submission_id, why=_how())
