"""How I sign in: what a member may change about it themselves."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import storage
from voice.identity import actions, demo, factors, passkeys, sessions, slowing
from voice.identity.door_forms import AppForm, ChangePassphraseForm, ChangePinForm, CodeForm, NewPasskeyForm, PasskeyForm
from voice.identity.models import Member
from voice.identity.queries import me, role_names
from voice.identity.rules import BOARD, ROLES, first_page
from voice.identity.second_pages import app_to_add, keep_new_app, wrong_code
from voice.identity.sessions import fresh
from voice.web import needs
from voice.web.access import local_path

blueprint = Blueprint("me", __name__, url_prefix="/me")
MINUTES = 15
"""Whoever changes how they sign in has shown their second factor within this."""


@blueprint.get("")
@needs(*ROLES)
def show() -> str:
    return _show()


@blueprint.get("/passphrase")
@needs(*ROLES)
@fresh(MINUTES)
def passphrase() -> str:
    return _page("identity/new_passphrase.html", form=_new_form(), has_pin=_has_pin())


@blueprint.post("/passphrase")
@needs(*ROLES)
@fresh(MINUTES)
def change_passphrase() -> Response | tuple[str, int]:
    form, member = _new_form(), _member()
    if form.validate_on_submit() and form.passphrase.data != form.again.data:
        form.again.errors = [_("That is not the same. Type it again.")]
    if form.errors:
        return _page("identity/new_passphrase.html", form=form, has_pin=_has_pin()), 400
    try:
        (actions.change_pin if _has_pin() else actions.change_passphrase)(member.id, form.passphrase.data)
    except actions.NotAPassphrase as wrong:
        form.passphrase.errors = [str(wrong)]
        return _page("identity/new_passphrase.html", form=form, has_pin=_has_pin()), 400
    return _done(member)


@blueprint.get("/app")
@needs(*ROLES)
@fresh(MINUTES)
def app() -> str:
    return _page("identity/new_app.html", form=AppForm(), app=app_to_add(_member()))


@blueprint.post("/app")
@needs(*ROLES)
@fresh(MINUTES)
def change_app() -> Response | tuple[str, int]:
    form, member = AppForm(), _member()
    if not form.validate_on_submit() or not keep_new_app(member, form):
        return _page("identity/new_app.html", form=form, app=app_to_add(member)), 400
    slowing.forget(slowing.FIGURES, f"second {member.id}")
    return _done(member)


@blueprint.get("/passkeys/new")
@needs(*ROLES)
@fresh(MINUTES)
def passkey() -> str:
    return _page("identity/new_passkey.html", form=NewPasskeyForm(), options=passkeys.ask_for_new(_member()))


@blueprint.post("/passkeys/new")
@needs(*ROLES)
@fresh(MINUTES)
def add_passkey() -> Response | tuple[str, int]:
    form, member = NewPasskeyForm(), _member()
    try:
        passkeys.take_new(member, form.answer.data or "", (form.name.data or "").strip() or _("My phone or computer"))
    except passkeys.NoGood:
        form.name.errors = [_("The passkey was not made. Try again.")]
        return _page("identity/new_passkey.html", form=form, options=passkeys.ask_for_new(member)), 400
    return _done(member)


@blueprint.post("/passkeys/away")
@needs(*ROLES)
@fresh(MINUTES)
def take_away_passkey() -> Response:
    member = _member()
    has = factors.factors_of(member.id)
    meant = next((each for each in factors.passkeys_of(member.id) if str(each.id) == request.form.get("passkey")), None)
    if meant is None:
        abort(404)
    if has.passkeys == 1 and not has.app and not has.card:
        return redirect(url_for("me.show", left="one"), 303)  # the page says why: the last way in stays
    factors.take_away_passkey(member.id, meant.id)
    return _done(member)


@blueprint.post("/codes")
@needs(*ROLES)
@fresh(MINUTES)
def codes() -> str:
    made = factors.new_recovery_codes(me().id)
    storage.commit()
    return render_template("identity/codes.html", codes=made, on=url_for("me.show"))


@blueprint.post("/everywhere")
@needs(*ROLES)
def everywhere() -> Response:
    actions.end_sessions(me().id, me().id)
    storage.commit()
    sessions.end()
    return redirect(url_for("identity.sign_in"), 303)


@blueprint.get("/passkeys/away")
@blueprint.get("/codes")
@blueprint.get("/everywhere")
@blueprint.get("/again/passkey")
@needs(*ROLES)
def back() -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("me.show"), 303)


# --- asked again


@blueprint.get("/again")
@needs(*ROLES)
def again() -> str:
    return _again(CodeForm(), local_path(request.args.get("next")))


@blueprint.post("/again")
@needs(*ROLES)
def show_again() -> Response | tuple[str, int]:
    form, back = CodeForm(), local_path(request.args.get("next"))
    member = _member()
    if not form.validate_on_submit():
        return _again(form, back), 400
    wrong, status = wrong_code(member, form.code.data)
    if wrong:
        form.code.errors = [wrong]
        return _again(form, back), status
    slowing.forget(slowing.FIGURES, f"second {member.id}")
    storage.commit()
    sessions.prove()
    return redirect(back or url_for("me.show"), 303)


@blueprint.post("/again/passkey")
@needs(*ROLES)
def show_passkey_again() -> Response | tuple[str, int]:
    answer, member = PasskeyForm(), _member()
    back = local_path(answer.next.data)
    try:
        passkeys.owner(answer.answer.data or "", member)
    except passkeys.NoGood:
        form = CodeForm(formdata=None)
        form.code.errors = [_("That passkey did not work here. Try again, or type a code.")]
        return _again(form, back), 400
    storage.commit()
    sessions.prove()
    return redirect(back or url_for("me.show"), 303)


def _again(form: CodeForm, back: str | None) -> str:
    member = _member()
    has = factors.factors_of(member.id)
    options = passkeys.ask(member) if has.passkeys else None
    answer = PasskeyForm(formdata=None, next=back or "")
    return _page("identity/again.html", form=form, has=has, options=options, answer=answer, back=back, demo=demo.shown_code(member))


# --- what all of these need


def _member() -> Member:
    return storage.session().get_one(Member, me().id)


def _has_pin() -> bool:
    return factors.factors_of(me().id).card


def _new_form() -> ChangePassphraseForm | ChangePinForm:
    return ChangePinForm() if _has_pin() else ChangePassphraseForm()


def _done(member: Member) -> Response:
    """Other sessions of theirs have ended; this one goes on."""
    storage.session().flush()
    sessions.go_on(member)
    storage.commit()
    return redirect(url_for("me.show"), 303)


def _show() -> str:
    names, own = role_names(), me()
    return _page(
        "identity/me.html",
        own=own,
        roles=[names[role] for role in names if role in own.roles],
        has=factors.factors_of(own.id),
        keys=factors.passkeys_of(own.id),
        left_one="left" in request.args,
    )


def _page(template: str, **values: object) -> str:
    """A page in the room where this member works: the board's, or a desk's."""
    is_young = me().roles == BOARD
    room = "layout/board.html" if is_young else "layout/desk.html"
    work = url_for("publishing.home").rstrip("/") + first_page(me().roles)
    return render_template(template, room=room, is_young=is_young, work=work, **values)
