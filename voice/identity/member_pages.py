"""One member, for the administrator: what they may do, beginning anew, days away, the end."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import storage
from voice.identity import actions, invitations, people, people_letters
from voice.identity.actions import LastAdministrator, NotARole, NotYourOwn
from voice.identity.away_pages import made_hand_over
from voice.identity.people_forms import HandOverForm, RolesForm
from voice.identity.people_pages import MINUTES, given_by_hand, sent
from voice.identity.queries import Person, me, person, role_names
from voice.identity.sessions import fresh
from voice.web import needs

blueprint = Blueprint("member", __name__, url_prefix="/work/people/<uuid:person_id>")
DONE = {
    "roles": _l("What they may do is changed. A letter tells them, and they were signed out."),
    "place": _l("Where they come from is changed."),
    "out": _l("They are signed out everywhere."),
    "handed": _l("Someone stands in. A letter tells both."),
    "ended": _l("Nobody stands in any more."),
    "not-sent": _l("That is done, but the letter could not be sent. Look at the mail server, or tell them yourself."),
}


@blueprint.get("")
@needs("administrator")
@fresh(MINUTES)
def show(person_id: uuid.UUID) -> str:
    return _page(_open(person_id))


@blueprint.post("/roles")
@needs("administrator")
@fresh(MINUTES)
def change(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """What they may do, and where they come from."""
    found, form, by = _open(person_id), RolesForm(), me().id
    if not form.validate_on_submit():
        return _page(found, roles=form), 400
    changed = set(form.roles.data) != set(found.roles)
    try:
        if changed:
            actions.change_roles(person_id, form.roles.data, by)
    except (NotARole, NotYourOwn, LastAdministrator) as wrong:
        form.roles.errors = [str(wrong)]
        return _page(found, roles=form), 400
    people.belong(form.place(by), by, member_id=person_id)
    storage.commit()
    went = people_letters.roles_changed(_person(person_id), form.roles.data) if changed else True
    return _on(person_id, ("roles" if changed else "place") if went else "not-sent")


@blueprint.post("/anew")
@needs("administrator")
@fresh(MINUTES)
def anew(person_id: uuid.UUID) -> Response:
    """They lost what they sign in with: a letter or a card with which they begin anew."""
    made = invitations.invite_again(_open(person_id).id, me().id)
    shown = None if made.email else given_by_hand(made)
    storage.commit()
    return shown or sent(made)


@blueprint.post("/out")
@needs("administrator")
@fresh(MINUTES)
def out(person_id: uuid.UUID) -> Response:
    actions.end_sessions(_open(person_id).id, me().id)
    storage.commit()
    return _on(person_id, "out")


@blueprint.post("/close")
@needs("administrator")
@fresh(MINUTES)
def close(person_id: uuid.UUID) -> Response | tuple[str, int]:
    found, leaver = _open(person_id), _person(person_id)
    try:
        actions.close_member(person_id, me().id)
    except (NotYourOwn, LastAdministrator) as wrong:
        return _page(found, refused=str(wrong)), 409
    storage.commit()
    went = people_letters.closed(leaver)
    return redirect(url_for("people.desk", done="closed" if went else "not-sent"), 303)


@blueprint.post("/away")
@needs("administrator")
@fresh(MINUTES)
def hand_over(person_id: uuid.UUID) -> Response | tuple[str, int]:
    """Someone stands in for them from this day to that."""
    found, form = _open(person_id), HandOverForm()
    went = made_hand_over(person_id, form)
    return (_page(found, away=form), 400) if went is None else _on(person_id, "handed" if went else "not-sent")


@blueprint.post("/away/<uuid:hand_over_id>/end")
@needs("administrator")
@fresh(MINUTES)
def end(person_id: uuid.UUID, hand_over_id: uuid.UUID) -> Response:
    if hand_over_id not in {each.id for each in people.hand_overs(of=person_id)}:
        abort(404)
    people.end_hand_over(hand_over_id, me().id)
    storage.commit()
    return _on(person_id, "ended")


@blueprint.get("/roles")
@blueprint.get("/anew")
@blueprint.get("/out")
@blueprint.get("/close")
@blueprint.get("/away")
@blueprint.get("/away/<uuid:hand_over_id>/end")
@needs("administrator")
def back(person_id: uuid.UUID, hand_over_id: uuid.UUID | None = None) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("member.show", person_id=person_id), 303)


def _open(person_id: uuid.UUID) -> people.Row:
    """A member who may sign in; nothing is changed about those who have left."""
    found = people.one(person_id)
    if found is None or found.is_closed:
        abort(404)
    return found


def _person(person_id: uuid.UUID) -> Person:
    return person(person_id) or abort(404)


def _on(person_id: uuid.UUID, done: str) -> Response:
    return redirect(url_for("member.show", person_id=person_id, done=done), 303)


def _page(found: people.Row, *, roles: RolesForm | None = None, away: HandOverForm | None = None, refused: str = "") -> str:
    place = people.organisation_of(found.id)
    form = roles or RolesForm(formdata=None, roles=list(found.roles), organisation=str(place.id) if place else "")
    away = away or HandOverForm(formdata=None)
    away.offer(people.possible_deputies(found.id))
    return render_template(
        "identity/member.html",
        member=found,
        names=role_names(),
        form=form,
        away=away,
        stand_ins=people.hand_overs(of=found.id),
        is_me=found.id == me().id,
        refused=refused,
        done=DONE.get(request.args.get("done", "")),
    )
