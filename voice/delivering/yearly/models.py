"""A plan's annual review: a draft that people look at, then frozen for good; its linking words; the board's foreword."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today


class YearlyReview(Model):
    """One edition of the review of a year. Without a document it is a draft; with one the database lets nobody change it."""

    __tablename__ = "yearly_review"
    __table_args__ = (
        UniqueConstraint("plan_id", "year", "edition"),
        CheckConstraint("year between 1990 and 2200", name="year_is_one_of_ours"),
        CheckConstraint("edition >= 1 and (edition = 1) = (correction is null)", name="a_correction_says_what"),
        CheckConstraint("(frozen_on is null) = (document is null) and (frozen_on is null) = (digest is null)", name="freezing_is_whole"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    year: Mapped[int]
    edition: Mapped[int] = mapped_column(default=1)
    correction: Mapped[str | None]  # what a later edition puts right
    begun_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # none: by the command
    begun_on: Mapped[date] = mapped_column(default=today)
    frozen_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # none: by the command
    frozen_on: Mapped[date | None]
    digest: Mapped[str | None]  # of the document, as `documents.digest_of` takes it
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ReviewWords(Model):
    """What an officer writes between the facts of one part; the introduction is the plan's owner's."""

    __tablename__ = "review_words"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("(part = 'introduction') = (said_by is not null)", name="an_introduction_says_whose"),
    )

    review_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("yearly_review.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    said_by: Mapped[str | None]  # the role of the plan's owner, never a name
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    written_on: Mapped[date] = mapped_column(default=today)


class ReviewForeword(Model):
    """The board's foreword to a year, as a member wrote it. Its words never change: another wording is another row. A second member, or the
    chair, says yes to it; the newest that has a yes stands in the review."""

    __tablename__ = "review_foreword"
    __table_args__ = (
        Index("ix_review_foreword_plan_id_year", "plan_id", "year"),
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("(approved_by is null) = (approved_at is null)", name="approving_is_whole"),
        CheckConstraint("approved_by is null or approved_by <> written_by", name="a_second_member_approves"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    year: Mapped[int]
    words: Mapped[str]
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    written_at: Mapped[datetime] = mapped_column(Moment, default=now)
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
