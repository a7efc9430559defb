"""“We did”: answers, and what the board and the senders think of them."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today


class Answer(Model):
    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("state in ('done', 'doing', 'will', 'cant')", name="state_is_known"),
        CheckConstraint("state <> 'cant' or (because is not null and instead is not null)", name="cant_says_why_and_what_instead"),
        CheckConstraint("state <> 'done' or evidence is not null", name="done_shows_evidence"),
        CheckConstraint("state not in ('doing', 'will') or due_on is not null", name="what_is_to_come_has_a_date"),
        CheckConstraint("published_on is null or (sent_to_board_on is not null and published_by is not null)", name="the_board_sees_it_first"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str]
    words: Mapped[str]
    because: Mapped[str | None]
    instead: Mapped[str | None]
    evidence: Mapped[str | None]
    owner_role: Mapped[str]
    organisation: Mapped[str]
    answered_on: Mapped[date] = mapped_column(default=today)
    due_on: Mapped[date | None]
    follow_up_on: Mapped[date]
    drafted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    sent_to_board_on: Mapped[date | None]
    published_on: Mapped[date | None]
    published_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    written_at: Mapped[datetime | None] = mapped_column(Moment, default=now)  # the words as they stand; none: before we kept it
    written_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class AnswerOwner(Model):
    """Whose the answer to a theme is to give, before there is one and after."""

    __tablename__ = "answer_owner"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), index=True)
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    given_on: Mapped[date] = mapped_column(default=today)


class Verdict(Model):
    """One board member's judgement of an answer; the board's is the one most members share."""

    __tablename__ = "verdict"
    __table_args__ = (CheckConstraint("verdict in ('fair', 'not_yet', 'not_answered')", name="verdict_is_known"),)

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    verdict: Mapped[str]


class SenderMark(Model):
    """What a sender, by their receipt, thinks of an answer. Goes with the submission."""

    __tablename__ = "sender_mark"
    __table_args__ = (CheckConstraint("mark in ('fair', 'not_good_enough')", name="mark_is_known"),)

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str]
    week: Mapped[date]
