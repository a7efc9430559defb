"""Who is on, who is away, and the people beyond the rota: every change is recorded."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from voice import audit
from voice.safeguarding.models import AlertAddress, RotaAbsence, RotaTurn, SafetyContact
from voice.storage import session


def add_turns(
    weekdays: Iterable[int], starts: int, ends: int, *, lead: uuid.UUID, deputy: uuid.UUID, by: uuid.UUID | None, on_holidays: bool = False
) -> None:
    """These days, from and until these local minutes after midnight. Monday is 0."""
    for weekday in weekdays:
        row = RotaTurn(weekday=weekday, starts=starts, ends=ends, lead_id=lead, deputy_id=deputy, on_holidays=on_holidays)
        session().add(row)
        session().flush()
        audit.record(by, "rota turn added", "rota turn", row.id)


def end_turn(turn_id: uuid.UUID, by: uuid.UUID) -> None:
    row = session().get(RotaTurn, turn_id)
    if row is not None:
        session().delete(row)
        session().flush()
        audit.record(by, "rota turn ended", "rota turn", turn_id)


def add_absence(member: uuid.UUID, first: date, last: date, stand_in: uuid.UUID, by: uuid.UUID) -> None:
    """This member is away on these days, and this one stands in."""
    row = RotaAbsence(member_id=member, first_day=first, last_day=last, stand_in_id=stand_in)
    session().add(row)
    session().flush()
    audit.record(by, "absence added", "rota absence", row.id)


def end_absence(absence_id: uuid.UUID, by: uuid.UUID) -> None:
    row = session().get(RotaAbsence, absence_id)
    if row is not None:
        session().delete(row)
        session().flush()
        audit.record(by, "absence ended", "rota absence", absence_id)


def set_contact(
    kind: str,
    *,
    by: uuid.UUID | None,
    member: uuid.UUID | None = None,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
) -> None:
    """The manager (a member), the LADO or the MASH."""
    row = session().get(SafetyContact, kind) or SafetyContact(kind=kind)
    row.member_id, row.name, row.email, row.phone = member, name or None, email or None, phone or None
    session().add(row)
    session().flush()
    audit.record(by, "safety contact set", "safety contact", kind)


def set_second_address(member: uuid.UUID, address: str | None, by: uuid.UUID) -> None:
    """Where this member is also written to when nobody opens; nothing takes it away."""
    row = session().get(AlertAddress, member)
    if address:
        row = row or AlertAddress(member_id=member)
        row.alert_also = address
        session().add(row)
    elif row is not None:
        session().delete(row)
    session().flush()
    audit.record(by, "second address set", "member", member)
