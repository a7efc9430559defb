"""Asking a leader, and the leader’s answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from voice import audit, identity
from voice.reviewing.meeting.models import LeaderAsk
from voice.storage import session, today

LEADERS = ("answer_owner", "partner")


class NotALeader(ValueError):
    """This member answers for nothing."""


class AlreadyAnswered(Exception):
    """Somebody did. The board has read it."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    words: str
    owner_role: str
    organisation: str
    owner_id: uuid.UUID | None
    due_on: date
    may_be_public: bool


def leaders() -> list[identity.Person]:
    """Members an ask may go to."""
    return identity.members_with(*LEADERS)


def ask_leader(meeting_id: uuid.UUID, theme_id: uuid.UUID | None, what: Asked, by: uuid.UUID) -> uuid.UUID:
    """
    Raises:
        NotALeader: the member named answers for nothing, or has left.
    """
    if what.owner_id and what.owner_id not in {each.id for each in leaders()}:
        raise NotALeader
    row = LeaderAsk(meeting_id=meeting_id, theme_id=theme_id, asked_by=by, **vars(what))
    session().add(row)
    session().flush()
    audit.record(by, "leader asked", "ask", row.id)
    return row.id


def answer_ask(ask_id: uuid.UUID, words: str, by: uuid.UUID) -> None:
    """What came of it, by its owner or by an officer who heard it from them.

    Raises:
        AlreadyAnswered: somebody did.
    """
    row = session().get_one(LeaderAsk, ask_id, with_for_update=True)
    if row.answered_on is not None:
        raise AlreadyAnswered
    row.answer, row.answered_on, row.answered_by = words, today(), by
    session().flush()
    audit.record(by, "ask answered", "ask", ask_id)
