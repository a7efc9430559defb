"""Anybody who signs in can raise a worry about something they saw or heard, from any page. Nobody can stop it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.identity.rules import ROLES
from voice.safeguarding import actions
from voice.safeguarding.forms import WorryForm
from voice.web import needs

blueprint = Blueprint("worries", __name__, url_prefix="/work/worry")
BOARD = frozenset({"board_member", "board_worker"})


@blueprint.get("")
@needs(*ROLES)
def worry() -> str:
    return _page("safeguarding/worry.html", form=WorryForm())


@blueprint.post("")
@needs(*ROLES)
def raise_worry() -> Response | tuple[str, int]:
    form = WorryForm()
    if not form.validate_on_submit():
        return _page("safeguarding/worry.html", form=form), 400
    about = [form.about.data] if (form.about.data or "").strip() else []
    actions.raise_worry(identity.me().id, form.why.data.strip(), danger=form.danger.data, about=about)
    storage.commit()
    return redirect(url_for("worries.raised"), 303)


@blueprint.get("/raised")
@needs(*ROLES)
def raised() -> str:
    return _page("safeguarding/raised.html")


def _page(template: str, **more: object) -> str:
    """In the room its reader works in."""
    on_board = identity.me().roles <= BOARD
    return render_template(template, on_board=on_board, **more)
