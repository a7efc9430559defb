"""Councils, what they ask their own, and what they decided."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today


class Council(Model):
    """A school council, or the youth council: run by whoever signs in for its school, or by a board worker."""

    __tablename__ = "council"
    __table_args__ = (
        CheckConstraint("kind in ('school', 'youth')", name="kind_is_known"),
        CheckConstraint("(organisation_id is null) <> (worker_id is null)", name="somebody_runs_it"),
        CheckConstraint("length(name) between 2 and 120", name="name_is_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    worker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_on: Mapped[date] = mapped_column(default=today)
    ended_on: Mapped[date | None]


class CouncilActivity(Model):
    """An activity that a council runs."""

    __tablename__ = "council_activity"

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    council_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("council.id"), index=True)


class CouncilDecision(Model):
    """“We talked about this, we decided this, we ask for this.” An officer reads it; only what they let through (`shown`) is before the board."""

    __tablename__ = "council_decision"
    __table_args__ = (
        CheckConstraint("length(talked_about) > 0 and length(decided) > 0 and length(asked_for) > 0", name="has_words"),
        CheckConstraint("outcome in ('passed', 'sent_back')", name="outcome_is_known"),
        CheckConstraint("(outcome is null) = (read_on is null) and (outcome is null) = (read_by is null)", name="reading_is_whole"),
        CheckConstraint("(coalesce(outcome, '') = 'passed') = (shown is not null)", name="shown_where_it_passed"),
        CheckConstraint("outcome is null or (outcome = 'sent_back') = (reason is not null)", name="sending_back_says_why"),
        CheckConstraint("(reply is null) = (replied_on is null) and (reply is null) = (replied_by is null)", name="reply_is_whole"),
        CheckConstraint("shown is not null or (reply is null and theme_id is null)", name="the_board_has_what_passed"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    council_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("council.id"), index=True)
    activity_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("activity.id"))  # what they had asked their own
    talked_about: Mapped[str]
    decided: Mapped[str]
    asked_for: Mapped[str]
    minority: Mapped[str | None]  # what some of them thought instead
    sent_on: Mapped[date] = mapped_column(default=today)
    sent_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    outcome: Mapped[str | None]
    reason: Mapped[str | None]  # why it went back, to the council
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # the four texts as an officer let them through
    read_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    read_on: Mapped[date | None]
    theme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"), index=True)  # the board took it there
    reply: Mapped[str | None]  # the board’s answer
    replied_on: Mapped[date | None]
    replied_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
