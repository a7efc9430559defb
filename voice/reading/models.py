"""What a person decided after reading a view."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today


class Reading(Model):
    __tablename__ = "reading"
    __table_args__ = (
        CheckConstraint("decision in ('cleared', 'redacted', 'withheld')", name="decision_is_known"),
        CheckConstraint("(decision = 'redacted') = (shown_words is not null)", name="redacted_has_its_words"),
        CheckConstraint("decision = 'cleared' or reason is not null", name="holding_back_says_why"),
    )

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    decision: Mapped[str]
    reason: Mapped[str | None]
    shown_words: Mapped[str | None]
    read_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    read_on: Mapped[date] = mapped_column(default=today)


class RawExport(Model):
    """A request for words as they were said, as a file. Two people, a reason, a day, once."""

    __tablename__ = "raw_export"
    __table_args__ = (
        CheckConstraint("answered_by is null or answered_by <> asked_by", name="two_people"),
        CheckConstraint("length(reason) >= 10", name="says_why"),
        CheckConstraint("(answered_at is null) = (answered_by is null) and (answered_at is null) = (said_yes is null)", name="answers_are_whole"),
        CheckConstraint("taken_at is null or said_yes", name="taken_after_a_yes"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id"))
    reason: Mapped[str]
    asked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    said_yes: Mapped[bool | None]
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
