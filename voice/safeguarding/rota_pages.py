"""The rota, and the people beyond it."""

from __future__ import annotations

import uuid

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from voice import identity, storage
from voice.safeguarding import rota, rota_actions
from voice.safeguarding.forms import AbsenceForm, ContactsForm, TurnForm, people_to_pick
from voice.safeguarding.models import AlertAddress, RotaAbsence, RotaTurn
from voice.safeguarding.pages import time_of
from voice.safeguarding.queries import name_of
from voice.safeguarding.rota import LEADS
from voice.safeguarding.words import DAYS, GAP_WORDS, clock_words
from voice.web import needs

blueprint = Blueprint("rota", __name__, url_prefix="/safeguarding")


@blueprint.get("/rota")
@needs(*LEADS)
def the_rota() -> str:
    return _page(_turns(), _away())


@blueprint.post("/rota")
@needs(*LEADS)
def add_turns() -> Response | tuple[str, int]:
    form = _turns()
    if not form.validate_on_submit():
        return _page(form, _away(empty=True)), 400
    rota_actions.add_turns(
        form.weekdays.data,
        form.starts_at(),
        form.ends_at(),
        lead=uuid.UUID(form.lead.data),
        deputy=uuid.UUID(form.deputy.data),
        by=identity.me().id,
        on_holidays=form.on_holidays.data,
    )
    return _done()


@blueprint.post("/rota/away")
@needs(*LEADS)
def add_absence() -> Response | tuple[str, int]:
    form = _away()
    if not form.validate_on_submit():
        return _page(_turns(empty=True), form), 400
    who, instead = uuid.UUID(form.member.data), uuid.UUID(form.stand_in.data)
    rota_actions.add_absence(who, form.first_day.data, form.last_day.data, instead, identity.me().id)
    return _done()


@blueprint.post("/rota/<uuid:turn_id>/end")
@needs(*LEADS)
def end_turn(turn_id: uuid.UUID) -> Response:
    rota_actions.end_turn(turn_id, identity.me().id)
    return _done()


@blueprint.post("/rota/away/<uuid:absence_id>/end")
@needs(*LEADS)
def end_absence(absence_id: uuid.UUID) -> Response:
    rota_actions.end_absence(absence_id, identity.me().id)
    return _done()


@blueprint.get("/rota/away")
@blueprint.get("/rota/<uuid:turn_id>/end")
@blueprint.get("/rota/away/<uuid:absence_id>/end")
@needs(*LEADS)
def to_rota(turn_id: uuid.UUID | None = None, absence_id: uuid.UUID | None = None) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("rota.the_rota"), 303)


@blueprint.get("/people")
@needs(*LEADS)
def people() -> str:
    return render_template("safeguarding/people.html", form=_contacts())


@blueprint.post("/people")
@needs(*LEADS)
def set_people() -> Response | tuple[str, int]:
    form, me = _contacts(), identity.me().id
    if not form.validate_on_submit():
        return render_template("safeguarding/people.html", form=form), 400
    rota_actions.set_contact("manager", by=me, member=uuid.UUID(form.manager.data) if form.manager.data else None)
    for kind in ("lado", "mash"):
        rota_actions.set_contact(kind, by=me, name=form[f"{kind}_name"].data, email=form[f"{kind}_email"].data, phone=form[f"{kind}_phone"].data)
    rota_actions.set_second_address(me, (form.alert_also.data or "").strip() or None, me)
    storage.commit()
    return redirect(url_for("safeguarding.queue"), 303)


def _done() -> Response:
    storage.commit()
    return redirect(url_for("rota.the_rota"), 303)


def _people() -> list[tuple[str, str]]:
    return [(str(person.id), person.name) for person in identity.members_with(*LEADS)]


def _turns(*, empty: bool = False) -> TurnForm:
    form: TurnForm = people_to_pick(TurnForm(formdata=None) if empty else TurnForm(), ("lead", "deputy"), _people())
    return form


def _away(*, empty: bool = False) -> AbsenceForm:
    form: AbsenceForm = people_to_pick(AbsenceForm(formdata=None) if empty else AbsenceForm(), ("member", "stand_in"), _people())
    return form


def _contacts() -> ContactsForm:
    """The form, filled with what is known."""
    known = {kind: rota.contact(kind) for kind in ("manager", "lado", "mash")}
    also, manager = storage.session().get(AlertAddress, identity.me().id), known["manager"]
    filled = {f"{kind}_{part}": getattr(known[kind], part, None) for kind in ("lado", "mash") for part in ("name", "email", "phone")}
    form: ContactsForm = people_to_pick(
        ContactsForm(
            manager=str(manager.member_id) if manager and manager.member_id else "",
            alert_also=also.alert_also if also else None,
            **filled,
        ),
        ("manager",),
        _people(),
    )
    return form


def _page(turns: TurnForm, away: AbsenceForm) -> str:
    shown = storage.session().scalars(select(RotaTurn).order_by(RotaTurn.weekday, RotaTurn.starts, RotaTurn.id))
    gone = storage.session().scalars(select(RotaAbsence).where(RotaAbsence.last_day >= rota.day_of(storage.now())).order_by(RotaAbsence.first_day))
    return render_template(
        "safeguarding/rota.html",
        turns=shown.all(),
        absences=gone.all(),
        turn_form=turns,
        away_form=away,
        duty=rota.duty(),
        name_of=name_of,
        days=DAYS,
        days_to_pick=list(enumerate(DAYS)),
        clock_words=clock_words,
        gap_words=GAP_WORDS,
        time_of=time_of,
        day_of=rota.day_of,
    )
