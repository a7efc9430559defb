"""Who is on, from the rows: the rota, the people beyond it, and how each is reached."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from voice import identity
from voice.safeguarding.models import AlertAddress, RotaAbsence, RotaTurn, SafetyContact
from voice.safeguarding.rota_rules import Absence, Gap, OnNow, Rota, Turn, gaps, local, longest_without, on_now
from voice.storage import now, session

LEADS = ("safeguarding_lead", "safeguarding_deputy")
WARN_DAYS = 7


@dataclass(frozen=True)
class Contact:
    """Somebody beyond the rota: the manager, the LADO, the MASH."""

    kind: str
    member_id: uuid.UUID | None
    name: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True)
class Duty:
    """For the leads’ first page: who is on now, and where nobody will be."""

    has_rota: bool
    in_hours: bool
    lead: str | None
    deputy: str | None
    until: datetime | None
    gaps: tuple[Gap, ...]
    longest_without: timedelta | None


def the_rota() -> Rota:
    """The rota as it stands; able are all who hold the role of lead or deputy."""
    turns = session().scalars(select(RotaTurn).order_by(RotaTurn.weekday, RotaTurn.starts, RotaTurn.id))
    away = session().scalars(select(RotaAbsence).order_by(RotaAbsence.first_day, RotaAbsence.id))
    return Rota(
        tuple(Turn(each.weekday, each.starts, each.ends, each.lead_id, each.deputy_id, each.on_holidays) for each in turns),
        (*(Absence(each.member_id, each.first_day, each.last_day, each.stand_in_id) for each in away), *_handed_over()),
        frozenset(person.id for person in identity.members_with(*LEADS)),
    )


def _handed_over() -> list[Absence]:
    """Hand-overs for a holiday, where both are leads or deputies: the turn goes along. To anybody else it never does."""
    known = (each for each in identity.hand_overs() if each.member.roles & set(LEADS) and each.deputy.roles & set(LEADS))
    return [Absence(each.member.id, each.first_day, each.last_day, each.deputy.id) for each in known]


def on_duty(moment: datetime | None = None) -> OnNow:
    """Who is called now, the nearest first; nobody where there is no rota."""
    return on_now(moment or now(), the_rota())


def duty(moment: datetime | None = None) -> Duty:
    moment, known = moment or now(), the_rota()
    found, today = on_now(moment, known), local(moment).date()
    missing = tuple(gaps(today, WARN_DAYS, known)) if known.turns else ()
    return Duty(bool(known.turns), found.in_hours, _name(found.lead), _name(found.deputy), found.until, missing, longest_without(today, known.turns))


def hours() -> list[tuple[int, int, int]]:
    """When somebody is on, as the rota says: weekday (Monday 0), and local minutes after midnight from and until."""
    rows = session().execute(
        select(RotaTurn.weekday, RotaTurn.starts, RotaTurn.ends).distinct().order_by(RotaTurn.weekday, RotaTurn.starts, RotaTurn.ends)
    )
    return [(weekday, starts, ends) for weekday, starts, ends in rows]


def contact(kind: str) -> Contact | None:
    row = session().get(SafetyContact, kind)
    return Contact(kind, row.member_id, row.name, row.email, row.phone) if row else None


def manager_id() -> uuid.UUID | None:
    """The safeguarding manager, as long as they hold the role of lead or deputy: they must be able to open what they are told of."""
    found = contact("manager")
    person = identity.person(found.member_id) if found and found.member_id else None
    return person.id if person and person.roles & set(LEADS) else None


def address_of(recipient: str, channel: str) -> str | None:
    """Where a letter to this member (or contact) goes by this channel; None where there is no such way."""
    if recipient == "lado":
        lado = contact("lado")
        return lado.email if lado and channel == "letter" else None
    member_id = uuid.UUID(recipient)
    if channel == "also":
        row = session().get(AlertAddress, member_id)
        return row.alert_also if row else None
    person = identity.person(member_id)
    return person.email if person and person.roles & set(LEADS) else None


def day_of(moment: datetime) -> date:
    return local(moment).date()


def _name(member_id: uuid.UUID | None) -> str | None:
    person = identity.person(member_id) if member_id else None
    return person.name if person else None
