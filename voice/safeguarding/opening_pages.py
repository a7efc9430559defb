"""Are we ready? What must be true before young people are asked to write, and what is put on record for it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.safeguarding import opening
from voice.safeguarding.opening_forms import HoursForm, TrainingForm, form_for
from voice.web import holds, needs
from voice.web.desk import DeskLink

blueprint = Blueprint("opening", __name__, url_prefix="/safeguarding/ready")
WHO = (*opening.LEADS, "administrator")
WHAT = {
    "people": _l("Two people who read: safeguarding leads or deputies"),
    "factor": _l("Both sign in with something they have, beside what they know"),
    "training": _l("Both are trained"),
    "drill": _l("A practice alert in the last seven days"),
    "hours": _l("The hours in which somebody reads"),
    "night": _l("Whom to call when nobody reads"),
}


@dataclass(frozen=True)
class Notice:
    """What staff read above their work while something has lapsed."""

    closes_after: Any  # the last open day; None: closed
    may_mend: bool  # they can put it right themselves


@blueprint.get("")
@needs(*WHO)
def ready() -> str:
    return _page()


@blueprint.post("/training/<uuid:member_id>")
@needs(*WHO)
def training(member_id: uuid.UUID) -> Response | tuple[str, int]:
    reader = next((each for each in opening.readers() if each.id == member_id), None) or abort(404)
    form = form_for(reader, filled=True)
    if member_id == identity.me().id:
        abort(403)
    if not form.validate():
        return _page(training_form=(member_id, form)), 400
    opening.record_training(member_id, form.trained_on.data, form.valid_until.data, identity.me().id)
    opening.watch()
    storage.commit()
    return _back()


@blueprint.post("/hours")
@needs(*WHO)
def hours() -> Response | tuple[str, int]:
    form = HoursForm()
    if not form.validate():
        return _page(hours_form=form), 400
    days = [int(each) for each in form.days.data]
    opening.say_hours(days, form.opens_at.data, form.closes_at.data, form.night_phone.data, identity.me().id)
    opening.watch()
    storage.commit()
    return _back()


@blueprint.get("/training/<uuid:member_id>")
@blueprint.get("/hours")
@needs(*WHO)
def again(member_id: uuid.UUID | None = None) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return _back()


def notices() -> Iterator[Notice]:
    """For every desk: while something has lapsed, or forms that should be open are closed."""
    found = opening.ready_now()
    if found.is_whole or (not found.is_open and not opening.asks_anything()):
        return
    yield Notice(found.closes_after, holds(*WHO))


def desk_links() -> list[DeskLink]:
    """For the administrator, who has no other way in; leads have it on their own page too."""
    says = _l("Who reads, when, and whether anything is about to lapse.")
    return [DeskLink("opening.ready", _l("Are we ready?"), says=says)] if holds(*WHO) else []


def _back() -> Response:
    return redirect(url_for("opening.ready"), 303)


def _page(hours_form: HoursForm | None = None, training_form: tuple[uuid.UUID, TrainingForm] | None = None) -> str:
    readers, said = opening.readers(), opening.reading_hours()
    forms = {each.id: form_for(each) for each in readers if each.id != identity.me().id}
    if training_form:
        forms[training_form[0]] = training_form[1]
    usual: dict[str, Any] = {"days": [str(each) for each in (said.days if said else range(5))]}
    if said:
        usual |= {"opens_at": said.opens_at, "closes_at": said.closes_at, "night_phone": said.night_phone}
    return render_template(
        "safeguarding/ready.html",
        found=opening.ready_now(),
        what=WHAT,
        readers=readers,
        forms=forms,
        hours=hours_form or HoursForm(formdata=None, **usual),
        without_dpia=opening.without_dpia(),
        is_lead=holds(*opening.LEADS),
    )
