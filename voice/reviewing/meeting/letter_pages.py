"""A board member’s switch for letters that say only that there is something in the room."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.reviewing.meeting import letters
from voice.web import needs

blueprint = Blueprint("board_letters", __name__, url_prefix="/board/letters")


@blueprint.post("")
@needs("board_member")
def switch() -> Response:
    me = identity.me()
    letters.want_letters(me.id, yes="yes" in request.form and letters.has_address(me))
    storage.commit()
    return redirect(url_for("reviewing.board", _anchor="letters"), 303)


@blueprint.get("")
@needs("board_member", "board_worker")
def again() -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("reviewing.board", _anchor="letters"), 303)
