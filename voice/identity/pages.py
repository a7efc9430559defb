"""Signing in and out: what one knows, then what one has."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from voice import audit, storage
from voice.identity import factors, passkeys, sessions, slowing
from voice.identity.actions import check_passphrase
from voice.identity.forms import SignInForm
from voice.identity.models import Member
from voice.identity.queries import role_names
from voice.identity.rules import first_page
from voice.web.access import for_members, local_path

blueprint = Blueprint("identity", __name__)


@blueprint.get("/sign-in")
@for_members
def sign_in() -> str:
    return _page(SignInForm(next=request.args.get("next", "")))


@blueprint.post("/sign-in")
@for_members
def try_to_sign_in() -> Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 400
    seconds = _slowed(form.email.data)
    if seconds:
        form.passphrase.errors = [too_many(seconds)]
        return _page(form), 429
    member = check_passphrase(form.email.data, form.passphrase.data)
    if member is None:
        form.passphrase.errors = [_("The address or the passphrase is not right. Try again.")]
        return _page(form), 400
    if factors.has_outgrown_card(member.id):
        form.passphrase.errors = [_("Your work here has grown. Ask for a new invitation.")]
        return _page(form), 400
    sessions.begin_half_way(member, local_path(form.next.data))
    return redirect(url_for("second.step" if factors.factors_of(member.id).enough else "setting_up.choose"), 303)


@blueprint.post("/sign-in/passkey")
@for_members
def by_passkey() -> Response | tuple[str, int]:
    """A passkey alone is two factors: the device, and the finger, face or PIN it asked for."""
    form = SignInForm(formdata=None, next=request.form.get("next", ""))
    try:
        member = passkeys.owner(request.form.get("answer", ""))
    except passkeys.NoGood:
        form.email.errors = [_("That passkey did not work here. Try again, or sign in with your passphrase.")]
        return _page(form), 400
    return come_in(member, local_path(form.next.data), "signed in with a passkey")


@blueprint.get("/sign-in/passkey")
@for_members
def back() -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("identity.sign_in"), 303)


@blueprint.post("/sign-out")
@for_members
def sign_out() -> Response:
    sessions.end()
    response = redirect(url_for("publishing.home"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'  # not its storage: what a young person said may wait there for a signal
    return response


def come_in(member: Member, back: str | None, how: str = "signed in") -> Response:
    """Everything asked was shown: sign them in, and lead them where they wanted or where their work begins. Commits."""
    who = sessions.begin(member)
    return welcome(redirect(back or url_for("publishing.home").rstrip("/") + first_page(who.roles), 303), member, how)


def welcome(page: Response | str, member: Member, how: str) -> Response:
    """The first page of a session: the record of it is kept, and wrong tries are forgotten. Commits."""
    response = make_response(page)
    slowing.know(response, member.email)
    for pace, name in ((slowing.NAME, member.email), (slowing.FIGURES, member.email), (slowing.FIGURES, f"second {member.id}")):
        slowing.forget(pace, name)
    audit.record(member.id, how, "member", member.id)
    storage.commit()
    return response


def too_many(seconds: int) -> str:
    """What is said to someone who tried too often."""
    return str(
        ngettext(
            "That was a lot of tries. Wait %(num)s minute. Then try again.",
            "That was a lot of tries. Wait %(num)s minutes. Then try again.",
            -(-seconds // 60),
        )
    )


def _slowed(name: str) -> int:
    """Seconds to wait before this name is tried again. A name without an @ has a PIN: six figures, which are fewer than any passphrase."""
    has_pin = "@" not in name
    return (slowing.waits(slowing.FIGURES, name) if has_pin else 0) or slowing.waits(slowing.NAME, name)


def _page(form: SignInForm) -> str:
    return render_template("identity/sign_in.html", form=form, options=passkeys.ask())


def my_name() -> str:
    """What the bar of a desk calls whoever is signed in: their first role."""
    roles = current_user.person.roles if current_user.is_authenticated else frozenset()
    return next((str(name) for role, name in role_names().items() if role in roles), "")
