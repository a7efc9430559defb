"""Drafting, sending to the board, publishing, judging."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from voice import audit, counting, identity, understanding
from voice.answering.models import Answer, AnswerOwner, AnswerTheme, SenderMark, Verdict
from voice.answering.queries import number_to_judge, public_number, stop
from voice.answering.rules import missing_from
from voice.answering.wordings import begin_anew
from voice.storage import now, session, today, week_of

OWNERS = ("answer_owner",)


class NotAnOwner(ValueError):
    """This member does not answer for anything."""


class CannotPublish(Exception):
    """The answer may not go out yet; `why` is a code of `rules.why_not_yet`, or the fields that are missing; `theme_id`: which of its themes."""

    def __init__(self, why: str, theme_id: uuid.UUID | None = None) -> None:
        super().__init__(why)
        self.why, self.theme_id = why, theme_id


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is answered."""

    state: str
    words: str
    owner_role: str
    organisation: str
    follow_up_on: date
    because: str | None = None
    instead: str | None = None
    evidence: str | None = None
    due_on: date | None = None
    decided_by: str | None = None
    decided_title: str | None = None
    decided_link: str | None = None


def draft(theme_id: uuid.UUID, what: Draft, by: uuid.UUID) -> uuid.UUID:
    """Write a theme's answer, or write it anew. Words the board had are kept with its verdict, new ones go to it again; what is public stays
    public until the new words are.

    Raises:
        CannotPublish: something this kind of answer cannot go without is missing.
    """
    missing = missing_from(what.state, asdict(what))
    if missing:
        raise CannotPublish(", ".join(missing))
    there = session().get(AnswerTheme, theme_id)
    row = session().get_one(Answer, there.answer_id, with_for_update=True) if there else Answer(theme_id=theme_id, drafted_by=by, number=1)
    begin_anew(row)
    for name, value in asdict(what).items():
        setattr(row, name, value or None)
    row.answered_on, row.written_at, row.written_by = today(), now(), by
    session().add(row)
    session().flush()
    if there is None:
        session().add(AnswerTheme(theme_id=theme_id, answer_id=row.id, since=1))
        session().flush()
    audit.record(by, "answer drafted", "theme", theme_id)
    return row.id


def send_to_board(answer_id: uuid.UUID, by: uuid.UUID) -> None:
    """The board sees it before the public does."""
    row = session().get_one(Answer, answer_id)
    row.sent_to_board_on = row.sent_to_board_on or today()
    session().flush()
    audit.record(by, "sent to the board", "answer", answer_id)


def give(theme_id: uuid.UUID, member_id: uuid.UUID | None, by: uuid.UUID) -> bool:
    """Say whose the answer to this theme is; None: nobody's in particular. Returns whether that changed anything.

    Raises:
        NotAnOwner: they do not answer for anything, or have left.
    """
    owner = identity.person(member_id) if member_id else None
    if member_id and not (owner and owner.roles & set(OWNERS)):
        raise NotAnOwner
    row = session().get(AnswerOwner, theme_id)
    if (row.member_id if row else None) == member_id:
        return False
    if row:
        session().delete(row)
        session().flush()
    if member_id:
        session().add(AnswerOwner(theme_id=theme_id, member_id=member_id, given_by=by))
    session().flush()
    audit.record(by, "answer given to someone" if member_id else "answer given to nobody", "theme", theme_id)
    return True


def publish(answer_id: uuid.UUID, by: uuid.UUID) -> None:
    """Show it to everyone at each of its themes, with how many said these frozen as of now.

    Raises:
        CannotPublish: the board has not had its days, objects, or too few said one of its themes; or it is their own, and a day has not passed.
    """
    row = session().get_one(Answer, answer_id)
    stopped = stop(answer_id, by)
    if stopped:
        raise CannotPublish(stopped.why, stopped.theme_id)
    row.published_on, row.published_by = row.published_on or today(), row.published_by or by
    for theme_id in session().scalars(select(AnswerTheme.theme_id).where(AnswerTheme.answer_id == answer_id)):
        counting.freeze(theme_id, understanding.theme_views(theme_id))
    session().flush()
    audit.record(by, "published", "answer", answer_id)


def judge(answer_id: uuid.UUID, member_id: uuid.UUID, verdict: str) -> None:
    """A board member's verdict (fair, not_yet or not_answered) on the newest words it had.

    Raises:
        ValueError: the board had none yet.
    """
    number = number_to_judge(answer_id)
    if number is None:
        raise ValueError("The board has not had this answer.")
    row = session().get(Verdict, (answer_id, number, member_id)) or Verdict(answer_id=answer_id, number=number, member_id=member_id)
    row.verdict = verdict
    session().add(row)
    session().flush()


def mark(answer_id: uuid.UUID, submission_id: uuid.UUID, mark: str) -> None:
    """What the sender, by their receipt, thinks of what is public: fair, or not_good_enough."""
    row = session().get(SenderMark, (answer_id, submission_id)) or SenderMark(answer_id=answer_id, submission_id=submission_id)
    row.mark, row.week, row.number = mark, week_of(today()), public_number(answer_id) or 1
    session().add(row)
    session().flush()
