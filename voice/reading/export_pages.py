"""Words as they were said, as a file: asking, the second person’s yes, and taking it once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from voice import asking, audit, identity, plans, storage
from voice.reading import exports
from voice.reading.export_forms import AskForm
from voice.web import needs
from voice.web.desk import DeskLink
from voice.web.sheets import KINDS, as_csv, as_xlsx

blueprint = Blueprint("exporting", __name__, url_prefix="/work/exports")
MAY_ANSWER = ("officer", "safeguarding_lead", "safeguarding_deputy", "board_worker")
MINUTES = 15  # before words leave, whoever lets them shows their second factor again, where they last did longer ago
STAGES = {
    "asked": _l("Waits for a second person"),
    "agreed": _l("Ready to take, once"),
    "refused": _l("The second person said no"),
    "taken": _l("Taken"),
    "lapsed": _l("Lapsed"),
}


@blueprint.get("")
@needs(*MAY_ANSWER)
@identity.fresh(MINUTES)
def desk() -> str:
    return _page(_form(None))


@blueprint.post("")
@needs("officer")
def ask() -> Response | tuple[str, int]:
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 400
    asked = exports.ask(uuid.UUID(form.activity.data), form.reason.data.strip(), identity.me().id)
    if form.kept_why():
        audit.record(identity.me().id, "words kept", "export", asked, form.kept_why())
    storage.commit()
    return redirect(url_for("exporting.desk", done="asked"), 303)


@blueprint.post("/<uuid:export_id>/answer")
@needs(*MAY_ANSWER)
@identity.fresh(MINUTES)
def answer(export_id: uuid.UUID) -> Response | tuple[str, int]:
    said = request.form.get("say")
    if said not in ("yes", "no"):
        abort(400)
    _found(export_id)
    try:
        exports.answer(export_id, identity.me().id, yes=said == "yes")
    except exports.NeedsAnother:
        return _page(_form(None), _("You asked for it. Another person must say yes.")), 403
    except exports.NotNow:
        return _page(_form(None), _("It was answered before, or nobody answered for a week. Nothing was changed.")), 409
    storage.commit()
    return redirect(url_for("exporting.desk", done=said), 303)


@blueprint.post("/<uuid:export_id>/take")
@needs("officer")
@identity.fresh(MINUTES)
def take(export_id: uuid.UUID) -> Response | tuple[str, int]:
    found, me, kind = _found(export_id), identity.me(), request.form.get("kind", "csv")
    if kind not in KINDS:
        abort(400)
    try:
        lines = exports.take(export_id, me.id)
    except exports.NotNow:
        return _page(_form(None), _("This file cannot be taken: it needs a second person’s yes, is good for a day, and can be taken once.")), 403
    storage.commit()  # that it was read stands before a word of it leaves
    return _file(found, lines, kind, f"{me.name}, {storage.now():%Y-%m-%d %H:%M} UTC, {str(export_id)[:8]}")


@blueprint.get("/<uuid:export_id>/answer")
@blueprint.get("/<uuid:export_id>/take")
@needs(*MAY_ANSWER)
def back(export_id: uuid.UUID) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("exporting.desk"), 303)


def desk_links() -> Iterable[DeskLink]:
    """The way in: for officers always, for other second persons while something waits for them."""
    me = identity.me()
    waiting = exports.to_answer(me.id) if me.roles & set(MAY_ANSWER) else 0
    if waiting or "officer" in me.roles:
        says = _l("Ask for words as a file, or say yes or no to a colleague who asks.")
        yield DeskLink("exporting.desk", _l("Words as a file"), waiting or None, says, seldom=True)


def _file(found: exports.Export, lines: Sequence[exports.Line], kind: str, mark: str) -> Response:
    """The table; every line of it says for whom it was made and when."""
    activity = asking.activity_by_id(found.activity_id) or abort(404)
    headings = [_("Week"), _("Question"), _("Words"), _("Language"), _("Decided"), _("Made for")]
    rows = [(line.week, line.question, line.words, line.language, line.decision, mark) for line in lines]
    response = make_response(as_csv(headings, rows) if kind == "csv" else as_xlsx(headings, rows, footer=mark))
    response.mimetype = KINDS[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="voice-{activity.slug}-{storage.today():%Y-%m-%d}.{kind}"'
    return response


def _form(formdata: object = ()) -> AskForm:
    form = AskForm() if formdata == () else AskForm(formdata=None)
    plan = plans.current_plan()
    known = asking.activities(plan.id) if plan else []
    form.activity.choices = [SelectChoice("", _("Choose an activity")), *(SelectChoice(str(each.id), each.title) for each in known)]
    return form


def _found(export_id: uuid.UUID) -> exports.Export:
    return exports.export(export_id) or abort(404)


def _page(form: AskForm, wrong: str = "") -> str:
    me = identity.me()
    found = exports.exports(me.id, may_answer=bool(me.roles & set(MAY_ANSWER)))
    titles = {each.activity_id: facts.title for each in found if (facts := asking.activity_by_id(each.activity_id))}
    names = {who: person.name for each in found for who in (each.asked_by, each.answered_by) if who and (person := identity.person(who))}
    return render_template(
        "reading/exports.html",
        form=form,
        wrong=wrong,
        me=me,
        mine=[each for each in found if each.asked_by == me.id],
        others=[each for each in found if each.asked_by != me.id and each.stage == "asked"],
        titles=titles,
        names=names,
        stages=STAGES,
        how_many=exports.how_many,
        done=request.args.get("done"),
    )
