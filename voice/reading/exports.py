"""Words as they were said, as a file: one asks and says why, another says yes, and within a day it is taken once.

The file is made when it is taken and stands nowhere of ours; each line says for whom and when.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from voice import audit, inviting, safeguarding
from voice.keeping.models import Submission, View
from voice.reading.models import RawExport, Reading
from voice.storage import now, session, week_of

GOOD_FOR = timedelta(hours=24)  # from the second person’s yes to the one taking
ASKED_FOR = timedelta(days=7)  # a request nobody answers lapses


class NeedsAnother(Exception):
    """Whoever asks cannot say yes to it themselves."""


class NotNow(Exception):
    """It was answered, taken or has lapsed; or it is somebody else’s."""


@dataclass(frozen=True)
class Export:
    """One request, as its page shows it; never a word of a child."""

    id: uuid.UUID
    activity_id: uuid.UUID
    reason: str
    asked_by: uuid.UUID
    asked_at: datetime
    answered_by: uuid.UUID | None
    said_yes: bool | None
    until: datetime  # the last moment of the step it is in
    taken_at: datetime | None

    @property
    def stage(self) -> str:
        """asked, agreed, refused, taken or lapsed."""
        if self.taken_at is not None:
            return "taken"
        if self.said_yes is False:
            return "refused"
        if now() > self.until:
            return "lapsed"
        return "agreed" if self.said_yes else "asked"


@dataclass(frozen=True)
class Line:
    """One view in the file. Nothing ties it to what the same sender said elsewhere: no number, and the week, not the day."""

    week: str
    question: str
    words: str
    language: str
    decision: str


def ask(activity_id: uuid.UUID, reason: str, by: uuid.UUID) -> uuid.UUID:
    """Ask for the words of one activity."""
    row = RawExport(activity_id=activity_id, reason=reason, asked_by=by)
    session().add(row)
    session().flush()
    audit.record(by, "raw export asked for", "export", row.id, reason)
    return row.id


def answer(export_id: uuid.UUID, by: uuid.UUID, *, yes: bool) -> None:
    """The second person says yes or no.

    Raises:
        NeedsAnother: they asked for it themselves.
        NotNow: it was answered or has lapsed.
    """
    row = _locked(export_id)
    if row.asked_by == by:
        raise NeedsAnother
    if _facts(row).stage != "asked":
        raise NotNow
    row.answered_by, row.answered_at, row.said_yes = by, now(), yes
    session().flush()
    audit.record(by, "raw export agreed to" if yes else "raw export refused", "export", export_id)


def take(export_id: uuid.UUID, by: uuid.UUID) -> list[Line]:
    """The words, once, for whoever asked. What the lead holds and what groups of other readers said are not among them.

    The reading of each is recorded, and that it was taken stands, before the caller has a word of it.

    Raises:
        NotNow: nobody said yes, a day has passed, it was taken, or it is somebody else’s.
    """
    row = _locked(export_id)
    if row.asked_by != by or _facts(row).stage != "agreed":
        raise NotNow
    found = (
        session()
        .execute(
            select(View.id, View.received_on, View.question, View.words, View.language, Reading.decision)
            .join(Submission, Submission.id == View.submission_id)
            .outerjoin(Reading, Reading.view_id == View.id)
            .where(_within(row.activity_id, by))
        )
        .all()
    )
    row.taken_at = now()
    audit.record(by, "raw export taken", "export", export_id)
    audit.read_raw(by, "exported", "view", [each[0] for each in found])
    lines = [
        Line(week_of(day).isoformat(), question, words, language, decision or "waiting") for _, day, question, words, language, decision in found
    ]
    secrets.SystemRandom().shuffle(lines)
    return lines


def how_many(activity_id: uuid.UUID, by: uuid.UUID) -> int:
    """How many views the file would hold, for the reading room."""
    wanted = select(func.count(View.id)).join(Submission, Submission.id == View.submission_id).where(_within(activity_id, by))
    return session().scalar(wanted) or 0


def exports(by: uuid.UUID, *, may_answer: bool) -> Sequence[Export]:
    """Requests of this member, and those that wait for another’s yes where they may give it; newest first."""
    theirs = RawExport.asked_by == by
    waiting = and_(RawExport.answered_at.is_(None), RawExport.asked_at > now() - ASKED_FOR)
    wanted = or_(theirs, waiting) if may_answer else theirs
    return [_facts(row) for row in session().scalars(select(RawExport).where(wanted).order_by(RawExport.asked_at.desc()).limit(50))]


def export(export_id: uuid.UUID) -> Export | None:
    row = session().get(RawExport, export_id)
    return _facts(row) if row else None


def to_answer(by: uuid.UUID) -> int:
    """How many wait for a yes that this member could give."""
    wanted = select(func.count()).where(RawExport.answered_at.is_(None), RawExport.asked_at > now() - ASKED_FOR, RawExport.asked_by != by)
    return session().scalar(wanted) or 0


def _within(activity_id: uuid.UUID, by: uuid.UUID) -> ColumnElement[bool]:
    return and_(
        Submission.activity_id == activity_id,
        Submission.id.not_in(safeguarding.held()),
        Submission.id.not_in(inviting.hidden_submissions(by)),
    )


def _locked(export_id: uuid.UUID) -> RawExport:
    """Two who press at once are one after the other."""
    return session().scalars(select(RawExport).where(RawExport.id == export_id).with_for_update()).one()


def _facts(row: RawExport) -> Export:
    until = row.answered_at + GOOD_FOR if row.answered_at else row.asked_at + ASKED_FOR
    return Export(row.id, row.activity_id, row.reason, row.asked_by, row.asked_at, row.answered_by, row.said_yes, until, row.taken_at)
