"""What councils decided, before the board: taken to a theme, or answered. Only what an officer let through is here."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.reviewing import queries as board
from voice.reviewing.councils import actions, queries
from voice.reviewing.councils.forms import MOST, TEXT_WORDS, ReplyForm
from voice.reviewing.councils.queries import Passed
from voice.web import needs

blueprint = Blueprint("council_board", __name__, url_prefix="/board/councils")
BOARD = ("board_member", "board_worker")


@blueprint.get("/<uuid:decision_id>")
@needs(*BOARD)
def decision(decision_id: uuid.UUID) -> str:
    found = _passed(decision_id)
    return _page(found, ReplyForm(formdata=None, words=found.reply))


@blueprint.post("/<uuid:decision_id>/reply")
@needs("board_member")
def reply(decision_id: uuid.UUID) -> Response | tuple[str, int]:
    """The board's answer goes to the council's page."""
    found, form = _passed(decision_id), ReplyForm()
    if not form.validate():
        return _page(found, form), 400
    actions.reply(found.id, form.words.data, identity.me().id)
    storage.commit()
    return redirect(url_for("council_board.decision", decision_id=decision_id, _anchor="reply"), 303)


@blueprint.post("/<uuid:decision_id>/theme")
@needs("board_member")
def take(decision_id: uuid.UUID) -> Response | tuple[str, int]:
    """The board hears it with a theme."""
    found = _passed(decision_id)
    theme = next((each for each in board.themes_to_hear(identity.me().id) if each.slug == request.form.get("theme")), None)
    if theme is None:
        return _page(found, ReplyForm(formdata=None, words=found.reply), refused=_("Choose the theme it belongs to.")), 400
    actions.take_to_theme(found.id, theme.id, identity.me().id)
    storage.commit()
    return redirect(url_for("council_board.decision", decision_id=decision_id, _anchor="theme"), 303)


@blueprint.get("/<uuid:decision_id>/reply")
@blueprint.get("/<uuid:decision_id>/theme")
@needs(*BOARD)
def again(decision_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("council_board.decision", decision_id=decision_id), 303)


def _passed(decision_id: uuid.UUID) -> Passed:
    return queries.passed(decision_id) or abort(404)


def _page(found: Passed, form: ReplyForm, *, refused: str | None = None) -> str:
    themes = board.themes_to_hear(identity.me().id)
    return render_template(
        "reviewing/councils/decision.html",
        decision=found,
        texts=TEXT_WORDS,
        themes=themes,
        taken_to=next((each for each in themes if each.id == found.theme_id), None),
        may_act="board_member" in identity.me().roles,
        form=form,
        refused=refused,
        most=MOST,
    )
