"""The officers' page of what partners pledge, the board's page of marks, and a partner's own page behind the door."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from voice import audit, identity, plans, storage
from voice.delivering.partnering import actions, queries
from voice.delivering.partnering.desk_forms import BackForm
from voice.delivering.partnering.public_forms import MembersWordForm
from voice.delivering.partnering.public_pages import filled
from voice.delivering.partnering.rules import MARKS
from voice.delivering.partnering.wording import mark_words
from voice.web import needs

blueprint = Blueprint("partner_pledges", __name__)
DESK = ("officer", "publisher")


@blueprint.get("/work/partner-pledges")
@needs(*DESK)
def desk() -> str:
    """What waits to be read first."""
    return render_template("delivering/pledges_desk.html", pledges=queries.desk())


@blueprint.get("/work/partner-pledges/<uuid:partner_pledge_id>")
@needs(*DESK)
def one(partner_pledge_id: uuid.UUID) -> str:
    return _page(_confirmed(partner_pledge_id))


@blueprint.post("/work/partner-pledges/<uuid:partner_pledge_id>")
@needs(*DESK)
def decide(partner_pledge_id: uuid.UUID) -> Response | tuple[str, int]:
    """Publish it or send it back, or the word about it; or take it off the pages."""
    found, then, form = _confirmed(partner_pledge_id), request.form.get("then", ""), BackForm()
    if then not in ("publish", "back", "off"):
        abort(400)
    if then != "publish" and not form.validate():
        return _page(found, form), 400
    try:
        _act(found, then, form)
    except actions.NotNow:
        return _page(queries.own(partner_pledge_id) or found, too_late=True), 409
    storage.commit()
    return redirect(url_for("partner_pledges.one", partner_pledge_id=partner_pledge_id), 303)


def _act(found: queries.Own, then: str, form: BackForm) -> None:
    me, number = identity.me().id, request.form.get("number", 0, int)
    acts: dict[str, Callable[[], None]] = {
        "publish": lambda: actions.publish_update(found.id, number, me) if number else actions.publish(found.id, me),
        "back": lambda: actions.send_update_back(found.id, number, form.why.data, me) if number else actions.send_back(found.id, form.why.data, me),
        "off": lambda: actions.take_off(found.id, form.why.data, me),
    }
    acts[then]()
    if then != "publish" and form.kept_why():
        audit.record(me, "words kept", actions.ABOUT, found.id, form.kept_why())


@blueprint.get("/board/partner-pledges")
@needs("board_member", "board_worker")
def board() -> str:
    """What organisations pledged, what they say became of it, and the board's marks beside it."""
    plan, me = plans.current_plan(), identity.me()
    return render_template(
        "delivering/pledges_board.html",
        pledges=queries.partner_pledges(plan.id) if plan else [],
        mine=queries.mark_of(me.id),
        words=mark_words(),
        may_mark="board_member" in me.roles,
    )


@blueprint.post("/board/partner-pledges/<uuid:partner_pledge_id>")
@needs("board_member")
def mark(partner_pledge_id: uuid.UUID) -> Response:
    """Kept, on the way or not kept, as this member sees it; it may change."""
    value = request.form.get("mark", "")
    if value not in MARKS:
        abort(400)
    if queries.public_pledge(partner_pledge_id) is None:
        abort(404)
    actions.judge(partner_pledge_id, identity.me().id, value)
    storage.commit()
    return redirect(url_for("partner_pledges.board", _anchor=f"p-{partner_pledge_id}"), 303)


@blueprint.get("/board/partner-pledges/<uuid:partner_pledge_id>")
@needs("board_member", "board_worker")
def board_again(partner_pledge_id: uuid.UUID) -> Response:
    """Somebody came here by the address alone."""
    return redirect(url_for("partner_pledges.board", _anchor=f"p-{partner_pledge_id}"), 303)


@blueprint.get("/work/promises/<uuid:partner_pledge_id>")
@needs("partner")
def ours(partner_pledge_id: uuid.UUID) -> str:
    return _ours(_of_mine(partner_pledge_id))


@blueprint.post("/work/promises/<uuid:partner_pledge_id>")
@needs("partner")
def say(partner_pledge_id: uuid.UUID) -> Response | tuple[str, int]:
    """What became of a pledge of their own organisation."""
    found, form, me = _of_mine(partner_pledge_id), MembersWordForm(), identity.me().id
    if not form.validate():
        return _ours(found, form), 400
    try:
        actions.say(found.id, form.said(), me)
    except actions.NotNow:
        return _ours(found), 409
    if why := form.kept_why():
        audit.record(me, "words kept", actions.ABOUT, found.id, why)
    storage.commit()
    return redirect(url_for("partner_pledges.ours", partner_pledge_id=found.id), 303)


def _confirmed(pledge_id: uuid.UUID) -> queries.Own:
    """A pledge somebody confirmed: no officer sees any other."""
    found = queries.own(pledge_id)
    return found if found and found.confirmed_on else abort(404)


def _of_mine(pledge_id: uuid.UUID) -> queries.Own:
    place = identity.organisation_of(identity.me().id)
    theirs = queries.of_organisation(place.name) if place else []
    return next((each for each in theirs if each.id == pledge_id), None) or abort(404)


def _page(found: queries.Own, form: BackForm | None = None, *, too_late: bool = False) -> str:
    return render_template(
        "delivering/pledges_one.html", own=found, form=form or BackForm(formdata=None), pieces=queries.pieces, too_late=too_late, words=mark_words()
    )


def _ours(found: queries.Own, form: MembersWordForm | None = None) -> str:
    return render_template("delivering/pledges_ours.html", own=found, form=form or filled(found, MembersWordForm), words=mark_words())
