"""What is theirs, for whoever owns actions or measures: all of it on one page, said in two taps each."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import audit, identity, plans, storage
from voice.delivering.doing import actions
from voice.delivering.doing.due import Mine, is_due, mine, owns
from voice.delivering.doing.forms import UpdateForm
from voice.delivering.doing.queries import ActionProgress, standing_of
from voice.delivering.doing.wording import SHAPES, STATUS_WORDS
from voice.web import needs

blueprint = Blueprint("mine", __name__, url_prefix="/work/mine")
OWNERS = ("answer_owner", "partner", "officer", "publisher")
DESK = ("officer", "publisher")


@blueprint.get("")
@needs(*OWNERS)
def show() -> str:
    """What word is due of first."""
    return _page()


@blueprint.post("/<key>")
@needs(*OWNERS)
def say(key: str) -> Response | tuple[str, int]:
    """Say how one action goes; the next that waits comes into view."""
    form = UpdateForm(action_for(key), prefix=key)
    if not form.validate():
        return _page(form), 400
    keep(form)
    return redirect(url_for("mine.show", said=key, _anchor="next"), 303)


@blueprint.get("/<key>")
@needs(*OWNERS)
def again(key: str) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("mine.show"), 303)


def keep(form: UpdateForm) -> None:
    """Keep what was said, and commit; 409 where the action is nobody's."""
    me, action_id = identity.me().id, form.action.facts.id
    try:
        actions.say(action_id, form.said(), me)
    except actions.NobodyOwnsIt:
        abort(409)
    if form.kept_why():
        audit.record(me, "words kept", "action", action_id, form.kept_why())
    storage.commit()


def action_for(key: str) -> ActionProgress:
    """An action of the current plan that this member sees: any for officers and publishers, else their own and of those for whom they stand in."""
    me, plan = identity.me(), plans.current_plan()
    found = plans.action(plan.id, key) if plan else None
    if found is None or not (me.roles & set(DESK) or owns(identity.on_behalf_of(me.id), found.id)):
        abort(404)
    return standing_of([found])[0]


def _page(typed: UpdateForm | None = None) -> str:
    own = mine(identity.on_behalf_of(identity.me().id))
    forms = {each.facts.key: UpdateForm(each, None, prefix=each.facts.key) for each in own.actions}
    if typed:
        forms[typed.action.facts.key] = typed
    plan = plans.current_plan()
    return render_template(
        "delivering/mine.html",
        own=own,
        due=[each for each in own.actions if _shown_open(each, typed)],
        rest=[each for each in own.actions if not _shown_open(each, typed)],
        measures=own.measures,
        forms=forms,
        titles={each.id: each.title for each in plans.priorities(plan.id, closed_too=True)} if plan else {},
        said=_just_said(own),
        shapes=SHAPES,
        status_words=STATUS_WORDS,
    )


def _shown_open(each: ActionProgress, typed: UpdateForm | None) -> bool:
    return is_due(each) or (typed is not None and typed.action.facts.id == each.facts.id)


def _just_said(own: Mine) -> ActionProgress | None:
    return next((each for each in own.actions if each.facts.key == request.args.get("said")), None)
