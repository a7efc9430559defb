"""Steps on the way to what was answered: named, reached, or not reached and why. Each change is on record."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import func, select

from voice import audit
from voice.answering.models import Answer, AnswerMilestone
from voice.answering.queries import public_number
from voice.answering.rules import MOST_MILESTONES
from voice.storage import session, today


class TooMany(Exception):
    """An answer has at most `rules.MOST_MILESTONES` of them: more say nothing."""


class IsPublic(Exception):
    """Everyone could read it: it is not taken away, but said to be reached or not."""


class NotYet(ValueError):
    """Nobody can know today what was reached on a day to come."""


def add_milestone(answer_id: uuid.UUID, words: str, due_on: date, by: uuid.UUID) -> uuid.UUID:
    """Name a step. With public words it is public at once; with words that are on their way it goes with them.

    Raises:
        TooMany: there are enough.
    """
    row = session().get_one(Answer, answer_id, with_for_update=True)
    there = session().scalar(select(func.count()).select_from(AnswerMilestone).where(AnswerMilestone.answer_id == answer_id)) or 0
    if there >= MOST_MILESTONES:
        raise TooMany
    made = AnswerMilestone(answer_id=answer_id, since=row.number, words=words, due_on=due_on, said_by=by)
    session().add(made)
    session().flush()
    audit.record(by, "milestone added", "answer", answer_id)
    return made.id


def reached(milestone_id: uuid.UUID, on: date, by: uuid.UUID) -> None:
    """It was reached on this day.

    Raises:
        NotYet: the day is still to come.
    """
    if on > today():
        raise NotYet
    _say(milestone_id, by, "milestone reached", on, None)


def not_reached(milestone_id: uuid.UUID, why: str, by: uuid.UUID) -> None:
    """It was not reached, for this reason."""
    _say(milestone_id, by, "milestone not reached", None, why)


def open_again(milestone_id: uuid.UUID, by: uuid.UUID) -> None:
    """What was said of it does not hold: it is still to be reached."""
    _say(milestone_id, by, "milestone open again", None, None)


def remove(milestone_id: uuid.UUID, by: uuid.UUID) -> None:
    """Take a step away that nobody outside could read.

    Raises:
        IsPublic: somebody could.
    """
    row = session().get_one(AnswerMilestone, milestone_id)
    if row.since <= (public_number(row.answer_id) or 0):
        raise IsPublic
    answer_id = row.answer_id
    session().delete(row)
    session().flush()
    audit.record(by, "milestone taken away", "answer", answer_id)


def _say(milestone_id: uuid.UUID, by: uuid.UUID, what: str, reached_on: date | None, why_not: str | None) -> None:
    row = session().get_one(AnswerMilestone, milestone_id)
    row.reached_on, row.why_not, row.said_on, row.said_by = reached_on, why_not, today(), by
    session().flush()
    audit.record(by, what, "answer", row.answer_id)
