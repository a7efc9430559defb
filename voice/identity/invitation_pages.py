"""Taking up an invitation: the code of a letter or a card, then a name and what one will know, then what one will have."""

from __future__ import annotations

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import storage
from voice.identity import invitations, sessions, slowing
from voice.identity.actions import NotAPassphrase
from voice.identity.door_forms import InvitationForm, JoinForm, JoinWithCardForm
from voice.identity.invitations import AlreadyMember, NoInvitation, NotAName, Waiting
from voice.identity.pages import too_many, welcome
from voice.identity.queries import role_names
from voice.identity.rules import read_code
from voice.web import at_the_door

blueprint = Blueprint("invitation", __name__, url_prefix="/invitation")


@blueprint.get("")
@at_the_door
def start() -> str:
    return render_template("identity/invitation.html", form=InvitationForm())


@blueprint.post("")
@at_the_door
def open_it() -> Response | tuple[str, int]:
    form = InvitationForm()
    if not form.validate_on_submit():
        return render_template("identity/invitation.html", form=form), 400
    seconds = slowing.waits(slowing.ANY_CODE, "")
    if seconds:
        form.code.errors = [too_many(seconds)]
        return render_template("identity/invitation.html", form=form), 429
    found = invitations.find(form.code.data)
    if found is None:
        form.code.errors = [_("We do not know that code. Look at it again. It works once, and not for ever: ask whoever invited you for a new one.")]
        return render_template("identity/invitation.html", form=form), 400
    cookie.clear()  # whoever was signed in here is not the one who was invited
    cookie["invited"] = {"id": str(found), "code": read_code(form.code.data)}
    return redirect(url_for("invitation.join"), 303)


@blueprint.get("/join")
@at_the_door
def join() -> str | Response:
    waiting = _mine()
    if waiting is None:
        return redirect(url_for("invitation.start"), 303)
    return _join(waiting, JoinForm(name=waiting.name)) if waiting.email else _join(waiting, JoinWithCardForm(name=""))


@blueprint.post("/join")
@at_the_door
def take_up() -> str | Response | tuple[str, int]:
    waiting = _mine()
    if waiting is None:
        return redirect(url_for("invitation.start"), 303)
    return _by_letter(waiting) if waiting.email else _by_card(waiting)


def _by_letter(waiting: Waiting) -> Response | tuple[str, int]:
    form = JoinForm()
    if not form.validate_on_submit() or not _same(form.passphrase, form.again):
        return _join(waiting, form), 400
    try:
        member = invitations.take_up(waiting.id, form.name.data, form.passphrase.data)
    except NotAPassphrase as wrong:
        form.passphrase.errors = [str(wrong)]
        return _join(waiting, form), 400
    except NoInvitation:
        return redirect(url_for("invitation.start"), 303)
    storage.commit()
    sessions.begin_half_way(member, None)
    return redirect(url_for("setting_up.choose"), 303)


def _by_card(waiting: Waiting) -> Response | tuple[str, int]:
    form = JoinWithCardForm()
    if not form.validate_on_submit() or not _same(form.pin, form.again):
        return _join(waiting, form), 400
    try:
        member = invitations.take_up_card(waiting.id, cookie["invited"]["code"], form.name.data, form.pin.data)
    except (NotAName, AlreadyMember) as wrong:
        form.name.errors = [str(wrong)]
        return _join(waiting, form), 400
    except NotAPassphrase as wrong:
        form.pin.errors = [str(wrong)]
        return _join(waiting, form), 400
    except NoInvitation:
        return redirect(url_for("invitation.start"), 303)
    sessions.begin(member)
    return welcome(render_template("identity/keep_card.html", name=member.email), member, "signed in")


def _same(one: object, other: object) -> bool:
    """Whether both were typed alike; where not, says so at the second."""
    if one.data == other.data:  # type: ignore[attr-defined]  # WTForms has no types
        return True
    other.errors = [_("That is not the same. Type it again.")]  # type: ignore[attr-defined]
    return False


def _mine() -> Waiting | None:
    """The invitation this browser opened with its code, while it is good."""
    opened = cookie.get("invited")
    return invitations.good(uuid.UUID(opened["id"])) if opened else None


def _join(waiting: Waiting, form: JoinForm | JoinWithCardForm) -> str:
    names = role_names()
    template = "identity/join.html" if waiting.email else "identity/join_with_card.html"
    return render_template(template, form=form, waiting=waiting, roles=[names[role] for role in waiting.roles])
