"""The receipt’s pages. The words come in a form, never in an address, and every reply is kept by nobody."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, make_response, render_template, request
from flask.wrappers import Response

from voice import answering, keeping, pledging, storage
from voice.telling import pledge_pages
from voice.telling.finding_pages import ask, find
from voice.telling.queries import may_mark, told
from voice.web import cacheable, leave_nothing, open_to_all, same_origin

blueprint = Blueprint("telling", __name__)


@blueprint.get("/your-receipt")
@open_to_all
@cacheable(60)
def your_receipt() -> Response:
    return ask()


@blueprint.post("/your-receipt")
@open_to_all
def show_receipt() -> Response | str:
    same_origin()
    sent = find()
    return _show(sent) if isinstance(sent, keeping.Sent) else sent


@blueprint.post("/your-receipt/mark")
@open_to_all
def mark() -> Response | str:
    """“Fair” or “not good enough”, by the sender."""
    same_origin()
    sent = find()
    if not isinstance(sent, keeping.Sent):
        return sent
    answer_id, value = _answer_id(), request.form.get("mark", "")
    if value not in ("fair", "not_good_enough") or not may_mark(sent, answer_id):
        abort(400)
    answering.mark(answer_id, sent.id, value)
    storage.commit()
    return _show(sent)


@blueprint.post("/your-receipt/said")
@open_to_all
def said() -> Response | str:
    """“You listened to me” and “it helped”, each by itself, by the sender; it may change."""
    same_origin()
    sent = find()
    if not isinstance(sent, keeping.Sent):
        return sent
    answer_id, question, value = _answer_id(), request.form.get("question", ""), request.form.get("said", "")
    if question not in answering.QUESTIONS or value not in answering.SAID or not may_mark(sent, answer_id):
        abort(400)
    answering.say(answer_id, sent.id, question, value)
    storage.commit()
    return _show(sent)


@blueprint.post("/your-receipt/take-back")
@open_to_all
def take_back() -> Response | str:
    """Asked once; the second press takes everything out."""
    same_origin()
    sent = find()
    if not isinstance(sent, keeping.Sent):
        return sent
    if request.form.get("sure") != "yes":
        return make_response(render_template("telling/take_back.html", words=keeping.typed_words()))
    keeping.erase(sent.id)
    storage.commit()
    storage.scrub()
    return leave_nothing(make_response(render_template("telling/taken_back.html")))


@blueprint.get("/your-receipt/mark")
@blueprint.get("/your-receipt/said")
@blueprint.get("/your-receipt/take-back")
@open_to_all
def begin_again() -> Response:
    """Somebody came here by the address alone: ask for the words."""
    return ask()


def _answer_id() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("answer", ""))
    except ValueError:
        abort(400)


def _show(sent: keeping.Sent) -> Response:
    standing = pledging.standing(sent.id) if sent.activity_id is None else None
    if standing:
        return pledge_pages.shown(sent, standing)
    return make_response(render_template("telling/receipt.html", told=told(sent), words=keeping.typed_words()))
