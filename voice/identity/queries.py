"""Who is who."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import ColumnElement, select

from voice.identity.models import Member, MemberRole
from voice.storage import session

NAMELESS: Final = "Somebody who left"
"""What stands where a name was, once it is gone (docs/retention.md)."""


@dataclass(frozen=True)
class Person:
    """A member as pages see them."""

    id: uuid.UUID
    name: str
    email: str
    roles: frozenset[str]


def as_person(member: Member) -> Person:
    return Person(member.id, member.name, member.email, frozenset(each.role for each in member.roles))


def me() -> Person:
    """The member who is signed in. Only for pages that `needs(...)` a role."""
    found: Person = current_user.person
    return found


def person(member_id: uuid.UUID) -> Person | None:
    member = session().get(Member, member_id)
    return as_person(member) if member else None


def members_with(*roles: str) -> list[Person]:
    """Members who hold any of these roles, by name."""
    held = select(MemberRole.member_id).where(MemberRole.role.in_(roles))
    found = session().scalars(select(Member).where(Member.id.in_(held), Member.closed_at.is_(None)).order_by(Member.name, Member.id))
    return [as_person(member) for member in found]


def nameless_address(member_id: uuid.UUID) -> str:
    """What stands where the address was. Nobody can sign in with it: no address and no sign-in name begins so."""
    return f"#{member_id.hex}"


def is_nameless() -> ColumnElement[bool]:
    """Members whose name is gone."""
    return Member.email.startswith("#")


def role_names() -> dict[str, str]:
    """What each role is called on the page."""
    return {
        "officer": _l("Participation officer"),
        "publisher": _l("Publisher"),
        "answer_owner": _l("Answer owner"),
        "safeguarding_lead": _l("Safeguarding lead"),
        "safeguarding_deputy": _l("Deputy safeguarding lead"),
        "board_member": _l("Board member"),
        "board_worker": _l("Board worker"),
        "partner": _l("Partner"),
        "school": _l("School or setting"),
        "analyst": _l("Analyst"),
        "administrator": _l("Administrator"),
    }
