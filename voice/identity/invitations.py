"""Inviting someone to join, or to begin anew: a letter to an address, or a printed card for a young person who has none. Each is good once."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select

from voice import audit, post
from voice.config import settings
from voice.identity import factors
from voice.identity.actions import HASHER, check_new_passphrase, check_new_pin, give_roles, known_roles, member_of
from voice.identity.models import Invitation, Member
from voice.identity.people_models import Belonging
from voice.identity.rules import CODE, is_sign_in_name, new_code, read_code, written
from voice.identity.sealing import mark
from voice.storage import now, session
from voice.web import slot

LETTER_DAYS: Final = 7
CARD_DAYS: Final = 28
"""A card is handed over at a meeting, and those are weeks apart."""


class AlreadyMember(ValueError):
    """Somebody signs in with this address or name already."""


class NotAName(ValueError):
    """That cannot be a sign-in name."""


class NoInvitation(Exception):
    """There is no such invitation, or it was used, withdrawn or too old."""


@dataclass(frozen=True)
class Invited:
    """An invitation as it is made. The code is known now and never again; only a mark of it is kept."""

    id: uuid.UUID
    code: str
    name: str
    email: str | None
    expires_at: datetime


@dataclass(frozen=True)
class Waiting:
    """An invitation nobody has taken up yet."""

    id: uuid.UUID
    name: str
    email: str | None  # None: a printed card
    roles: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    member_id: uuid.UUID | None  # who begins anew


def invite(email: str, name: str, roles: Iterable[str], by: uuid.UUID | None, days: int = LETTER_DAYS) -> Invited:
    """Invite someone at this address; an earlier invitation to it is no good any more. Send it with `write_to`, after the commit.

    Raises:
        NotARole: one of the roles is not ours.
        AlreadyMember: invite them again instead, with `invite_again`.
    """
    wanted, email = known_roles(roles), email.strip().lower()
    member = member_of(email)
    if member is not None and member.closed_at is None:
        raise AlreadyMember(f"{email} is a member already.")
    return _invite(name, email, wanted, by, timedelta(days=days), member.id if member else None)


def invite_with_card(name: str, by: uuid.UUID | None, days: int = CARD_DAYS) -> Invited:
    """Invite a young person to the board with a printed card: `cards.as_pdf`."""
    return _invite(name, None, ("board_member",), by, timedelta(days=days), None)


def invite_again(member_id: uuid.UUID, by: uuid.UUID | None, days: int | None = None) -> Invited:
    """Let a member begin anew who lost what they sign in with: by letter, or by a new card where they have no address.

    What they have stays good until they take it up; then all of it is replaced.
    """
    member = session().get_one(Member, member_id)
    email = member.email if "@" in member.email else None
    lasts = timedelta(days=days or (LETTER_DAYS if email else CARD_DAYS))
    return _invite(member.name, email, tuple(each.role for each in member.roles), by, lasts, member.id)


def _invite(name: str, email: str | None, roles: tuple[str, ...], by: uuid.UUID | None, lasts: timedelta, member_id: uuid.UUID | None) -> Invited:
    for earlier in _open():
        if (email and earlier.email == email) or (member_id and earlier.member_id == member_id):
            earlier.withdrawn_at = now()
    code = new_code()
    made = Invitation(
        code_mark=mark("invitation", code),
        email=email,
        name=name.strip(),
        roles=",".join(roles),
        member_id=member_id,
        made_by=by,
        expires_at=now() + lasts,
    )
    session().add(made)
    session().flush()
    audit.record(by, "invited", "invitation", made.id, ", ".join(roles))
    return Invited(made.id, code, made.name, email, made.expires_at)


def withdraw(invitation_id: uuid.UUID, by: uuid.UUID | None) -> None:
    """An invitation is no good any more."""
    made = session().get_one(Invitation, invitation_id)
    if made.used_at is None and made.withdrawn_at is None:
        made.withdrawn_at = now()
        audit.record(by, "invitation withdrawn", "invitation", invitation_id)


def invitations_waiting() -> list[Waiting]:
    """Those that can still be taken up, the newest first."""
    return [
        Waiting(each.id, each.name, each.email, tuple(each.roles.split(",")), each.made_at, each.expires_at, each.member_id)
        for each in sorted(_open(), key=lambda one: one.made_at, reverse=True)
    ]


def _open() -> list[Invitation]:
    good = (Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > now())
    return list(session().scalars(select(Invitation).where(*good)))


def link(invited: Invited) -> str:
    """Where the invitation is taken up. The code stands behind a #: no server's log and no other page ever learns it."""
    return f"{settings().desk_url}/invitation#{invited.code}"


def write_to(invited: Invited) -> None:
    """Send the letter. After the commit: a post server may be slow.

    Raises:
        NotSent: it could not be handed over; invite again later.
        ValueError: there is no address.
    """
    if not invited.email:
        raise ValueError("This invitation is a printed card.")
    says = {
        "name": invited.name,
        "place": settings().place,
        "link": link(invited),
        "code": written(invited.code),
        "page": f"{settings().desk_url}/invitation",
        "day": f"{invited.expires_at:%A} {invited.expires_at.day} {invited.expires_at:%B}",
    }
    post.send(invited.email, "An invitation to Voice", LETTER.format(**says))


LETTER: Final = """Hello {name},

you are invited to Voice, where {place} listens to its children and answers.

Open this link, or type the code at {page}

  {link}
  {code}

It works once, until {day}. Have your phone with you: you choose a passphrase,
then a second step (an app that shows a code, or a passkey).

You did not expect this letter? Then leave it. Without the second step nobody comes in.
"""


# --- taking it up


def find(code: str) -> uuid.UUID | None:
    """The invitation with this code, where it can be taken up."""
    typed = read_code(code)
    found = session().scalar(select(Invitation).where(Invitation.code_mark == mark("invitation", typed))) if len(typed) == CODE else None
    return found.id if found and _is_good(found) else None


def good(invitation_id: uuid.UUID) -> Waiting | None:
    """The invitation as its page shows it, while it can be taken up."""
    each = session().get(Invitation, invitation_id)
    if each is None or not _is_good(each):
        return None
    return Waiting(each.id, each.name, each.email, tuple(each.roles.split(",")), each.made_at, each.expires_at, each.member_id)


def _is_good(made: Invitation) -> bool:
    return made.used_at is None and made.withdrawn_at is None and made.expires_at > now()


def take_up(invitation_id: uuid.UUID, name: str, passphrase: str) -> Member:
    """Someone with an address joins with this passphrase; a second factor is still to come. What they had before is no good any more.

    Raises:
        NoInvitation: it is no good any more.
        NotAPassphrase: too short, or easy to guess.
    """
    made = _take(invitation_id)
    if made.email is None:
        raise NoInvitation
    check_new_passphrase(passphrase, made.email, name)
    return _join(made, made.email, name, passphrase)


def take_up_by_directory(email: str, name: str) -> Member | None:
    """Someone whose council's directory vouches for this address joins, where there is an invitation to it; None where there is none.

    Their passphrase is one nobody knows: they sign in with the directory, or begin anew with a letter.
    """
    made = next((each for each in _open() if each.email == email), None)
    return _join(made, email, name.strip() or made.name, secrets.token_urlsafe(32)) if made else None


def take_up_card(invitation_id: uuid.UUID, code: str, sign_in_name: str, pin: str) -> Member:
    """A young person joins with a card: they choose a name to sign in with and a PIN, and keep the card.

    Raises:
        NoInvitation: it is no good any more, or that is not its code.
        NotAName, AlreadyMember: take another name.
        NotAPassphrase: the PIN is no PIN, or easy to guess.
    """
    made, wanted = _take(invitation_id), sign_in_name.strip().lower()
    if made.email is not None or made.code_mark != mark("invitation", read_code(code)):
        raise NoInvitation
    if not is_sign_in_name(wanted):
        raise NotAName("Use 3 to 30 letters and numbers, with no spaces. Like: river-fox")
    there = member_of(wanted)
    if there is not None and there.id != made.member_id:
        raise AlreadyMember("Someone has that name. Try another one.")
    check_new_pin(pin)
    member = _join(made, wanted, made.name, pin)
    factors.give_card(member.id, read_code(code))
    return member


def _take(invitation_id: uuid.UUID) -> Invitation:
    made = session().get(Invitation, invitation_id, with_for_update=True)
    if made is None or not _is_good(made):
        raise NoInvitation
    return made


def _join(made: Invitation, email: str, name: str, passphrase: str) -> Member:
    member = session().get(Member, made.member_id) if made.member_id else None
    if member is None:
        member = Member(email=email, name=name.strip(), passphrase_hash="")
        session().add(member)
        session().flush()
    member.email, member.name, member.closed_at = email, name.strip(), None
    member.passphrase_hash = HASHER.hash(passphrase)
    give_roles(member, made.roles.split(","))
    factors.take_away_all(member.id)
    made.used_at, made.member_id = now(), member.id
    _keep_where_from(made.id, member.id)
    audit.record(member.id, "invitation taken up", "invitation", made.id)
    session().flush()
    _tell_rooms(made, member.id)
    return member


def _tell_rooms(made: Invitation, member_id: uuid.UUID) -> None:
    """Rooms that wait for somebody to join hear of it: by this invitation, or by an earlier one to the same address that it took the place of."""
    same = select(Invitation.id).where(Invitation.email == made.email) if made.email else select(Invitation.id).where(Invitation.id == made.id)
    slot("invitation_taken_up").fill(member_id, list(session().scalars(same)))


def _keep_where_from(invitation_id: uuid.UUID, member_id: uuid.UUID) -> None:
    """Where somebody comes from was said with their invitation, which goes after some weeks; from now on it stands with them."""
    said = session().scalar(select(Belonging).where(Belonging.invitation_id == invitation_id))
    if said:
        session().execute(delete(Belonging).where(Belonging.member_id == member_id))
        said.invitation_id, said.member_id = None, member_id
