"""Figures and coded answers to take away: figures for officers and analysts, line by line for officers who say why."""

from __future__ import annotations

from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Final

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice import asking, audit, identity, plans, storage
from voice.asking import ActivityFacts
from voice.counting.exporting import taking
from voice.counting.exporting.forms import LinesForm
from voice.counting.exporting.lines import NothingYet, TooLong, draw
from voice.counting.exporting.taking import EnoughToday, File
from voice.web import needs

blueprint = Blueprint("files", __name__, url_prefix="/work/files")
MINUTES: Final = 15  # as for words: before lines leave, the second factor is shown again where it last was longer ago
AT_A_TIME: Final = 2  # files that one process writes at once: the others who are served there must not wait for them
_writing = BoundedSemaphore(AT_A_TIME)


@blueprint.get("")
@needs("officer", "analyst")
def desk() -> str:
    plan = plans.current_plan()
    return render_template("counting/files.html", activities=asking.activities(plan.id) if plan else [])


@blueprint.get("/<slug>")
@needs("officer", "analyst")
def of(slug: str) -> str:
    return _of(_found(slug))


@blueprint.get("/<slug>/file")
@needs("officer", "analyst")
def file(slug: str) -> Response | tuple[str, int]:
    """Figures, the codebook or the package. It is on record before the first of it leaves."""
    activity, what, kind = _found(slug), request.args.get("what", "figures"), request.args.get("kind", "csv")
    if what not in (*taking.TABLES, taking.PACKAGE) or kind not in taking.KINDS:
        abort(404)
    try:
        taken = taking.take_figures(activity, what, kind, _mark())
    except NothingYet:
        return _of(activity), 409
    audit.read_raw(identity.me().id, taking.FIGURES_TAKEN, "activity", [activity.id])
    return _send(taken) or (_of(activity, wrong=_busy()), 503)


@blueprint.get("/<slug>/lines")
@needs("officer")
@identity.fresh(MINUTES)
def lines(slug: str) -> str:
    return _lines(_found(slug), LinesForm(formdata=None))


@blueprint.post("/<slug>/lines")
@needs("officer")
@identity.fresh(MINUTES)
def take_lines(slug: str) -> Response | tuple[str, int]:
    activity, form, me, kind = _found(slug), LinesForm(), identity.me(), request.form.get("kind", "csv")
    if kind not in taking.KINDS:
        abort(400)
    if not form.validate_on_submit():
        return _lines(activity, form), 400
    activities = taking.waves(activity) if form.waves.data else [activity]
    try:
        taking.may_take_lines(me.id)
        storage.commit()  # nothing was changed: it lets go of the one lock on writing while rows are gone through
        taken = taking.take_lines(activities, draw(activities, me.id), kind, _mark())
    except (NothingYet, TooLong, EnoughToday) as why:
        sentence, status = WHY_NOT[type(why)]
        return _lines(activity, form, wrong=str(sentence)), status
    reasons = "; ".join(each for each in (form.reason.data.strip(), form.kept_why()) if each)
    for each in activities:
        audit.record(me.id, taking.LINES_TAKEN, "activity", each.id, reasons)
    storage.commit()
    return _send(taken) or (_lines(activity, form, wrong=_busy()), 503)


WHY_NOT: Final = {
    NothingYet: (_l("Fewer than 10 people have answered so far. There is a file once 10 have."), 409),
    TooLong: (_l("It has too many rows for this kind of file. Take it as CSV or Parquet."), 409),
    EnoughToday: (_l("You took 20 of these files since yesterday. Wait until tomorrow, or use one you have."), 429),
}


def _send(taken: File) -> Response | None:
    """The file, as it is written; None where too many are being written now. Its first part is made before anything is sent, so that what goes
    wrong at the start is said on a page."""
    storage.commit()  # of what was read: whoever takes the file may be slow, and the database does not wait for them
    if not _writing.acquire(blocking=False):
        return None
    body = _held(taken.pieces)
    response = Response(_after(next(body, b""), body), mimetype=taken.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    return response


def _held(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The place of whoever writes a file is given back when it is written, when something goes wrong, and when nobody wants the rest."""
    try:
        yield from pieces
    finally:
        _writing.release()


def _after(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _of(activity: ActivityFacts, wrong: str = "") -> str:
    return render_template("counting/files_of.html", activity=activity, has_figures=taking.has_figures(activity), me=identity.me(), wrong=wrong)


def _lines(activity: ActivityFacts, form: LinesForm, wrong: str = "") -> str:
    return render_template("counting/files_lines.html", activity=activity, form=form, waves=len(taking.waves(activity)), wrong=wrong)


def _busy() -> str:
    return str(_("Other files are being written. Try again in a minute."))


def _mark() -> str:
    return f"{identity.me().name}, {storage.now():%Y-%m-%d %H:%M} UTC"


def _found(slug: str) -> ActivityFacts:
    return asking.activity(slug) or abort(404)
