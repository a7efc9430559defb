"""Signing in with the council's own directory: there, and back. Plain links and redirects, so that no page may send a form elsewhere."""

from __future__ import annotations

import hmac
import logging
from dataclasses import asdict
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voice import audit, storage
from voice.config import settings
from voice.identity import directory, factors, sessions
from voice.identity.directory import Away, Begun, NotVerified, NotVouched, Vouched
from voice.identity.models import Member
from voice.identity.pages import come_in
from voice.identity.queries import me
from voice.identity.rules import ROLES
from voice.web import at_the_door, needs
from voice.web.access import local_path

blueprint = Blueprint("directory", __name__, url_prefix="/sign-in/directory")
log = logging.getLogger(__name__)
HOW: Final = "signed in through the directory"
LONGEST: Final = 900
"""Seconds somebody may take there."""
Page = Response | tuple[str, int]


@blueprint.get("")
@at_the_door
def begin() -> Page:
    return _there(local_path(request.args.get("next")))


@blueprint.get("/again")
@needs(*ROLES)
def begin_again() -> Page:
    """Whoever is signed in shows both factors once more, at the directory."""
    return _there(local_path(request.args.get("next")), again=True)


@blueprint.get("/back")
@at_the_door
def back() -> Page:
    """The directory led somebody back."""
    began = cookie.pop("directory", None)
    if not began or not hmac.compare_digest(str(began["state"]), request.args.get("state", "")) or _now() - began["at"] > LONGEST:
        return _page(_("That took too long, or it began in another window. Begin once more."), 400)
    if "code" not in request.args:
        return _page(_("%(name)s did not let you in. Try again there, or take another way in.", name=name()), 400)
    try:
        vouched = directory.finish(request.args["code"], Begun(began["state"], began["nonce"], began["verifier"]))
    except Away:
        return _away()
    except NotVerified:
        return _page(_("%(name)s does not say that your address is yours. Ask whoever runs it to verify it.", name=name()), 403)
    except NotVouched as refusal:
        log.warning("The directory’s answer was not good: %s", refusal.why)
        return _page(_("What came back from %(name)s cannot be trusted. Nobody was signed in. Begin once more.", name=name()), 400)
    return _proved_again(vouched, began) if began["again"] else _came(vouched, began["next"])


def _there(back: str | None, *, again: bool = False) -> Page:
    if settings().directory is None:
        abort(404)
    try:
        url, begun = directory.begin(again=again)
    except Away as failure:
        log.warning("The directory is away: %s", failure)
        return _away()
    cookie["directory"] = {**asdict(begun), "at": _now(), "next": back, "again": again}
    return redirect(url, 303)


def _came(vouched: Vouched, back: str | None) -> Page:
    member = directory.member_for(vouched)
    if member is None:
        audit.record(None, "unknown person from the directory", "sign-in", "directory")
        storage.commit()
        words = _("%(name)s knows you, and nobody has invited you here yet. Ask the person who runs Voice where you work.", name=name())
        return _page(words, 403)
    if vouched.has_second:
        return come_in(member, back, HOW)
    storage.commit()
    return _half_way(member, back)


def _half_way(member: Member, back: str | None) -> Response:
    """The directory asked for one thing only: our own second step comes after it."""
    sessions.begin_half_way(member, back)
    return redirect(url_for("second.step" if factors.factors_of(member.id).enough else "setting_up.choose"), 303)


def _proved_again(vouched: Vouched, began: dict[str, int]) -> Page:
    """Only the same person, with two factors, shown since they were sent there."""
    if sessions.signed_in() is None or me().email != vouched.email:
        return _page(_("That was somebody else. Nothing was opened."), 403)
    if not vouched.has_second or vouched.proved_at < began["at"] - directory.LEEWAY:
        return _page(_("%(name)s did not ask for two steps just now, so it does not count. Show your second step here.", name=name()), 403)
    sessions.prove()
    return redirect(str(began["next"] or url_for("me.show")), 303)


def _now() -> int:
    return int(storage.now().timestamp())


def _away() -> Page:
    return _page(_("%(name)s does not answer just now. The other ways in still work.", name=name()), 503)


def _page(words: str, status: int) -> tuple[str, int]:
    return render_template("identity/directory.html", words=words, name=name()), status


def name() -> str:
    """What the button calls the directory; empty where there is none."""
    ours = settings().directory
    return ours.name if ours else ""
