"""Coming in from paper: a poster's short address, and a slip's code."""

from __future__ import annotations

from flask import Blueprint, request

from voice import inviting
from voice.inviting import BadCode
from voice.keeping import slowing
from voice.listening.pages import ALL_ALIKE, Reply, ask_for_code, beginning, known
from voice.listening.queries import asked_lately
from voice.web import cacheable, open_to_all, same_origin

bp = Blueprint("entering", __name__)


@bp.get("/q/<slug>")
@open_to_all
@cacheable(ALL_ALIKE, by=("w",))
def from_paper(slug: str) -> str:
    """The first page of an activity, at the short address that posters and flyers carry."""
    return beginning(known(asked_lately(slug)))


@bp.get("/code")
@open_to_all
@cacheable(ALL_ALIKE)
def code() -> str:
    """Where a code is typed. A slip's own picture leads here with the code behind a #, which never leaves the phone."""
    return ask_for_code()


@bp.post("/code")
@open_to_all
def enter() -> Reply:
    """The first page of the code's activity; the code goes along from there, in the form."""
    same_origin()
    slowing.before_looking()
    try:
        slug = inviting.check_code(request.form.get("code", ""))
    except BadCode as bad:
        slowing.looked_in_vain()
        return ask_for_code(bad.reason), 404
    return beginning(known(asked_lately(slug)))
