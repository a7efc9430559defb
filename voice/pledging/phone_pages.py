"""What lets a pledge be made without a net: all pages of the way in one, and the door for what a phone sealed and could not send before."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import refresh
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from voice import imaging, keeping, safeguarding, sealing, storage
from voice.config import settings
from voice.keeping.receipts import picture
from voice.pledging import wording
from voice.pledging.forms import ASKED, BEGINNING, PledgeForm
from voice.pledging.grown_ups import words_beside
from voice.pledging.models import KINDS
from voice.pledging.pages import drawn, form_of
from voice.pledging.taking import may_come, take_in
from voice.web import cacheable, open_to_all, same_origin, takes_files
from voice.web.locale import LANGUAGES, language
from voice.web.picture_words import REFUSED
from voice.web.problems import ENVELOPES, of_status, problem

blueprint = Blueprint("phone_pledges", __name__)
LARGEST: Final = 1024**2
"""Bytes of one envelope: a picture of 300 kB, twice as base64, and all that was typed."""
MARKS: Final = {"said": "\ue003", "day": "\ue005"}
_FRAME: Final = Markup('<svg viewBox="0 0 24 24" aria-hidden="true"></svg>')
FIELDS: Final = ("key", "language", "picture", *(name for names in ASKED.values() for name in names))
REASONS: Final = ENVELOPES | {
    "different": (409, "Something else came under this key before", "That was kept, and not this. Send it under a new key."),
    "wrong": (422, "We cannot take this as it is", "Something is missing, or it is not what the page asks for. Nothing was kept."),
}


@blueprint.get("/pledges/all")
@open_to_all
@cacheable(60)
def everything() -> str:
    """Every page of the way: the same for everyone."""
    if not safeguarding.may_write():
        abort(404)
    return render_template("pledging/all.html", parts=list(_parts()), data=_data())


@blueprint.post("/pledges/sealed")
@open_to_all
@takes_files(LARGEST)
def sealed() -> Response:
    """Keep one pledge out of its envelope. The same again gives the same receipt; refusals are problem details (RFC 9457)."""
    same_origin()
    message = _opened()
    if message.get("language") in LANGUAGES and message["language"] != "qps":
        request.environ["voice.language"] = message["language"]
        refresh()
    if not may_come(safeguarding.PHONE_GOES_ON):
        return _no("paused")
    form, sent = _form(message)
    if sent is None or form.first_wrong(before="last"):
        return _no("wrong")
    return _take(form, message["key"], sent)


def _take(form: PledgeForm, key: str, sent: bytes) -> Response:
    try:
        kept = take_in(form, key, sent)
    except imaging.Refused as refused:
        if refused.reason == "too_slow":  # it may go well later: the phone keeps it and tries again
            return of_status(503)
        return problem(
            422, "We cannot take this picture", "Nothing was kept.", reason=refused.reason, errors=[("picture", str(REFUSED[refused.reason]))]
        )
    except keeping.AlreadyTakenBack:
        return _no("taken_back")
    except keeping.DifferentWords:
        return _no("different")
    except ValueError:
        return _no("wrong")  # the key is none
    reply = jsonify(
        receipt=kept.words, grown_up=words_beside(kept.submission_id, kept.words)
    )  # before the commit: were it to break, nothing was kept
    reply.status_code = 201 if kept.is_new else 200
    storage.commit()
    return reply


def _opened() -> dict[str, Any]:
    try:
        envelope = json.loads(request.get_data(cache=False))["sealed"]
        found = json.loads(sealing.keys_from(settings().phone_keys).open(envelope))
    except sealing.UnknownKey:
        abort(_no("unknown_key"))
    except (sealing.CannotOpen, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        abort(_no("cannot_open"))
    if not isinstance(found, dict) or not all(isinstance(value, str) and name in FIELDS for name, value in found.items()):
        abort(_no("wrong"))
    return {"key": "", **found}


def _form(message: Mapping[str, str]) -> tuple[PledgeForm, bytes | None]:
    """The form, and the picture’s bytes; None where these are no bytes."""
    fields = {name: value for name, value in message.items() if value and name not in ("key", "language", "picture")}
    try:
        sent = base64.b64decode(message.get("picture", ""), validate=True)
    except (binascii.Error, ValueError):
        return form_of(MultiDict(fields)), None
    return form_of(MultiDict(fields)), sent


def _no(reason: str) -> Response:
    return problem(*REASONS[reason], reason=reason)


# --- the pages, as templates with marks


def _parts() -> list[Markup]:
    steps = [_part(step, step) for step in ("new", "how", "check")]
    lasts = [_part(f"last:{kind}", "last", kind=kind) for kind in KINDS]
    said: dict[str, Any] = {"words": (MARKS["said"],), "picture": _picture}
    ends: dict[str, tuple[str, dict[str, Any]]] = {
        "sent": ("thank_you", {**said, "grown_up": (MARKS["said"],), "week_of": None, "person": None}),
        "kept": ("kept", {"words": (), "picture": _picture}),
        "kept-words": ("kept", said),
        "refused": ("refused", {}),
        "taken_back": ("taken_back", {}),
        "different": ("different", {"form": form_of(MultiDict())}),
    }
    return [*steps, *lasts, *(_page(part, template, **values) for part, (template, values) in ends.items())]


def _part(part: str, step: str, **fields: str) -> Markup:
    page = drawn(step, form_of(MultiDict(fields)), bare="pledging/_bare.html", part=part)
    return Markup(page)  # noqa: S704  # a page of ours, escaped where it was made


def _page(part: str, template: str, **more: Any) -> Markup:
    page = render_template(f"pledging/{template}.html", bare="pledging/_bare.html", part=part, **more)
    return Markup(page)  # noqa: S704  # a page of ours, escaped where it was made


def _data() -> dict[str, Any]:
    key = sealing.keys_from(settings().phone_keys).public
    form = form_of(MultiDict())
    return {
        "key": {"id": key.id, "point": key.point},
        "language": language().code,
        "marks": MARKS,
        "along": [],
        "says": {
            "beginning": str(BEGINNING).strip(),
            "nothing": str(REFUSED["nothing"]),
            "unkept": _("There is no signal, and this phone could not keep it. Your words are still here. Try again when there is signal."),
        },
        "labels": {
            "priority": {code: str(words) for code, words in form.topics},
            "place": {code: str(words) for code, words in form.places},
            "kind": {code: str(words[0]) for code, words in wording.KINDS.items()},
            "age": {code: str(words) for code, words in wording.AGES.items()},
        },
    }


def _picture(word: str) -> Markup:
    return _FRAME if word == MARKS["said"] else picture(word)
