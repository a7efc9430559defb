"""What someone asked of us, and what was done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from voice.contacting.approved import Reply, reply_of_code
from voice.contacting.models import ContactRequest, ContactTry, Wish
from voice.contacting.models import Reply as ReplyRow
from voice.contacting.rules import days_waiting
from voice.storage import session, today


@dataclass(frozen=True)
class Standing:
    """What one sender asked for. `wiped_on`: how to reach them is gone since."""

    door: str
    asked_on: date
    wiped_on: date | None = None


@dataclass(frozen=True)
class Tried:
    """One time a lead reached someone, or could not."""

    outcome: str
    tried_on: date
    by: uuid.UUID


@dataclass(frozen=True)
class Unanswered:
    """Someone asked for a reply and has none yet."""

    submission_id: uuid.UUID
    asked_on: date

    @property
    def days(self) -> int:
        return days_waiting(self.asked_on, today())


def standing(submission_id: uuid.UUID) -> Standing | None:
    """What this sender asked for; None: to be heard, and no more."""
    row, contact = session().get(Wish, submission_id), session().get(ContactRequest, submission_id)
    return Standing(row.door, row.asked_on, contact.wiped_on if contact else None) if row else None


def tries(submission_id: uuid.UUID) -> list[Tried]:
    """Each time a lead reached them or could not, oldest first."""
    rows = session().scalars(select(ContactTry).where(ContactTry.submission_id == submission_id).order_by(ContactTry.tried_on, ContactTry.id))
    return [Tried(row.outcome, row.tried_on, row.by) for row in rows]


def replies_to(submission_id: uuid.UUID) -> list[tuple[Reply, date]]:
    """The approved words left behind this receipt, newest first, each with its day."""
    rows = session().scalars(select(ReplyRow).where(ReplyRow.submission_id == submission_id).order_by(ReplyRow.sent_on.desc(), ReplyRow.code))
    return [(reply_of_code(row.code), row.sent_on) for row in rows]


def unanswered() -> list[Unanswered]:
    """Everyone who asked for a reply and has none, who waits longest first. Who may answer which is for the caller to say."""
    answered = select(ReplyRow.submission_id)
    rows = session().scalars(
        select(Wish).where(Wish.door == "reply", Wish.submission_id.not_in(answered)).order_by(Wish.asked_on, Wish.submission_id)
    )
    return [Unanswered(row.submission_id, row.asked_on) for row in rows]
