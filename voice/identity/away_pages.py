"""Days away: anyone at a desk names who stands in for them."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import storage
from voice.identity import people, people_letters
from voice.identity.people_forms import HandOverForm
from voice.identity.queries import me
from voice.identity.rules import ROLES
from voice.web import needs

blueprint = Blueprint("away", __name__, url_prefix="/work/away")
ADULTS = tuple(role for role in ROLES if role != "board_member")
DONE = {
    "handed": _l("Done. A letter tells you both."),
    "not-sent": _l("Done, but the letter could not be sent. Tell them yourself."),
    "ended": _l("Nobody stands in for you any more."),
}


@blueprint.get("")
@needs(*ADULTS)
def show() -> str:
    return _page(HandOverForm(formdata=None))


@blueprint.post("")
@needs(*ADULTS)
def hand_over() -> Response | tuple[str, int]:
    form = HandOverForm()
    went = made_hand_over(me().id, form)
    if went is None:
        return _page(form), 400
    return redirect(url_for("away.show", done="handed" if went else "not-sent"), 303)


@blueprint.post("/<uuid:hand_over_id>/end")
@needs(*ADULTS)
def end(hand_over_id: uuid.UUID) -> Response:
    """Back earlier: one's own alone."""
    if hand_over_id not in {each.id for each in people.hand_overs(of=me().id)}:
        abort(404)
    people.end_hand_over(hand_over_id, me().id)
    storage.commit()
    return redirect(url_for("away.show", done="ended"), 303)


@blueprint.get("/<uuid:hand_over_id>/end")
@needs(*ADULTS)
def back(hand_over_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("away.show"), 303)


def made_hand_over(member_id: uuid.UUID, form: HandOverForm) -> bool | None:
    """Name who stands in, commit, and write to both. Returns whether the letters went; None where something is to put right in the form."""
    form.offer(people.possible_deputies(member_id))
    if not form.validate_on_submit():
        return None
    try:
        made = people.hand_over(member_id, uuid.UUID(form.deputy.data), form.first_day.data, form.last_day.data, me().id)
    except people.NotADeputy as wrong:
        form.last_day.errors = [str(wrong)]
        return None
    storage.commit()
    found = next(each for each in people.hand_overs(of=member_id) if each.id == made)
    return people_letters.handed_over(found)


def _page(form: HandOverForm) -> str:
    form.offer(people.possible_deputies(me().id))
    return render_template(
        "identity/away.html",
        form=form,
        stand_ins=people.hand_overs(of=me().id),
        for_others=people.standing_in_for(me().id),
        done=DONE.get(request.args.get("done", "")),
    )
