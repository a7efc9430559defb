"""What one has: a code of an app, of a card or of the recovery sheet, or a passkey. Who has none sets one up before any other page opens."""

from __future__ import annotations

import pyotp
from flask import Blueprint, redirect, render_template, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import storage
from voice.identity import demo, factors, passkeys, sessions, slowing
from voice.identity.door_forms import AppForm, CodeForm, PasskeyForm
from voice.identity.models import Member
from voice.identity.pages import come_in, too_many, welcome
from voice.identity.rules import first_page, good_step, new_secret
from voice.identity.sealing import Unreadable, seal, unseal
from voice.storage import now
from voice.web import at_the_door
from voice.web.paper import qr

second = Blueprint("second", __name__, url_prefix="/sign-in/second")
setting_up = Blueprint("setting_up", __name__, url_prefix="/sign-in/set-up")
START = "identity.sign_in"


@second.get("")
@at_the_door
def step() -> str | Response:
    member = sessions.half_way()
    return _ask(member, CodeForm()) if member else redirect(url_for(START), 303)


@second.post("")
@at_the_door
def show() -> Response | tuple[str, int]:
    member, form = sessions.half_way(), CodeForm()
    if member is None:
        return redirect(url_for(START), 303)
    if not form.validate_on_submit():
        return _ask(member, form), 400
    wrong, status = wrong_code(member, form.code.data)
    if wrong:
        form.code.errors = [wrong]
        return _ask(member, form), status
    return come_in(member, sessions.half_way_back())


@second.post("/passkey")
@at_the_door
def show_passkey() -> Response | tuple[str, int]:
    member, form = sessions.half_way(), PasskeyForm()
    if member is None:
        return redirect(url_for(START), 303)
    try:
        passkeys.owner(form.answer.data or "", member)
    except passkeys.NoGood:
        own = CodeForm(formdata=None)
        own.code.errors = [_("That passkey did not work here. Try again, or type a code.")]
        return _ask(member, own), 400
    return come_in(member, sessions.half_way_back())


@second.get("/passkey")
@setting_up.get("/passkey")
@at_the_door
def back() -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("second.step"), 303)


def wrong_code(member: Member, typed: str) -> tuple[str, int]:
    """What is wrong with this second factor, and the status that says so; no words where it is right."""
    seconds = slowing.waits(slowing.FIGURES, f"second {member.id}")
    if seconds:
        return too_many(seconds), 429
    if factors.shows(member.id, typed):
        return "", 200
    return _("That code is not right, or it was used before. Look again. An app shows a new one every 30 seconds."), 400


def _ask(member: Member, form: CodeForm) -> str:
    has = factors.factors_of(member.id)
    options = passkeys.ask(member) if has.passkeys else None
    return render_template("identity/second.html", form=form, has=has, options=options, demo=demo.shown_code(member))


# --- setting up the first


@setting_up.get("")
@at_the_door
def choose() -> str | Response:
    member = _without()
    return _set_up(member, AppForm()) if member else redirect(url_for("second.step"), 303)


@setting_up.post("")
@at_the_door
def take_app() -> Response | tuple[str, int]:
    member, form = _without(), AppForm()
    if member is None:
        return redirect(url_for("second.step"), 303)
    if not form.validate_on_submit() or not keep_new_app(member, form):
        return _set_up(member, form), 400
    return _with_codes(member)


@setting_up.post("/passkey")
@at_the_door
def take_passkey() -> Response | tuple[str, int]:
    member = _without()
    if member is None:
        return redirect(url_for("second.step"), 303)
    try:
        passkeys.take_new(member, PasskeyForm().answer.data or "", _("My phone or computer"))
    except passkeys.NoGood:
        form = AppForm(formdata=None)
        form.code.errors = [_("The passkey was not made. Try again, or use an app.")]
        return _set_up(member, form), 400
    return _with_codes(member)


def _without() -> Member | None:
    """Who gave the right passphrase, and has no second factor yet. Nobody else can set one up here: a passphrase alone must not replace one."""
    member = sessions.half_way()
    return member if member and not factors.factors_of(member.id).enough else None


def _set_up(member: Member, form: AppForm) -> str:
    return render_template("identity/set_up.html", form=form, app=app_to_add(member), options=passkeys.ask_for_new(member))


def _with_codes(member: Member) -> Response:
    back = sessions.half_way_back()
    codes = factors.new_recovery_codes(member.id)
    who = sessions.begin(member)
    on = back or url_for("publishing.home").rstrip("/") + first_page(who.roles)
    return welcome(render_template("identity/codes.html", codes=codes, on=on), member, "signed in")


# --- an app that is being set up: what it shares with us waits in this browser's cookie, sealed


def app_to_add(member: Member) -> dict[str, object]:
    """The square picture to scan, and the same in letters. The same again until it is set up, so that a reload changes nothing."""
    secret = _new_app(member)
    if secret is None:
        secret = new_secret()
        cookie["new_app"] = seal(secret, member.id).hex()
    return {"qr": qr(uri(member, secret)), "letters": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


def keep_new_app(member: Member, form: AppForm) -> bool:
    """Keep the app whose code was typed; where it is not its code, say so in the form."""
    seconds = slowing.waits(slowing.FIGURES, f"second {member.id}")
    if seconds:
        form.code.errors = [too_many(seconds)]
        return False
    secret = _new_app(member)
    used = good_step(secret, form.code.data, now(), 0) if secret else None
    if secret is None or used is None:
        form.code.errors = [_("That is not the code your app shows now. Wait for the next one and type it.")]
        return False
    factors.keep_app(member.id, secret, used)
    cookie.pop("new_app", None)
    storage.session().flush()
    return True


def uri(member: Member, secret: str) -> str:
    """What an app reads from the picture."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=member.email, issuer_name="Voice"))


def _new_app(member: Member) -> str | None:
    try:
        return unseal(bytes.fromhex(cookie.get("new_app", "")), member.id)
    except (Unreadable, ValueError):
        return None
