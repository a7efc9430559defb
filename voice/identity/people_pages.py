"""The administrator's room: who may sign in, who is invited, who stands in for whom."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import storage
from voice.identity import cards, invitations, people
from voice.identity.actions import NotTogether
from voice.identity.invitations import AlreadyMember, Invited
from voice.identity.people_forms import CardForm, InviteForm
from voice.identity.queries import me, role_names
from voice.identity.rules import written
from voice.identity.sessions import fresh
from voice.post import NotSent
from voice.web import needs, paper

blueprint = Blueprint("people", __name__, url_prefix="/work/people")
MINUTES = 15
"""Whoever changes what others may do has shown their second factor within this."""
DONE = {
    "invited": _l("The letter is on its way."),
    "not-sent": _l("That is done, but the letter could not be sent. Look at the mail server, or tell them yourself."),
    "away": _l("That invitation is no good any more."),
    "closed": _l("The account is closed, and every session of it has ended."),
}


@blueprint.get("")
@needs("administrator")
def desk() -> str:
    found = people.everyone()
    return render_template(
        "identity/people.html",
        open_ones=[each for each in found if not each.is_closed],
        closed_ones=[each for each in found if each.is_closed],
        waiting=invitations.invitations_waiting(),
        stand_ins=people.hand_overs(),
        names=role_names(),
        done=DONE.get(request.args.get("done", "")),
    )


@blueprint.get("/invite")
@needs("administrator")
@fresh(MINUTES)
def new() -> str:
    return _new(InviteForm(formdata=None), CardForm(formdata=None))


@blueprint.post("/invite")
@needs("administrator")
@fresh(MINUTES)
def invite() -> Response | tuple[str, int]:
    form, by = InviteForm(), me().id
    if not form.validate_on_submit():
        return _new(form, CardForm(formdata=None)), 400
    try:
        invited = invitations.invite(form.email.data, form.name.data, form.roles.data, by)
    except NotTogether as wrong:
        form.roles.errors = [str(wrong)]
        return _new(form, CardForm(formdata=None)), 400
    except AlreadyMember:
        form.email.errors = [_("Someone signs in with this address already. Open their page to change what they may do.")]
        return _new(form, CardForm(formdata=None)), 400
    people.belong(form.place(by), by, invitation_id=invited.id)
    storage.commit()
    return sent(invited)


@blueprint.post("/card")
@needs("administrator")
@fresh(MINUTES)
def card() -> Response | tuple[str, int]:
    """A printed card; where this machine prints none, the code on a page, this once."""
    form = CardForm()
    if not form.validate_on_submit():
        return _new(InviteForm(formdata=None), form), 400
    invited = invitations.invite_with_card(form.name.data, me().id)
    shown = given_by_hand(invited)
    storage.commit()
    return shown


@blueprint.post("/invitations/<uuid:invitation_id>/again")
@needs("administrator")
@fresh(MINUTES)
def again(invitation_id: uuid.UUID) -> Response:
    """The same invitation with a new code; the one before is no good any more."""
    waiting, by = invitations.good(invitation_id) or abort(404), me().id
    place = people.organisation_of_invitation(invitation_id)
    invitations.withdraw(invitation_id, by)
    if waiting.member_id and people.is_open(waiting.member_id):
        made = invitations.invite_again(waiting.member_id, by)
    elif waiting.email:
        made = invitations.invite(waiting.email, waiting.name, waiting.roles, by)
    else:
        made = invitations.invite_with_card(waiting.name, by)
    if place:
        people.belong(place, by, invitation_id=made.id)
    shown = None if made.email else given_by_hand(made)
    storage.commit()
    return shown or sent(made)


@blueprint.post("/invitations/<uuid:invitation_id>/away")
@needs("administrator")
def withdraw(invitation_id: uuid.UUID) -> Response:
    if invitations.good(invitation_id) is None:
        abort(404)
    invitations.withdraw(invitation_id, me().id)
    storage.commit()
    return redirect(url_for("people.desk", done="away", _anchor="invited"), 303)


@blueprint.get("/card")
@blueprint.get("/invitations/<uuid:invitation_id>/again")
@blueprint.get("/invitations/<uuid:invitation_id>/away")
@needs("administrator")
def back(invitation_id: uuid.UUID | None = None) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("people.desk"), 303)


def sent(invited: Invited) -> Response:
    """Send the letter, after the commit, and say whether it went."""
    try:
        invitations.write_to(invited)
    except NotSent:
        return redirect(url_for("people.desk", done="not-sent", _anchor="invited"), 303)
    return redirect(url_for("people.desk", done="invited", _anchor="invited"), 303)


def given_by_hand(invited: Invited) -> Response:
    """The card to print; or, where no type can be set, a page with its code. Either is seen this once."""
    if paper.can_print():
        return cards.as_pdf(invited)
    return make_response(render_template("identity/card_by_hand.html", invited=invited, code=written(invited.code)))


def _new(form: InviteForm, card: CardForm) -> str:
    return render_template("identity/invite.html", form=form, card=card)
