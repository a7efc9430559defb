"""What can be done with a member, and with the passphrase they know."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update

from voice import audit
from voice.config import settings
from voice.identity import combining
from voice.identity.models import Invitation, Member, MemberRole
from voice.identity.rules import ROLES, SHORTEST_PASSPHRASE, SHORTEST_PIN, pin_weakness, weakness
from voice.storage import new_id, now, session

HASHER = PasswordHasher()
# Checked where there is no such member, so that an unknown address takes as long as a wrong passphrase. Made beforehand, by this very HASHER:
# making one at each start would cost the start as much as a sign-in.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$v8ja0XVO2zUBdY4Dgktuxw$kvdL0rikwPOg4lgUHLD7gbR5D+lrl+MJ6oYqh3nCTuM"
SAYS = {
    "short": f"A passphrase has at least {SHORTEST_PASSPHRASE} characters. Four or five words that do not belong together are easy to keep in mind.",
    "long": "That is longer than we can keep. Make it shorter.",
    "guessable": (
        "That one is easy to guess: it is much used, or made of your name, your address or this place. "
        "Take four or five words that do not belong together."
    ),
}
PIN_SAYS = {
    "shape": f"A PIN is {SHORTEST_PIN} to 12 figures long, with nothing else in it.",
    "guessable": "That PIN is easy to guess. Take figures that are not in a row, do not repeat and are not a date.",
}


class NotARole(ValueError):
    """A role we do not know."""


class NotTogether(NotARole):
    """Roles that one person may not hold together; the message says why."""


class NotYourOwn(ValueError):
    """Nobody changes their own roles, or closes their own account."""


class LastAdministrator(ValueError):
    """Nobody would be left who gives out accounts."""


class NotAPassphrase(ValueError):
    """A passphrase or PIN that is too short or too easy to guess; the message says what to do."""


def add_member(email: str, name: str, roles: Iterable[str], passphrase: str) -> uuid.UUID:
    """Add a member, or give one that is there these roles and this passphrase. Returns the member's id.

    They have no second factor yet: at their first sign-in they are led to set one up, before any other page.

    Raises:
        NotARole, NotTogether: one of the roles is not ours, or one person may not hold them together.
        NotAPassphrase: shorter than 15 characters, or easy to guess.
    """
    wanted, email = known_roles(roles), email.strip().lower()
    check_new_passphrase(passphrase, email, name)
    member = member_of(email)
    if member is None:
        member = Member(email=email, name=name)
        session().add(member)
    member.passphrase_hash = HASHER.hash(passphrase)
    member.closed_at = None
    give_roles(member, wanted)
    audit.record(None, "member added", "member", member.id, ", ".join(wanted))
    return member.id


def change_roles(member_id: uuid.UUID, roles: Iterable[str], by: uuid.UUID | None) -> None:
    """Give a member these roles and no others; every session of theirs ends, and so does a letter on its way with the roles of before.

    Raises:
        NotARole, NotTogether: one of them is not ours, or one person may not hold them together.
        NotYourOwn: they would be one's own.
        LastAdministrator: nobody would be left who gives out accounts.
    """
    wanted = known_roles(roles)
    _check_change(member_id, wanted, by)
    give_roles(session().get_one(Member, member_id), wanted)
    _withdraw_invitations_of(member_id)
    audit.record(by, "roles changed", "member", member_id, ", ".join(wanted))


def close_member(member_id: uuid.UUID, by: uuid.UUID | None) -> None:
    """End a membership; the row stays, because the record names it.

    Raises:
        NotYourOwn: it is one's own.
        LastAdministrator: nobody would be left who gives out accounts.
    """
    _check_change(member_id, (), by)
    member = session().get_one(Member, member_id)
    member.closed_at = now()
    give_roles(member, ())
    _withdraw_invitations_of(member_id)
    audit.record(by, "member closed", "member", member_id)


def end_sessions(member_id: uuid.UUID, by: uuid.UUID | None) -> None:
    """Sign a member out on every device."""
    session().get_one(Member, member_id).stamp = new_id()
    audit.record(by, "signed out everywhere", "member", member_id)


def change_passphrase(member_id: uuid.UUID, passphrase: str) -> None:
    """A member takes another passphrase; every session ends.

    Raises:
        NotAPassphrase: too short, or easy to guess.
    """
    member = session().get_one(Member, member_id)
    check_new_passphrase(passphrase, member.email, member.name)
    _keep(member, passphrase, "passphrase changed")


def change_pin(member_id: uuid.UUID, pin: str) -> None:
    """A board member with a card takes another PIN; every session ends.

    Raises:
        NotAPassphrase: not 6 to 12 figures, or easy to guess.
    """
    check_new_pin(pin)
    _keep(session().get_one(Member, member_id), pin, "PIN changed")


def check_new_passphrase(passphrase: str, *about: str) -> None:
    """Raises NotAPassphrase, with what to do, unless this can be the passphrase of someone about whom others know this much."""
    wrong = weakness(passphrase, (*about, settings().place))
    if wrong:
        raise NotAPassphrase(SAYS[wrong])


def check_new_pin(pin: str) -> None:
    """Raises NotAPassphrase, with what to do, unless this can be a PIN."""
    wrong = pin_weakness(pin)
    if wrong:
        raise NotAPassphrase(PIN_SAYS[wrong])


def check_passphrase(email: str, passphrase: str) -> Member | None:
    """The member who signs in with these, or None. Takes as long either way. It is one factor of two: see `check_second_person`."""
    member = session().scalar(select(Member).where(Member.email == email.strip().lower(), Member.closed_at.is_(None)))
    return member if knows(member, passphrase) else None


def knows(member: Member | None, passphrase: str) -> bool:
    """Whether this is the member's passphrase or PIN. Takes as long where there is no such member."""
    try:
        return HASHER.verify(member.passphrase_hash if member else NOBODY, passphrase) and member is not None
    except (VerificationError, InvalidHashError):
        return False


def member_of(email: str) -> Member | None:
    """Who signs in with this address or name, closed or not."""
    return session().scalar(select(Member).where(Member.email == email.strip().lower()))


def known_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """These roles, each once.

    Raises:
        NotARole: one of them is not ours.
        NotTogether: one person may not hold them together.
    """
    wanted = tuple(dict.fromkeys(roles))
    unknown = [role for role in wanted if role not in ROLES]
    if unknown:
        raise NotARole(f"We do not know the role “{unknown[0]}”. Roles are: {', '.join(ROLES)}.")
    why = combining.clash(wanted)
    if why:
        raise NotTogether(why)
    return wanted


def give_roles(member: Member, roles: Iterable[str]) -> None:
    """These roles and no others; every session ends."""
    member.roles.clear()
    session().flush()
    member.roles.extend(MemberRole(role=role) for role in roles)
    member.stamp = new_id()
    session().flush()


def _check_change(member_id: uuid.UUID, wanted: Iterable[str], by: uuid.UUID | None) -> None:
    if member_id == by:
        raise NotYourOwn("Nobody changes their own roles or closes their own account. Ask another administrator.")
    if "administrator" in wanted:
        return
    open_ones = select(MemberRole.member_id).join(Member).where(MemberRole.role == "administrator", Member.closed_at.is_(None))
    if set(session().scalars(open_ones.with_for_update())) == {member_id}:
        raise LastAdministrator("This is the last administrator: nobody could give out accounts any more. Invite another one first.")


def _withdraw_invitations_of(member_id: uuid.UUID) -> None:
    """What they began anew with would bring back the roles, or the account, of before."""
    waiting = (Invitation.member_id == member_id, Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))
    session().execute(update(Invitation).where(*waiting).values(withdrawn_at=now()))
    session().expire_all()


def _keep(member: Member, passphrase: str, what: str) -> None:
    member.passphrase_hash = HASHER.hash(passphrase)
    member.stamp = new_id()
    audit.record(member.id, what, "member", member.id)
