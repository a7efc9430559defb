"""What the sender of a concern asked of us: how to reach them, what was tried, and the replies left behind their receipt."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from voice import contacting, identity
from voice.contacting import Contact, Reply, Standing
from voice.safeguarding.queries import Concern


@dataclass(frozen=True)
class Try:
    """One time a lead reached them, or could not."""

    reached: bool
    on: date
    by: str  # their name


@dataclass(frozen=True)
class Asked:
    """For a lead alone. `contact` is None where nothing was given or it is wiped; `is_lost`: we cannot open it, its key is another."""

    standing: Standing | None  # None: they asked for nothing
    contact: Contact | None
    is_lost: bool
    tries: list[Try]
    left: list[tuple[Reply, date]]
    offered: list[Reply]


def asked_by(found: Concern, by: uuid.UUID) -> Asked | None:
    """What the sender asked for; None where they took it back. Reading how to reach them is recorded first."""
    if found.submission_id is None:
        return None
    left = contacting.replies_to(found.submission_id)
    standing, known = contacting.standing(found.submission_id), {reply.code for reply, _day in left}
    contact, is_lost = _opened(found.submission_id, by) if standing and standing.door == "contact" else (None, False)
    tried = [Try(each.outcome == "reached", each.tried_on, _name(each.by)) for each in contacting.tries(found.submission_id)]
    offered = [each for each in contacting.replies(lead=True) if each.code not in known]
    return Asked(standing, contact, is_lost, tried, left, offered)


def _opened(submission_id: uuid.UUID, by: uuid.UUID) -> tuple[Contact | None, bool]:
    try:
        return contacting.open_contact(submission_id, by), False
    except contacting.Unreadable:
        return None, True


def _name(member_id: uuid.UUID) -> str:
    person = identity.person(member_id)
    return person.name if person else ""
