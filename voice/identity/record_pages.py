"""The record, for the administrator: who did what and when. Ids alone; no word anybody said, and no reason but those about accounts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from voice import audit, storage
from voice.identity import people
from voice.identity.people_models import Organisation
from voice.identity.queries import person
from voice.web import needs

blueprint = Blueprint("record", __name__, url_prefix="/work/record")
PAGE: Final = 50
NEWEST_SEALS: Final = 60
"""About an hour of seals are held against their rows each time the page is opened; all of them on request."""
DAYS: Final = 28
RAW: Final = ("read raw", "read concern", "read by receipt", "exported")
"""Acts by which somebody saw words nobody had cleared."""
EXPORTS: Final = ("raw export asked for", "raw export agreed to", "raw export refused", "raw export taken")
ACCOUNTS: Final = ("member", "invitation", "organisation")
"""What accounts are about: the only acts whose reason is shown, because it holds roles and days and nothing else."""
VIEWS = {
    "": _l("Everything"),
    "raw": _l("Raw words read"),
    "exports": _l("Words as a file"),
    "accounts": _l("Accounts and roles"),
}


@dataclass(frozen=True)
class Readings:
    """How much one member read on one day."""

    on: date
    name: str
    who: uuid.UUID
    count: int


@blueprint.get("")
@needs("administrator")
def show() -> str:
    view, act, who = request.args.get("view", ""), request.args.get("act", ""), _an_id(request.args.get("who", ""))
    found = audit.lines(who=who, whats=_acts(view, act), kinds=ACCOUNTS if view == "accounts" else (), before=_before(), most=PAGE + 1)
    return render_template(
        "identity/record.html",
        lines=found[:PAGE],
        older=found[PAGE - 1].number if len(found) > PAGE else None,
        names={member.id: member.name for member in people.everyone()},
        about=_named(found),
        accounts=ACCOUNTS,
        readings=_readings(),
        chain=audit.chain(None if request.args.get("check") == "all" else NEWEST_SEALS),
        checked_all=request.args.get("check") == "all",
        acts=audit.acts(),
        views=VIEWS,
        chosen={"view": view, "act": act, "who": str(who or "")},
        days=DAYS,
    )


def _acts(view: str, act: str) -> tuple[str, ...]:
    return (act,) if act else {"raw": RAW, "exports": EXPORTS}.get(view, ())


def _before() -> int | None:
    text = request.args.get("before", "")
    return int(text) if text.isdecimal() and len(text) < 15 else None


def _an_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _readings() -> list[Readings]:
    """The last four weeks, the newest day first, then who read most."""
    counted = audit.per_day(RAW, storage.now() - timedelta(days=DAYS))
    found = [Readings(on, _name(who), who, count) for (on, who), count in counted.items()]
    return sorted(found, key=lambda each: (-each.on.toordinal(), -each.count, each.name))


def _name(member_id: uuid.UUID) -> str:
    found = person(member_id)
    return found.name if found else str(member_id)[:8]


def _named(found: list[audit.Line]) -> dict[str, str]:
    """Names of members and organisations that lines are about; everything else keeps its number."""
    named: dict[str, str] = {}
    for line in found:
        own = _an_id(line.about_id)
        if own and line.about_kind == "member":
            named[line.about_id] = _name(own)
        elif own and line.about_kind == "organisation":
            place = storage.session().get(Organisation, own)
            named[line.about_id] = place.name if place else ""
    return named
