"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from voice import audit, storage
from voice.identity.actions import check_passphrase
from voice.identity.forms import SignInForm
from voice.identity.queries import role_names
from voice.identity.rules import first_page
from voice.identity.sessions import SignedIn
from voice.identity.slowing import slow_down
from voice.web import open_to_all
from voice.web.access import local_path

blueprint = Blueprint("identity", __name__)


@blueprint.get("/sign-in")
@open_to_all
def sign_in() -> str:
    return render_template("identity/sign_in.html", form=SignInForm(next=request.args.get("next", "")))


@blueprint.post("/sign-in")
@open_to_all
def try_to_sign_in() -> Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("identity/sign_in.html", form=form), 400
    slow_down(form.email.data)
    member = check_passphrase(form.email.data, form.passphrase.data)
    if member is None:
        form.passphrase.errors = [_("The address or the passphrase is not right. Try again.")]
        return render_template("identity/sign_in.html", form=form), 400
    session.clear()
    session.permanent = True
    who = SignedIn(member)
    login_user(who)
    audit.record(who.person.id, "signed in", "member", who.person.id)
    storage.commit()
    return redirect(local_path(form.next.data) or url_for("publishing.home").rstrip("/") + first_page(who.person.roles), 303)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> Response:
    logout_user()
    session.clear()
    response = redirect(url_for("publishing.home"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'  # not its storage: what a young person said may wait there for a signal
    return response


def my_name() -> str:
    """What the bar of a desk calls whoever is signed in: their first role."""
    roles = current_user.person.roles if current_user.is_authenticated else frozenset()
    return next((str(name) for role, name in role_names().items() if role in roles), "")
