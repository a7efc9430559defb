"""The officers' pages of actions: what is late, whose each is, its steps, its places, the answers it carries out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import identity, plans, storage
from voice.delivering.doing import actions, forms
from voice.delivering.doing.asked import last_asked
from voice.delivering.doing.due import is_due, members_of_actions
from voice.delivering.doing.mine_pages import DESK, OWNERS, action_for, keep
from voice.delivering.doing.models import ActionUpdate
from voice.delivering.doing.public_pages import address_of
from voice.delivering.doing.queries import ActionProgress, all_progress, history, milestones, place_codes
from voice.delivering.doing.ties import CarriedOut, carried_out_by, public_answers
from voice.delivering.doing.wording import SHAPES, SHOWS, STATUS_WORDS
from voice.web import needs

blueprint = Blueprint("actions", __name__, url_prefix="/work/actions")


@dataclass(frozen=True)
class Wish:
    """What the list of actions is narrowed to; nothing asked for is everything."""

    show: str = ""
    priority: str = ""
    whose: str = ""  # “mine”, or the name of an organisation

    @classmethod
    def asked_for(cls) -> Wish:
        return cls(**{name: request.args.get(name, "").strip() for name in ("show", "priority", "whose")})


@blueprint.get("")
@needs(*DESK)
def desk() -> str:
    """Late first, then what word is due of, then the plan's order."""
    plan, wish = plans.current_plan(), Wish.asked_for()
    everything = all_progress(plan.id) if plan else []
    priorities = plans.priorities(plan.id) if plan else []
    own = _own_ids(plan.id) if plan else set()
    codes = {each.id: each.code for each in priorities}
    found = [each for each in everything if _fits(each, wish, codes, own)]
    return render_template(
        "delivering/actions.html",
        actions=sorted(found, key=lambda each: (not each.late, not is_due(each))),
        amounts={name: sum(_shows(each, name) for each in everything) for name in SHOWS},
        all_of_them=len(everything),
        wish=wish,
        shows=SHOWS,
        priorities=priorities,
        organisations=sorted({each.owner.organisation for each in everything if each.owner}),
        titles={each.id: each.title for each in priorities},
        asked=last_asked(),
        shapes=SHAPES,
        status_words=STATUS_WORDS,
    )


@blueprint.get("/<key>")
@needs(*OWNERS)
def show(key: str) -> str:
    """One action: what was said of it, and what can be said and changed."""
    return _page(action_for(key))


@blueprint.post("/<key>/say")
@needs(*OWNERS)
def say(key: str) -> Response | tuple[str, int]:
    """How it goes, said from its own page."""
    form = forms.UpdateForm(action_for(key), prefix=key)
    if not form.validate():
        return _page(form.action, update=form), 400
    keep(form)
    return redirect(url_for("actions.show", key=key, said="yes"), 303)


@blueprint.post("/<key>/owner")
@needs(*DESK)
def give(key: str) -> Response | tuple[str, int]:
    """Whose it is, and by when."""
    action, form = action_for(key), forms.ActionOwnerForm()
    if not form.validate():
        return _page(action, owner=form), 400
    actions.give_action(action.facts.id, form.owning(), identity.me().id, done_by=form.done_by.data)
    return _saved(key, "owner")


@blueprint.post("/<key>/milestones")
@needs(*DESK)
def add_milestone(key: str) -> Response | tuple[str, int]:
    """A step with a day."""
    action = action_for(key)
    form = forms.MilestoneForm(_places())
    if not form.validate():
        return _page(action, milestone=form), 400
    actions.add_milestone(action.facts.id, form.words.data, form.due_on.data, identity.me().id, place=form.place.data or None)
    return _saved(key, "steps")


@blueprint.post("/<key>/milestones/<uuid:milestone_id>/drop")
@needs(*DESK)
def drop_milestone(key: str, milestone_id: uuid.UUID) -> Response | tuple[str, int]:
    """A step that is no longer aimed at, and why."""
    action, form = action_for(key), forms.ReasonForm(prefix=str(milestone_id))
    if milestone_id not in {each.id for each in milestones([action.facts.id]).get(action.facts.id, [])}:
        abort(404)
    if not form.validate():
        return _page(action, reasons={milestone_id: form}), 400
    actions.drop(action.facts.id, milestone_id, form.why.data, identity.me().id)
    return _saved(key, "steps")


@blueprint.post("/<key>/said/<uuid:update_id>/take-down")
@needs(*DESK)
def take_down(key: str, update_id: uuid.UUID) -> Response | tuple[str, int]:
    """Words that should not stand on a page for all are taken off it, for good."""
    action, form = action_for(key), forms.ReasonForm(prefix=str(update_id))
    row = storage.session().get(ActionUpdate, update_id)
    if row is None or row.action_id != action.facts.id:
        abort(404)
    if not form.validate():
        return _page(action, reasons={update_id: form}), 400
    actions.take_down(update_id, form.why.data, identity.me().id)
    return _saved(key, "said")


@blueprint.post("/<key>/places")
@needs(*DESK)
def put_in_places(key: str) -> Response | tuple[str, int]:
    """Where it is for."""
    action = action_for(key)
    form = forms.PlacesForm(_places())
    if not form.validate():
        return _page(action, places=form), 400
    actions.put_in_places(action.facts.id, form.places.data or [], identity.me().id)
    return _saved(key, "places")


@blueprint.post("/<key>/answers")
@needs(*DESK)
def tie(key: str) -> Response | tuple[str, int]:
    """An answer to young people that it carries out; or one that it no longer does."""
    action, me = action_for(key), identity.me().id
    untied = _an_id(request.form.get("untie", ""))
    if untied:
        actions.untie(action.facts.id, untied, me)
        return _saved(key, "answers")
    form = _tie_form(action)
    if not form.validate():
        return _page(action, tie=form), 400
    actions.tie(action.facts.id, uuid.UUID(form.answer.data), me)
    return _saved(key, "answers")


@blueprint.get("/<key>/say")
@blueprint.get("/<key>/owner")
@blueprint.get("/<key>/milestones")
@blueprint.get("/<key>/milestones/<uuid:milestone_id>/drop")
@blueprint.get("/<key>/said/<uuid:update_id>/take-down")
@blueprint.get("/<key>/places")
@blueprint.get("/<key>/answers")
@needs(*OWNERS)
def again(key: str, milestone_id: uuid.UUID | None = None, update_id: uuid.UUID | None = None) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("actions.show", key=key), 303)


def _saved(key: str, part: str) -> Response:
    storage.commit()
    return redirect(url_for("actions.show", key=key, _anchor=part), 303)


def _page(action: ActionProgress, **typed: Any) -> str:
    """The page of one action; `typed`: forms as they were sent, where something is to put right."""
    plan = plans.current_plan() or abort(404)
    said, steps = history(action.facts.id), milestones([action.facts.id], dropped_too=True).get(action.facts.id, [])
    reasons = {each: forms.ReasonForm(formdata=None, prefix=str(each)) for each in (*(s.id for s in steps), *(s.id for s in said))}
    return render_template(
        "delivering/action.html",
        action=action,
        priority=plans.priority_by_id(action.facts.priority_id) if action.facts.priority_id else None,
        history=said,
        steps=steps,
        carried=carried_out_by(action.facts.id, plan.id),
        form=typed.get("update") or forms.UpdateForm(action, None, prefix=action.facts.key),
        owner=typed.get("owner") or _owner_form(plan.id, action),
        milestone=typed.get("milestone") or forms.MilestoneForm(_places(), None),
        places=typed.get("places") or forms.PlacesForm(_places(), None, data={"places": place_codes(action.facts.id)}),
        tie=typed.get("tie") or _tie_form(action, is_new=True),
        reasons={**reasons, **typed.get("reasons", {})},
        is_desk=bool(identity.me().roles & set(DESK)),
        address=address_of(action),
        shapes=SHAPES,
        status_words=STATUS_WORDS,
        was_said="said" in request.args,
    )


def _owner_form(plan_id: uuid.UUID, action: ActionProgress) -> forms.ActionOwnerForm:
    """As it stands; for an action that is nobody's yet, as the plan prints it."""
    member_id, details = members_of_actions(plan_id).get(action.facts.id), action.facts.details
    data = {
        "role": action.owner.role if action.owner else details.get("owner_role", ""),
        "organisation": action.owner.organisation if action.owner else details.get("lead", ""),
        "member": str(member_id or ""),
        "done_by": action.done_by,
    }
    return forms.ActionOwnerForm(None, data=data)


def _tie_form(action: ActionProgress, *, is_new: bool = False) -> forms.TieForm:
    """Public answers that are not “we can’t” and that it does not carry out yet; those of its own priority first."""
    plan = plans.current_plan() or abort(404)
    tied = {each.answer.id for each in carried_out_by(action.facts.id, plan.id)}
    free = [each for each in public_answers(plan.id) if each.answer.state != "cant" and each.answer.id not in tied]
    ordered = sorted(free, key=lambda each: each.theme.priority_id != action.facts.priority_id)
    choices = [(each.answer.id, _in_a_list(each)) for each in ordered]
    return forms.TieForm(choices, None) if is_new else forms.TieForm(choices)


def _in_a_list(each: CarriedOut) -> str:
    return f"“{each.theme.you_said}”"


def _places() -> list[plans.Place]:
    plan = plans.current_plan()
    return plans.places(plan.id) if plan else []


def _own_ids(plan_id: uuid.UUID) -> set[uuid.UUID]:
    own = identity.on_behalf_of(identity.me().id)
    return {action_id for action_id, member_id in members_of_actions(plan_id).items() if member_id in own}


def _fits(each: ActionProgress, wish: Wish, codes: dict[uuid.UUID, str], own: set[uuid.UUID]) -> bool:
    code = codes.get(each.facts.priority_id) if each.facts.priority_id else "all"
    theirs = each.facts.id in own if wish.whose == "mine" else not wish.whose or (each.owner is not None and each.owner.organisation == wish.whose)
    return theirs and wish.priority in ("", code) and (wish.show not in SHOWS or _shows(each, wish.show))


def _shows(each: ActionProgress, show: str) -> bool:
    if show in STATUS_WORDS:
        return each.status == show
    return {"late": each.late, "due": is_due(each), "unowned": each.owner is None, "unsaid": each.status is None}[show]


def _an_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
