"""What a page of the walk posts: every answer so far, where one is, and where one wants to go."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from voice.asking import WORDINGS
from voice.contacting import DOORS, Wish, read_wish
from voice.listening.walking import Posted, Visit

ANSWER = "a."  # before a question's name
CONTACT = "c."  # before what says how to reach someone
CAPTION: Final = "picture_alt"  # what a picture shows, in its sender's words
CONTACT_FIELDS: Final = tuple(f"{CONTACT}{name}" for name in ("name", "how", "where", "when", "never_home"))
CONTACT_SENTENCES: Final[Mapping[str, Any]] = {
    "no_way": _l("Tell us how we can reach you. Or go back and pick another."),
    "too_long": _l("That is too long for us. Say it in fewer words."),
    "unknown": _l("Pick one of these."),
}
CODE_SENTENCES: Final[Mapping[str, Any]] = {
    "unknown": _l("We do not know this code. Look at each letter and number again. There are eight."),
    "used": _l("This code was used before. Each one works once. Ask for a new one."),
    "expired": _l("The time for this code is over. Ask the person who gave it to you."),
}
_SEED = re.compile(r"[0-9a-z]{1,16}")


def posted(form: MultiDict[str, str]) -> Posted:
    """Read a posted page. Fields we do not know are left out; the walk leaves out questions it does not know."""
    raw = {name.removeprefix(ANSWER): tuple(form.getlist(name)) for name in form if name.startswith(ANSWER)}
    if form.get("on") == "picture" and form.get("of"):
        raw[form["of"]] = (form.get(CAPTION, ""), *raw.get(form["of"], ()))
    return Posted(
        at=form.get("at", ""),
        go=form.get("go", "next"),
        raw=raw,
        returning=form.get("then") == "check",
        checking=form.get("on") == "check",
        contacting=form.get("on") == "contact",
        picturing=form.get("on") == "picture",
        visit=replace(visit_in(form), door=_door_in(form), contact=_contact_in(form)),
    )


def wish_in(visit: Visit) -> Wish:
    """What the one who sends this wants of us.

    Raises:
        Unfit: as `contacting.read_wish`.
    """
    return read_wish(visit.door, {name.removeprefix(CONTACT): value for name, value in visit.contact})


def _door_in(form: MultiDict[str, str]) -> str:
    return next((each for each in DOORS if each == form.get("door")), "")


def _contact_in(form: MultiDict[str, str]) -> tuple[tuple[str, str], ...]:
    """Never read from an address: only from what was posted."""
    return tuple((name, form[name]) for name in CONTACT_FIELDS if form.get(name))


def visit_in(given: Mapping[str, str]) -> Visit:
    """What goes along through a visit, from a posted page or from the address of the first one. What we do not know is left out."""
    seed = given.get("seed", "")
    return Visit(wording=next((each for each in WORDINGS if each == given.get("w")), None), seed=seed if _SEED.fullmatch(seed) else "")


def key_in(form: MultiDict[str, str]) -> str | None:
    """The submission's own UUID, where the page carried one."""
    try:
        return str(uuid.UUID(form.get("key", "")))
    except ValueError:
        return None
