"""Replies behind receipts: who waits, and approved words to leave."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import contacting, identity, storage
from voice.reading import replying
from voice.web import holds, needs
from voice.web.desk import DeskLink

bp = Blueprint("replying", __name__, url_prefix="/work/replies")
LEADS = ("safeguarding_lead", "safeguarding_deputy")


@bp.get("")
@needs("officer", *LEADS)
def waiting() -> str:
    """Who waits, and for how many days. Leads also see how many wait for them alone."""
    found = replying.waiting_for_reply(identity.me().id) if holds("officer") else []
    held = replying.held_and_waiting() if holds(*LEADS) else 0
    return render_template("reading/replies.html", waiting=found, held=held, is_officer=holds("officer"), left=request.args.get("left"))


@bp.get("/<uuid:submission_id>")
@needs("officer")
def choose(submission_id: uuid.UUID) -> str:
    """Their words, read and recorded, and the replies there are."""
    return _choose(submission_id)


@bp.post("/<uuid:submission_id>")
@needs("officer")
def leave(submission_id: uuid.UUID) -> Response | tuple[str, int]:
    code, me = request.form.get("code", ""), identity.me().id
    if code not in {each.code for each in contacting.replies()}:
        return _choose(submission_id, _("Pick the words to leave.")), 400
    if submission_id not in {each.submission_id for each in replying.waiting_for_reply(me)}:
        abort(404)
    contacting.reply(submission_id, code, me)
    storage.commit()
    return redirect(url_for("replying.waiting", left="yes"), 303)


def desk_links() -> Iterator[DeskLink]:
    """The way in, with how many wait."""
    if holds("officer"):
        says = _l("Leave a reply behind a receipt, where somebody asked for one.")
        yield DeskLink("replying.waiting", _l("Replies"), len(replying.waiting_for_reply(identity.me().id)) or None, says, seldom=True)


def _choose(submission_id: uuid.UUID, wrong: str = "") -> str:
    found = replying.sender(submission_id, identity.me().id) or abort(404)
    return render_template("reading/reply.html", found=found, replies=contacting.replies(), wrong=wrong)
