"""What can be done with a member."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from voice import audit
from voice.identity.models import Member, MemberRole
from voice.identity.rules import ROLES, SHORTEST_PASSPHRASE
from voice.storage import new_id, now, session

HASHER = PasswordHasher()
# Checked where there is no such member, so that an unknown address takes as long as a wrong passphrase.
NOBODY = HASHER.hash("nobody has this passphrase")


class NotARole(ValueError):
    """A role we do not know."""


class NotAPassphrase(ValueError):
    """A passphrase that is too short."""


def add_member(email: str, name: str, roles: Iterable[str], passphrase: str) -> uuid.UUID:
    """Add a member, or give one that is there these roles and this passphrase. Returns the member's id.

    Raises:
        NotARole: one of the roles is not ours.
        NotAPassphrase: shorter than 12 characters.
    """
    wanted = _known(roles)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise NotAPassphrase(f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.")
    email = email.strip().lower()
    member = session().scalar(select(Member).where(Member.email == email))
    if member is None:
        member = Member(email=email, name=name)
        session().add(member)
    member.passphrase_hash = HASHER.hash(passphrase)
    member.closed_at = None
    _give(member, wanted)
    audit.record(None, "member added", "member", member.id, ", ".join(wanted))
    return member.id


def change_roles(member_id: uuid.UUID, roles: Iterable[str], by: uuid.UUID | None) -> None:
    """Give a member these roles and no others; every session of theirs ends."""
    wanted = _known(roles)
    _give(session().get_one(Member, member_id), wanted)
    audit.record(by, "roles changed", "member", member_id, ", ".join(wanted))


def close_member(member_id: uuid.UUID, by: uuid.UUID | None) -> None:
    """End a membership; the row stays, because the record names it."""
    member = session().get_one(Member, member_id)
    member.closed_at = now()
    _give(member, ())
    audit.record(by, "member closed", "member", member_id)


def check_passphrase(email: str, passphrase: str) -> Member | None:
    """The member who signs in with these, or None. Takes as long either way."""
    member = session().scalar(select(Member).where(Member.email == email.strip().lower(), Member.closed_at.is_(None)))
    try:
        HASHER.verify(member.passphrase_hash if member else NOBODY, passphrase)
    except (VerificationError, InvalidHashError):
        return None
    return member


def _known(roles: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(roles))
    unknown = [role for role in wanted if role not in ROLES]
    if unknown:
        raise NotARole(f"We do not know the role “{unknown[0]}”. Roles are: {', '.join(ROLES)}.")
    return wanted


def _give(member: Member, roles: Iterable[str]) -> None:
    member.roles.clear()
    session().flush()
    member.roles.extend(MemberRole(role=role) for role in roles)
    member.stamp = new_id()
    session().flush()
