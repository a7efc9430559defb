"""Members as the administrator sees them, who stands in for whom, and where they come from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Select, or_, select

from voice import audit
from voice.identity import factors
from voice.identity.combining import shared_duties
from voice.identity.models import Invitation, Member
from voice.identity.people_models import Belonging, HandOver, Organisation
from voice.identity.queries import Person, as_person, is_nameless, members_with, person
from voice.storage import now, session, today, week_of

SIGNED_IN: Final = ("signed in", "signed in with a passkey", "signed in through the directory")
LONGEST_DAYS: Final = 92
"""A hand-over longer than a season is not a holiday: the roles themselves should change."""


class NotADeputy(ValueError):
    """This person cannot stand in; the message says why."""


@dataclass(frozen=True)
class Row:
    """A member in the administrator's list."""

    id: uuid.UUID
    name: str
    email: str  # or the name they sign in with
    roles: tuple[str, ...]
    has_second: bool
    seen_in: date | None  # the Monday of the week they last signed in
    organisation: str | None
    is_closed: bool
    has_card: bool


@dataclass(frozen=True)
class StandIn:
    """One stretch of days in which somebody stands in for somebody."""

    id: uuid.UUID
    member: Person
    deputy: Person
    first_day: date
    last_day: date

    @property
    def is_now(self) -> bool:
        return self.first_day <= today() <= self.last_day


@dataclass(frozen=True)
class Place:
    """A school or setting, or a partner."""

    id: uuid.UUID
    name: str
    kind: str


# --- the list


def everyone() -> list[Row]:
    """All members, those who may sign in first, by name; not those who left so long ago that their names are gone."""
    seen = audit.last_of("member", SIGNED_IN)
    rows = session().scalars(select(Member).where(~is_nameless()).order_by(Member.closed_at.is_not(None), Member.name, Member.id))
    return [_row(member, seen.get(str(member.id))) for member in rows]


def one(member_id: uuid.UUID) -> Row | None:
    """One member, closed or not."""
    member = session().get(Member, member_id)
    return _row(member, audit.last_of("member", SIGNED_IN, member_id).get(str(member_id))) if member else None


def _row(member: Member, seen: date | None) -> Row:
    has, place = factors.factors_of(member.id), organisation_of(member.id)
    roles = tuple(sorted(as_person(member).roles))
    return Row(
        member.id,
        member.name,
        member.email,
        roles,
        has.enough,
        week_of(seen) if seen else None,
        place.name if place else None,
        member.closed_at is not None,
        "@" not in member.email,
    )


# --- standing in


def hand_over(member_id: uuid.UUID, deputy_id: uuid.UUID, first_day: date, last_day: date, by: uuid.UUID | None) -> uuid.UUID:
    """From the first day to the last the deputy sees this member's duties, as far as the deputy's own roles reach.

    Raises:
        NotADeputy: they are the same, share no role, one has left, or the days do not fit.
    """
    member, deputy = person(member_id), person(deputy_id)
    why = _wrong_days(first_day, last_day) or _not_a_deputy(member, deputy)
    if why:
        raise NotADeputy(why)
    row = HandOver(member_id=member_id, deputy_id=deputy_id, first_day=first_day, last_day=last_day, made_by=by)
    session().add(row)
    session().flush()
    audit.record(by, "handed over", "member", member_id, f"{first_day} to {last_day}")
    audit.record(by, "stands in", "member", deputy_id, f"{first_day} to {last_day}")
    return row.id


def _wrong_days(first_day: date, last_day: date) -> str:
    if last_day < first_day:
        return "The last day comes before the first. Look at both again."
    if last_day < today():
        return "These days are over. Choose days to come."
    if (last_day - first_day).days >= LONGEST_DAYS:
        return "That is longer than three months. Change the roles instead."
    return ""


def _not_a_deputy(member: Person | None, deputy: Person | None) -> str:
    if member is None or deputy is None or member.id == deputy.id:
        return "Choose somebody else to stand in."
    if not shared_duties(member.roles, deputy.roles):
        return "They share no role. Whoever stands in must hold the role already: a hand-over gives none."
    return ""


def end_hand_over(hand_over_id: uuid.UUID, by: uuid.UUID) -> None:
    """They are back earlier."""
    row = session().get_one(HandOver, hand_over_id)
    if row.ended_at is None:
        row.ended_at = now()
        session().flush()
        audit.record(by, "hand-over ended", "member", row.member_id)


def hand_overs(*, of: uuid.UUID | None = None) -> list[StandIn]:
    """Those going on or to come, of one member or of all, the next first."""
    wanted = [HandOver.member_id == of] if of else []
    return _stand_ins(select(HandOver).where(HandOver.last_day >= today(), *wanted))


def standing_in_for(member_id: uuid.UUID) -> list[StandIn]:
    """For whom this member stands in today."""
    return _stand_ins(_today().where(HandOver.deputy_id == member_id))


def stands_in_now(member_id: uuid.UUID) -> list[StandIn]:
    """Who stands in for this member today."""
    return _stand_ins(_today().where(HandOver.member_id == member_id))


def on_behalf_of(member_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Whose duties this member sees today: their own, and those of each for whom they stand in and with whom they share a role."""
    return frozenset({member_id} | {each.member.id for each in standing_in_for(member_id)})


def possible_deputies(member_id: uuid.UUID) -> list[Person]:
    """Members who share a role with this one."""
    own = person(member_id)
    roles = own.roles if own else frozenset()
    return [each for each in members_with(*_reach(roles)) if each.id != member_id and shared_duties(roles, each.roles)] if roles else []


def _reach(roles: Iterable[str]) -> frozenset[str]:
    held = frozenset(roles)
    return held | shared_duties(held, held)


def _today() -> Select[HandOver]:
    return select(HandOver).where(HandOver.first_day <= today(), HandOver.last_day >= today())


def _stand_ins(wanted: Select[HandOver]) -> list[StandIn]:
    """Only where both are still here and still share a role: who lost it stands in no more."""
    rows = session().scalars(wanted.where(HandOver.ended_at.is_(None)).order_by(HandOver.first_day, HandOver.id))
    found = [(row, person(row.member_id), person(row.deputy_id)) for row in rows]
    return [
        StandIn(row.id, member, deputy, row.first_day, row.last_day)
        for row, member, deputy in found
        if member and deputy and shared_duties(member.roles, deputy.roles)
    ]


# --- where they come from


def organisations() -> list[Place]:
    return [Place(row.id, row.name, row.kind) for row in session().scalars(select(Organisation).order_by(Organisation.name))]


def make_organisation(name: str, kind: str, by: uuid.UUID | None) -> uuid.UUID:
    """The organisation of this name, made where it is not there."""
    row = session().scalar(select(Organisation).where(Organisation.name == name.strip()))
    if row is None:
        row = Organisation(name=name.strip(), kind=kind)
        session().add(row)
        session().flush()
        audit.record(by, "organisation added", "organisation", row.id)
    return row.id


def belong(
    organisation_id: uuid.UUID | None, by: uuid.UUID | None, *, member_id: uuid.UUID | None = None, invitation_id: uuid.UUID | None = None
) -> None:
    """Say where a member, or somebody invited, comes from; None: from nowhere in particular."""
    mine = Belonging.member_id == member_id if member_id else Belonging.invitation_id == invitation_id
    for row in session().scalars(select(Belonging).where(mine)):
        session().delete(row)
    session().flush()
    if organisation_id:
        session().add(Belonging(organisation_id=organisation_id, member_id=member_id, invitation_id=invitation_id))
        session().flush()
    audit.record(by, "organisation set", "member" if member_id else "invitation", member_id or invitation_id)


def organisation_of(member_id: uuid.UUID) -> Place | None:
    """Where a member comes from: as said of them, else as said when they were invited."""
    invited = select(Invitation.id).where(Invitation.member_id == member_id, Invitation.used_at.is_not(None))
    wanted = select(Organisation, Belonging.member_id).join(Belonging)
    mine = or_(Belonging.member_id == member_id, Belonging.invitation_id.in_(invited))
    found = session().execute(wanted.where(mine).order_by(Belonging.member_id.is_(None))).first()
    return Place(found[0].id, found[0].name, found[0].kind) if found else None


def organisation_of_invitation(invitation_id: uuid.UUID) -> uuid.UUID | None:
    return session().scalar(select(Belonging.organisation_id).where(Belonging.invitation_id == invitation_id))


def is_open(member_id: uuid.UUID) -> bool:
    """Whether this member may sign in."""
    member = session().get(Member, member_id)
    return member is not None and member.closed_at is None
