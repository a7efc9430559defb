"""Councils at the desk: an officer keeps the list and reads what they send; whoever runs one asks its own and sends up what it decided."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import asking, identity, inviting, plans, reading, storage
from voice.asking import ActivityFacts
from voice.reviewing.councils import actions, queries
from voice.reviewing.councils.forms import KIND_WORDS, TEXT_WORDS, BackForm, CouncilForm, DecisionForm, RunForm, SendForm
from voice.reviewing.councils.queries import CouncilFacts, Decision
from voice.reviewing.looking import NAMES_NOBODY
from voice.safeguarding.screen import screen_all
from voice.web import needs, paper, slot

blueprint = Blueprint("councils", __name__, url_prefix="/work/councils")
RUNNERS = ("officer", "school", "board_worker")
FOR_YOUNG_PEOPLE = ("survey", "opinion_sheet")
TWO_WEEKS = timedelta(days=14)
DONE = {
    "added": _l("The council is on the list."),
    "asked": _l("It is made. Nobody can answer before a participation officer has looked at it."),
    "sent": _l("It is with a participation officer, who reads it first. You hear here when the board has it."),
    "passed": _l("The board has it now."),
    "back": _l("The council reads why."),
}


@dataclass(frozen=True)
class Running:
    """Something a council asks, with what may be said of it."""

    activity: ActivityFacts
    is_open: bool
    figures: list[str]
    outcomes: list[inviting.Outcome]


@blueprint.get("")
@needs(*RUNNERS)
def councils() -> str | Response:
    """All for an officer; else one's own, at once where there is but one."""
    mine = queries.run_by(identity.me())
    if "officer" in identity.me().roles:
        return _list(CouncilForm(formdata=None))
    if len(mine) == 1:
        return redirect(url_for("councils.council", council_id=mine[0].id), 303)
    return render_template("reviewing/councils/mine.html", councils=mine, kinds=KIND_WORDS)


@blueprint.post("")
@needs("officer")
def add() -> Response | tuple[str, int]:
    form = _offered(CouncilForm())
    if not form.validate():
        return _list(form), 400
    try:
        actions.make_council(form.name.data, form.kind.data, identity.me().id, **form.who())
    except actions.NameTaken:
        form.name.errors = [_("There is a council of this name already.")]
        return _list(form), 400
    storage.commit()
    return redirect(url_for("councils.councils", done="added"), 303)


@blueprint.get("/<uuid:council_id>")
@needs(*RUNNERS)
def council(council_id: uuid.UUID) -> str:
    """What it asks, what it sent, and what came of it."""
    return _page(_council(council_id))


@blueprint.get("/<uuid:council_id>/decision")
@needs("school", "board_worker")
def decide(council_id: uuid.UUID) -> str:
    return _deciding(_own(council_id), SendForm(formdata=None))


@blueprint.post("/<uuid:council_id>/decision")
@needs("school", "board_worker")
def send(council_id: uuid.UUID) -> Response | tuple[str, int]:
    """To an officer first: it may name someone."""
    found, form = _own(council_id), SendForm()
    form.offer(queries.activities_of(found.id))
    if not form.validate():
        return _deciding(found, form), 400
    actions.send_up(found.id, form.texts(), form.asked(), identity.me().id)
    storage.commit()
    return redirect(url_for("councils.council", council_id=council_id, done="sent"), 303)


@blueprint.get("/<uuid:council_id>/ask")
@needs("school", "board_worker")
def choose(council_id: uuid.UUID) -> str:
    """Which questions to ask."""
    return render_template("reviewing/councils/choose.html", council=_own(council_id), instruments=_templates())


@blueprint.get("/<uuid:council_id>/ask/<name>")
@needs("school", "board_worker")
def new(council_id: uuid.UUID, name: str) -> str:
    found, chosen = _own(council_id), _template(name)
    form = RunForm(formdata=None, title=chosen.title, heard_by=found.name, closes_on=storage.today() + TWO_WEEKS)
    return render_template("reviewing/councils/ask.html", council=found, instrument=chosen, form=form)


@blueprint.post("/<uuid:council_id>/ask/<name>")
@needs("school", "board_worker")
def ask(council_id: uuid.UUID, name: str) -> Response | tuple[str, int]:
    found, chosen, form = _own(council_id), _template(name), RunForm()
    if plans.current_plan() is None:
        abort(409)
    if not form.validate():
        return render_template("reviewing/councils/ask.html", council=found, instrument=chosen, form=form), 400
    run = actions.Run(chosen.instrument, form.title.data, form.closes_on.data, form.heard_by.data)
    actions.run_activity(found.id, run, identity.me().id)
    storage.commit()
    return redirect(url_for("councils.council", council_id=council_id, done="asked"), 303)


@blueprint.post("/<uuid:council_id>/code")
@needs("school", "board_worker")
def code(council_id: uuid.UUID) -> Response | str:
    """A code for the council's own, to write on the board: this reply is the only place where it stands."""
    found = _own(council_id)
    activity = next((each for each in queries.activities_of(found.id) if each.slug == request.form.get("activity")), None)
    if activity is None or asking.closed_because(activity):
        return redirect(url_for("councils.council", council_id=council_id), 303)
    made = actions.new_code(activity.id, identity.me().id)
    storage.commit()
    return render_template("reviewing/councils/code.html", council=found, activity=activity, code=made, typed_at=paper.spoken(paper.address("/code")))


@blueprint.get("/decisions/<uuid:decision_id>")
@needs("officer")
def read(decision_id: uuid.UUID) -> str:
    """What a council sent, to be read before the board does."""
    found = _decision(decision_id)
    return _reading(found, DecisionForm(formdata=None, **found.texts), BackForm(formdata=None))


@blueprint.post("/decisions/<uuid:decision_id>/through")
@needs("officer")
def let_through(decision_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _decision(decision_id), DecisionForm()
    if not form.validate():
        return _reading(found, form, BackForm(formdata=None)), 400
    try:
        actions.let_through(found.id, form.texts(), identity.me().id)
    except actions.TooLate:
        return _meanwhile(decision_id)
    storage.commit()
    return redirect(url_for("councils.councils", done="passed"), 303)


@blueprint.post("/decisions/<uuid:decision_id>/back")
@needs("officer")
def send_back(decision_id: uuid.UUID) -> Response | tuple[str, int]:
    found, form = _decision(decision_id), BackForm()
    if not form.validate():
        return _reading(found, DecisionForm(formdata=None, **found.texts), form), 400
    try:
        actions.send_back(found.id, form.reason.data, identity.me().id)
    except actions.TooLate:
        return _meanwhile(decision_id)
    storage.commit()
    return redirect(url_for("councils.councils", done="back"), 303)


@blueprint.get("/<uuid:council_id>/code")
@needs("school", "board_worker")
def code_again(council_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("councils.council", council_id=council_id), 303)


@blueprint.get("/decisions/<uuid:decision_id>/through")
@blueprint.get("/decisions/<uuid:decision_id>/back")
@needs("officer")
def decision_again(decision_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("councils.read", decision_id=decision_id), 303)


def _council(council_id: uuid.UUID) -> CouncilFacts:
    """The council, where it is theirs to see."""
    return (queries.council(council_id) if "officer" in identity.me().roles else None) or _own(council_id)


def _own(council_id: uuid.UUID) -> CouncilFacts:
    return next((each for each in queries.run_by(identity.me()) if each.id == council_id), None) or abort(404)


def _decision(decision_id: uuid.UUID) -> Decision:
    return queries.decision(decision_id) or abort(404)


def _templates() -> list[inviting.Shipped]:
    """Questions for children and young people that a council may ask as they are."""
    return [each for each in inviting.shipped() if each.kind in FOR_YOUNG_PEOPLE and each.speaker == "young_person"]


def _template(name: str) -> inviting.Shipped:
    return next((each for each in _templates() if each.name == name), None) or abort(404)


def _offered(form: CouncilForm) -> CouncilForm:
    form.offer(identity.organisations(), identity.members_with("board_worker"))
    return form


def _list(form: CouncilForm) -> str:
    return render_template(
        "reviewing/councils/list.html",
        councils=queries.councils(),
        waiting=queries.unread(),
        to_be_covered=queries.to_be_covered(),
        form=_offered(form),
        kinds=KIND_WORDS,
        done=DONE.get(request.args.get("done", "")),
    )


def _page(found: CouncilFacts) -> str:
    sent = queries.decisions(found.id)
    return render_template(
        "reviewing/councils/council.html",
        council=found,
        kinds=KIND_WORDS,
        is_mine=found in queries.run_by(identity.me()),
        running=[_running(each) for each in queries.activities_of(found.id)],
        sent=sent,
        came_of={each.id: list(slot("came_of_theme").fill(each.theme_id)) for each in sent if each.theme_id},
        texts=TEXT_WORDS,
        done=DONE.get(request.args.get("done", "")),
    )


def _running(activity: ActivityFacts) -> Running:
    group = inviting.groups(activity.id)[0]
    figures = slot("group_figures").fill(activity.id, group.id)
    return Running(activity, asking.closed_because(activity) is None, figures, slot("came_of").fill(activity.id))


def _deciding(found: CouncilFacts, form: SendForm) -> str:
    form.offer(queries.activities_of(found.id))
    return render_template("reviewing/councils/decide.html", council=found, form=form)


def _meanwhile(decision_id: uuid.UUID) -> tuple[str, int]:
    storage.session().rollback()
    found = _decision(decision_id)
    page = _reading(found, DecisionForm(formdata=None, **found.texts), BackForm(formdata=None), refused=_("Somebody decided about it meanwhile."))
    return page, 409


def _reading(found: Decision, form: DecisionForm, back: BackForm, *, refused: str | None = None) -> str:
    said = {name: words for name, words in found.texts.items() if words}
    pointed = {
        name: reading.pieces(words, [each for each in reading.proposals(words) if each.kind not in NAMES_NOBODY]) for name, words in said.items()
    }
    return render_template(
        "reviewing/councils/read.html",
        decision=found,
        pieces=pointed,
        may_name=any(piece.kind for each in pointed.values() for piece in each),
        may_worry=screen_all(said.values()).concern,
        form=form,
        back=back,
        texts=TEXT_WORDS,
        refused=refused,
    )


def _pointed(words: str) -> list[reading.Piece]:
    """The words cut where they may name someone."""
    return reading.pieces(words, [each for each in reading.proposals(words) if each.kind not in NAMES_NOBODY])
