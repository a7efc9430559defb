"""What the machine has learned, how often it was right, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.storage import session, today
from voice.understanding import learning, queries
from voice.understanding.models import LearnedVersion
from voice.understanding.pages import blueprint
from voice.understanding.rules import FEWEST_TO_COUNT, Step, is_due_to_learn, steps, tenths
from voice.web import needs

__all__ = ["blueprint"]

DONE = {
    "back": _l("The version before is in use now, until the machine learns again."),
    "no": _l("There is no version to go back to. Nothing was changed."),
}
A_STEP = 50  # tags at least in one row of the table
LOOKED_BACK = timedelta(days=730)
BAR = 120  # how wide a full bar is drawn


@dataclass(frozen=True)
class Row:
    """A stretch of days as people read it: so many in ten."""

    since: date
    until: date
    in_ten: int

    @property
    def width(self) -> int:
        return self.in_ten * BAR // 10


@dataclass(frozen=True)
class VersionLine:
    """A version; figures are in tenths, and missing where there were too few views to test."""

    number: int
    made_on: date
    lessons: int | None  # None: fewer than are said as a figure
    in_use: bool
    in_ten: int | None
    unlearned_in_ten: int | None
    frequent_in_ten: int | None


@dataclass(frozen=True)
class Kind:
    """One thing the machine learns: tags or tone."""

    name: str
    versions: Sequence[VersionLine]
    can_go_back: bool
    is_due: bool

    @property
    def used(self) -> VersionLine | None:
        return next((each for each in self.versions if each.in_use), None)


@blueprint.get("/learning")
@needs("officer")
def what_was_learned() -> str:
    """What it learned from, how often the officer's choice was among the three, and since when."""
    days = queries.agreement(today() - LOOKED_BACK)
    chosen = sum(each[1] for each in days)
    return render_template(
        "understanding/learning.html",
        kinds=[_kind(name) for name in learning.KINDS],
        rows=[_row(each) for each in steps(days, A_STEP)],
        whole=_row(Step(days[0][0], days[-1][0], chosen, sum(each[2] for each in days))) if chosen >= FEWEST_TO_COUNT else None,
        bar=BAR,
        done=DONE.get(request.args.get("done", "")),
    )


@blueprint.post("/learning/back")
@needs("officer")
def go_back() -> Response:
    """Use the version before."""
    kind = request.form.get("kind", "")
    if kind not in learning.KINDS:
        abort(400)
    went = learning.go_back(kind, identity.me().id)
    storage.commit()
    return redirect(url_for("desk.what_was_learned", done="back" if went else "no"), 303)


def _row(step: Step) -> Row:
    return Row(step.since, step.until, tenths(step.among / step.chosen))


def _kind(name: str) -> Kind:
    found = session().scalars(select(LearnedVersion).where(LearnedVersion.kind == name).order_by(LearnedVersion.number.desc())).all()
    stood = learning.counts(name)
    last = found[0] if found else None
    due = is_due_to_learn(
        stood.changes - (last.changes if last else 0),
        lessons=last.lessons if last else None,
        erased=bool(last and last.erased != stood.erased),
        otherwise=False,
    )
    return Kind(name, [_line(each) for each in found], learning.can_go_back(name), due)


def _line(row: LearnedVersion) -> VersionLine:
    def in_ten(name: str) -> int | None:
        share: Any = row.figures.get(name)
        return None if share is None or row.lessons < FEWEST_TO_COUNT else tenths(share)

    main = "at_three" if row.kind == learning.PRIORITIES else "first"
    counted = row.lessons if row.lessons >= FEWEST_TO_COUNT else None
    frequent = in_ten("frequent_at_three") if row.kind == learning.PRIORITIES else None
    return VersionLine(row.number, row.made_at.date(), counted, row.in_use, in_ten(main), in_ten(f"unlearned_{main}"), frequent)
