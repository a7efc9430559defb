"""The desk’s pages: who we have not heard from, equality evidence, and how many children live where."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import asking, identity, plans, storage
from voice.asking import ActivityFacts
from voice.counting.reaching import actions, equality, figures, wording
from voice.counting.reaching.files import COLUMNS, Found, read_figures, template
from voice.counting.reaching.missing import missing_of
from voice.counting.reaching.populations import BANDS, Populations, populations
from voice.counting.wording import RELEASE_FACTS
from voice.storage import commit
from voice.tables import Unusable
from voice.web import needs, takes_files
from voice.web.ages import AGES
from voice.web.sheets import KINDS, as_csv
from voice.web.uploads import LARGEST

blueprint = Blueprint("reaching", __name__, url_prefix="/work")
NOTHING = Populations({}, (), frozenset())


@dataclass(frozen=True)
class Chosen:
    """What the page is about: all that was asked for the plan, what was opened in one year, or one activity."""

    plan: plans.PlanFacts
    all: Sequence[ActivityFacts]
    of: Sequence[ActivityFacts]
    activity: ActivityFacts | None
    year: int | None

    @property
    def years(self) -> list[int]:
        return sorted({each.opens_on.year for each in self.all}, reverse=True)

    @property
    def value(self) -> str:
        """As the form names it."""
        return self.activity.slug if self.activity else str(self.year or "")


@blueprint.get("/not-heard")
@needs("officer", "analyst")
def not_heard() -> str:
    """The largest gaps first, then the whole table."""
    chosen = _chosen(years=False)
    if chosen is None:
        return render_template("counting/not_heard.html", chosen=None)
    names = _place_names(chosen.plan.id)
    known = populations(chosen.plan.id)
    found = missing_of(chosen.of, chosen.plan.id, list(names), known)
    return render_template(
        "counting/not_heard.html",
        chosen=chosen,
        found=found,
        known=known,
        names=names,
        bands=wording.age_names(),
        may_ask="officer" in identity.me().roles,
        words=wording,
    )


@blueprint.get("/equality")
@needs("officer", "analyst")
def equality_page() -> str:
    """One page, made to be printed and filed."""
    chosen = _chosen(years=True)
    if chosen is None:
        return render_template("counting/equality.html", chosen=None)
    took, known = figures.took_part(chosen.of), populations(chosen.plan.id)
    everyone, heard = equality.everyone(took)
    return render_template(
        "counting/equality.html",
        chosen=chosen,
        took=took,
        tables=equality.tables(chosen.of, took, known),
        everyone=everyone,
        heard=heard,
        known=known,
        facts=RELEASE_FACTS,
        today=storage.today(),
        words=wording,
    )


@blueprint.get("/populations")
@needs("officer")
def show() -> str:
    return _populations()


@blueprint.post("/populations")
@needs("officer")
@takes_files(LARGEST)
def replace() -> Response | tuple[str, int]:
    """Figures from a file, or as they were pasted. Lines that cannot be read are named, the others are put in."""
    plan = plans.current_plan() or abort(409)
    file, pasted = request.files.get("file"), request.form.get("pasted", "")
    data = file.read() if file is not None and file.filename else pasted.encode()
    try:
        found = read_figures(data, _place_names(plan.id), wording.age_names())
    except Unusable as unusable:
        return _populations(wrong=wording.why_unusable(unusable), pasted=pasted), 400
    actions.put_in(plan.id, found.lines, identity.me().id)
    commit()
    if found.bad:
        return _populations(found=found, pasted=pasted), 400
    return redirect(url_for("reaching.show", done=len(found.lines)), 303)


@blueprint.post("/populations/take-out")
@needs("officer")
def take_out() -> Response:
    plan = plans.current_plan() or abort(409)
    actions.take_out(plan.id, identity.me().id)
    commit()
    return redirect(url_for("reaching.show", done="out"), 303)


@blueprint.get("/populations/take-out")
@needs("officer")
def again() -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("reaching.show"), 303)


@blueprint.get("/populations/template")
@needs("officer")
def to_fill_in() -> Response:
    """The lines to fill in."""
    plan = plans.current_plan() or abort(409)
    response = make_response(as_csv(COLUMNS, template(_place_names(plan.id), BANDS)))
    response.mimetype = KINDS["csv"]
    response.headers["Content-Disposition"] = 'attachment; filename="voice-population.csv"'
    return response


def _populations(*, found: Found | None = None, wrong: str = "", pasted: str = "") -> str:
    plan = plans.current_plan()
    return render_template(
        "counting/populations.html",
        plan=plan,
        known=populations(plan.id) if plan else NOTHING,
        names=_place_names(plan.id) if plan else {},
        bands={band: AGES[band] for band in BANDS},
        found=found,
        wrong=wrong,
        pasted=pasted,
        done=_done(),
        words=wording,
    )


def _done() -> str:
    done = request.args.get("done", "")
    if done == "out":
        return str(_("They are taken out. What the plan’s own file says stays."))
    return str(_("%(num)s figures are put in.", num=done)) if done.isdecimal() and len(done) < 6 else ""


def _chosen(*, years: bool) -> Chosen | None:
    """What was asked for: an activity by its slug, a year, or neither."""
    plan, wanted = plans.current_plan(), request.args.get("of", "")
    if plan is None:
        return None
    found = asking.activities(plan.id)
    if years and wanted.isdecimal():
        of = [each for each in found if str(each.opens_on.year) == wanted]
        return Chosen(plan, found, of, None, int(wanted)) if of else abort(404)
    if wanted:
        one = next((each for each in found if each.slug == wanted), None) or abort(404)
        return Chosen(plan, found, [one], one, None)
    return Chosen(plan, found, found, None, None)


def _place_names(plan_id: uuid.UUID) -> dict[str, str]:
    return {each.code: each.name for each in plans.places(plan_id)}
