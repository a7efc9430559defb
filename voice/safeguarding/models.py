"""Concerns. Every submission gets a row in the same transaction; whether it worries us is only a column."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now

OUTCOMES = ("referred", "passed_to_999", "passed_to_school_lead", "advice_left", "no_further_action")


class Screening(Model):
    __tablename__ = "screening"
    __table_args__ = (
        CheckConstraint("closed_at is null or (outcome is not null and outcome_reason is not null)", name="closing_says_why"),
        CheckConstraint("closed_at is null or opened_at is not null", name="closed_after_opened"),
        CheckConstraint("submission_id is not null or is_concern", name="only_concerns_outlive_their_words"),
        CheckConstraint("not (outcome = 'no_further_action' and is_immediate and second_by is null)", name="danger_needs_a_second_person"),
        Index("ix_screening_open", "is_concern", "closed_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submission.id", ondelete="SET NULL"), unique=True)
    is_concern: Mapped[bool]
    is_immediate: Mapped[bool] = mapped_column(default=False)
    read_first: Mapped[bool]
    kinds: Mapped[list[str]] = mapped_column(JSON)
    because: Mapped[list[str]] = mapped_column(JSON)  # words of the text that led to it; emptied with the words unless kept
    screened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    raised_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # a person raised it; None: the screen
    raised_why: Mapped[str | None]
    alerted_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    second_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    outcome: Mapped[str | None]
    outcome_reason: Mapped[str | None]
    kept: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the words, only where taken back after a worry (told beforehand)


class Drill(Model):
    """A practised alert: a lead opened a made-up concern in time."""

    __tablename__ = "drill"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    passed_at: Mapped[datetime] = mapped_column(Moment, default=now)
