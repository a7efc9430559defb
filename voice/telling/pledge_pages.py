"""The receipt of a pledge: where it stands, “I kept it”, and taking back all of it or the picture alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, make_response, render_template, request
from flask.wrappers import Response

from voice import keeping, pledging, reading, storage
from voice.storage import week_of
from voice.telling.finding_pages import ask, find
from voice.web import open_to_all, same_origin

blueprint = Blueprint("pledge_receipts", __name__, url_prefix="/your-receipt/pledge")
READ_WITHIN = timedelta(days=13)
"""A pledge is kept with its week: seven days from the last of it."""


@dataclass(frozen=True)
class PledgeTold:
    """What a pledge’s receipt shows: never its words, and nothing that differs because somebody is worried."""

    standing: pledging.PledgeStanding
    week: date
    read_on: date | None
    read_by: date
    grown_up: tuple[str, ...]  # the words for a parent or carer; empty from 13 on


def shown(sent: keeping.Sent, standing: pledging.PledgeStanding, said: str = "") -> Response:
    """The page. `said` is what was done just now: kept, not_kept, picture_gone."""
    week = week_of(sent.received_on)
    told = PledgeTold(
        standing,
        week,
        reading.activity_read_on(None, week, week + timedelta(days=6)),
        sent.received_on + READ_WITHIN,
        pledging.words_beside(sent.id, keeping.meant_words(keeping.typed_words())) or (),
    )
    return make_response(render_template("telling/pledge.html", told=told, words=keeping.typed_words(), said=said))


@blueprint.post("/kept")
@open_to_all
def kept() -> Response:
    """“I kept it”, or not after all."""
    is_kept = request.form.get("kept") == "yes"
    return _done("kept" if is_kept else "not_kept", lambda sent: pledging.mark_kept(sent.id, is_kept))


@blueprint.post("/picture")
@open_to_all
def take_picture_back() -> Response:
    """Asked once; the second press takes the picture away, and the words stay."""
    if request.form.get("sure") != "yes":
        same_origin()
        found = _pledge()
        return found if isinstance(found, Response) else make_response(render_template("telling/pledge_picture.html", words=keeping.typed_words()))
    reply = _done("picture_gone", lambda sent: pledging.take_picture_back(sent.id))
    storage.scrub()
    return reply


@blueprint.get("/kept")
@blueprint.get("/picture")
@open_to_all
def begin_again() -> Response:
    """Somebody came here by the address alone: ask for the words."""
    return ask()


def _done(said: str, act: Callable[[keeping.Sent], None]) -> Response:
    same_origin()
    found = _pledge()
    if isinstance(found, Response):
        return found
    act(found[0])
    storage.commit()
    standing = pledging.standing(found[0].id)
    return shown(found[0], standing, said) if standing else ask()


def _pledge() -> tuple[keeping.Sent, pledging.PledgeStanding] | Response:
    sent = find()
    if not isinstance(sent, keeping.Sent):
        return sent
    standing = pledging.standing(sent.id)
    return (sent, standing) if standing else ask()
