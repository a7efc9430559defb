"""The closed vote of a meeting: a member’s paper, how many are in, and the order once it has closed."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.reviewing.meeting import letters, queries, rounds
from voice.reviewing.meeting.forms import RoundForm
from voice.reviewing.meeting.pages import ROOM, leads, led_by_me, meeting_of
from voice.reviewing.meeting.rules import local
from voice.reviewing.wording import WEIGHTS
from voice.web import needs
from voice.web.locale import day

blueprint = Blueprint("rounds", __name__, url_prefix="/board/meetings/<uuid:meeting_id>/round")


@blueprint.get("")
@needs(*ROOM)
def show(meeting_id: uuid.UUID) -> str | Response:
    found, round_ = _with_round(meeting_id)
    return _page(found, round_)


@blueprint.post("")
@needs(*ROOM)
def begin(meeting_id: uuid.UUID) -> Response:
    """The chair or the worker opens a round. Everyone who wants a letter is told that there is something."""
    found, form = led_by_me(meeting_id), RoundForm()
    if not form.validate():
        abort(400)
    try:
        rounds.open_round(found.id, form.minutes.data, identity.me().id)
    except rounds.CannotOpen:
        return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
    letters.there_is_something()
    storage.commit()
    return _back(meeting_id)


@blueprint.post("/vote")
@needs("board_member")
def vote(meeting_id: uuid.UUID) -> Response:
    """A paper goes in. The last one opens the box."""
    found, round_ = _with_round(meeting_id)
    themes = queries.themes_seen(round_.theme_ids, identity.me().id)
    marks = {str(each.id): request.form.get(f"theme-{each.id}", "") for each in themes}
    try:
        if rounds.hand_in(round_.id, identity.me().id, marks):
            letters.there_is_something()
    except rounds.NotTakingPart:
        abort(403)
    except rounds.RoundIsOver:
        return _back(found.id)
    storage.commit()
    return _back(meeting_id)


@blueprint.post("/close")
@needs(*ROOM)
def close(meeting_id: uuid.UUID) -> Response:
    """Those who lead the meeting close it before all are in."""
    led_by_me(meeting_id)
    rounds.close_now(_with_round(meeting_id)[1].id, identity.me().id)
    storage.commit()
    return _back(meeting_id)


@blueprint.get("/vote")
@blueprint.get("/close")
@needs(*ROOM)
def again(meeting_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return _back(meeting_id)


def _back(meeting_id: uuid.UUID) -> Response:
    return redirect(url_for("rounds.show", meeting_id=meeting_id), 303)


def _with_round(meeting_id: uuid.UUID) -> tuple[queries.MeetingFacts, rounds.RoundFacts]:
    return meeting_of(meeting_id), rounds.round_of(meeting_id, identity.me().id) or abort(404)


def _page(found: queries.MeetingFacts, round_: rounds.RoundFacts) -> str:
    me, closes = identity.me(), local(round_.closes_at)
    themes = {each.id: each for each in queries.themes_seen(round_.theme_ids, me.id)}
    places = [(place, [themes[each] for each in shared if each in themes]) for place, shared in round_.places or ()]
    return render_template(
        "reviewing/meeting_round.html",
        meeting=found,
        round=round_,
        themes=list(themes.values()),
        places=[(place, shared) for place, shared in places if shared],
        takes_part=me.id in found.seats,
        leads=leads(found) and found.may_write,
        closes=_("%(day)s at %(hour)s", day=day(closes.date()), hour=f"{closes:%H:%M}"),
        weights=WEIGHTS,
    )
