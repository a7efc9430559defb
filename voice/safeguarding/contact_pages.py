"""What a lead does about someone who asked for more than to be heard."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from voice import contacting, identity, storage
from voice.safeguarding import queries
from voice.safeguarding.rota import LEADS
from voice.web import needs

blueprint = Blueprint("contacts", __name__, url_prefix="/safeguarding")


@blueprint.post("/<uuid:concern_id>/contacted")
@needs(*LEADS)
def contacted(concern_id: uuid.UUID) -> Response:
    """They reached them, or could not."""
    submission_id, outcome = _sender(concern_id), request.form.get("outcome", "")
    if outcome not in ("reached", "not_reached"):
        abort(400)
    contacting.note_try(submission_id, outcome, identity.me().id)
    storage.commit()
    return _back(concern_id)


@blueprint.post("/<uuid:concern_id>/reply")
@needs(*LEADS)
def reply(concern_id: uuid.UUID) -> Response:
    """Approved words, left behind the receipt."""
    submission_id, code = _sender(concern_id), request.form.get("code", "")
    if code:
        try:
            contacting.reply(submission_id, code, identity.me().id)
        except KeyError:
            abort(400)
        storage.commit()
    return _back(concern_id)


@blueprint.get("/<uuid:concern_id>/contacted")
@blueprint.get("/<uuid:concern_id>/reply")
@needs(*LEADS)
def again(concern_id: uuid.UUID) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return _back(concern_id)


def _sender(concern_id: uuid.UUID) -> uuid.UUID:
    """Whose concern it is; it must have been opened, and be there still."""
    found = queries.concern(concern_id, identity.me().id) or abort(404)
    if found.opened_at is None or found.submission_id is None:
        abort(404)
    return found.submission_id


def _back(concern_id: uuid.UUID) -> Response:
    return redirect(url_for("safeguarding.read", concern_id=concern_id), 303)
