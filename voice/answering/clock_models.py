"""When activities and themes were first answered, kept because what it is worked out from goes in time; and how it was to be listened to."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.answering.clock_rules import QUESTIONS, SAID
from voice.storage import Model


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return "{} in ({})".format(column, ", ".join(f"'{each}'" for each in values))


class SenderSaid(Model):
    """How one sender, by their receipt, found an answer: were they listened to, did it help. Two questions, two rows. Goes with the submission."""

    __tablename__ = "sender_said"
    __table_args__ = (
        CheckConstraint(_one_of("question", QUESTIONS), name="question_is_known"),
        CheckConstraint(_one_of("said", SAID), name="said_is_known"),
    )

    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True, index=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[str]
    week: Mapped[date]
    number: Mapped[int] = mapped_column(default=1)  # of the words it is about


class ActivityClock(Model):
    """An activity that was answered, or whose day to be answered has passed. It is only ever filled in."""

    __tablename__ = "activity_clock"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    is_heard: Mapped[bool]  # three people or more wrote to it, as its day passed: only then is it shown to all
    answered_on: Mapped[date | None]  # the first answer everyone could read


class ThemeClock(Model):
    """A theme that the board heard: by when we said we would answer, and when we first did. It is only ever filled in."""

    __tablename__ = "theme_clock"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    said_week: Mapped[date | None]  # by when three had said it, where they did in activities that never close
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
