"""The quarter on one page, for the Health and Wellbeing Board: read, asked of it, made final, printed."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Reply
from wtforms import TextAreaField

from voice import identity, plans, storage
from voice.delivering.doing import reports
from voice.delivering.doing.mine_pages import DESK
from voice.delivering.doing.papers import as_pdf, months, shown
from voice.delivering.doing.rules import Quarter, quarter_before, quarter_of, read_quarter
from voice.web import needs
from voice.web.forms import Form, longest
from voice.web.paper import can_print

blueprint = Blueprint("quarter", __name__, url_prefix="/work/quarter")
LISTED = 5  # quarters, this one among them
MOST = 600  # letters: it shares a page with everything else


class DecideForm(Form):
    decide = TextAreaField(_l("What we want the board to decide, one on each line"), [longest(MOST)])


@blueprint.get("")
@needs(*DESK)
def leads() -> str:
    """The last quarters, each with its page."""
    plan = plans.current_plan()
    return render_template("delivering/quarters.html", quarters=_last_ones(), finals=reports.finals(plan.id) if plan else {}, months=months)


@blueprint.get("/<code>")
@needs(*DESK)
def show(code: str) -> str:
    """One quarter's page, as it stands or as it was frozen."""
    return _page(_quarter(code))


@blueprint.post("/<code>")
@needs(*DESK)
def write(code: str) -> Reply | tuple[str, int]:
    """What the board is asked to decide."""
    quarter, form = _quarter(code), DecideForm()
    if not form.validate():
        return _page(quarter, form), 400
    try:
        reports.ask_to_decide(_plan(), quarter, (form.decide.data or "").strip(), identity.me().id)
    except reports.IsFinal:
        return _page(quarter, refused=_("This page is final, and stays as it is.")), 409
    storage.commit()
    return redirect(url_for("quarter.show", code=quarter.code), 303)


@blueprint.post("/<code>/final")
@needs(*DESK)
def make_final(code: str) -> Reply | tuple[str, int]:
    """It never changes from here on."""
    quarter = _quarter(code)
    try:
        reports.make_final(_plan(), quarter, identity.me().id)
    except reports.NotOver:
        return _page(quarter, refused=_("This quarter has days to come. Make its page final once it is over.")), 409
    except reports.IsFinal:
        return redirect(url_for("quarter.show", code=quarter.code), 303)
    storage.commit()
    return redirect(url_for("quarter.show", code=quarter.code), 303)


@blueprint.get("/<code>/final")
@needs(*DESK)
def again(code: str) -> Reply:
    """Somebody came here by the address alone."""
    return redirect(url_for("quarter.show", code=_quarter(code).code), 303)


@blueprint.get("/<code>.pdf")
@needs(*DESK)
def paper(code: str) -> Response:
    """One side of A4."""
    quarter = _quarter(code)
    if not can_print():
        abort(404)
    response = make_response(as_pdf(reports.report(_plan(), quarter)))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="quarter-{quarter.code}.pdf"'
    return response


def _quarter(code: str) -> Quarter:
    """A quarter that has begun; none that is to come has anything to show."""
    found = read_quarter(code)
    if found is None or found.first > storage.today():
        abort(404)
    return found


def _plan() -> plans.PlanFacts:
    return plans.current_plan() or abort(404)


def _last_ones() -> list[Quarter]:
    found = [quarter_of(storage.today())]
    while len(found) < LISTED:
        found.append(quarter_before(found[-1]))
    return found


def _page(quarter: Quarter, form: DecideForm | None = None, refused: str | None = None) -> str:
    found = reports.report(_plan(), quarter)
    return render_template(
        "delivering/quarter.html",
        **shown(found),
        form=form or DecideForm(None, data={"decide": found.decide}),
        refused=refused,
        is_over=quarter.last <= storage.today(),
        can_print=can_print(),
    )
