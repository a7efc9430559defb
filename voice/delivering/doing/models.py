"""How far actions are: whose they are, what was said of them and when, milestones, places, the answers they carry out; who is asked; the
quarter's report."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today


class ActionOwner(Model):
    """Whose an action is: a role of an organisation, which everyone may read, and the member who says how it goes, where there is one."""

    __tablename__ = "action_owner"
    __table_args__ = (CheckConstraint("length(role) > 0 and length(organisation) > 0", name="names_role_and_organisation"),)

    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str]
    organisation: Mapped[str]
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    done_by: Mapped[date | None]  # the day by which it is to be done
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    given_on: Mapped[date] = mapped_column(default=today)


class ActionUpdate(Model):
    """How an action goes, as somebody said on a day. Rows are added, never changed; words that should not stand can be taken down, and that
    shows (the database holds to both)."""

    __tablename__ = "action_update"
    __table_args__ = (
        CheckConstraint("status in ('not_begun', 'on_the_way', 'done', 'stopped')", name="status_is_known"),
        CheckConstraint("status <> 'stopped' or why is not null", name="stopped_says_why"),
        CheckConstraint("status <> 'done' or evidence is not null", name="done_shows_evidence"),
        CheckConstraint("not was_late or status = 'done' or why is not null", name="late_says_why"),
        CheckConstraint("(taken_down_on is null) = (taken_down_why is null)", name="taken_down_says_why"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id"), index=True)
    status: Mapped[str]
    words: Mapped[str | None]
    why: Mapped[str | None]
    evidence: Mapped[str | None]
    was_late: Mapped[bool] = mapped_column(default=False)  # something of it was past its day when this was said
    role: Mapped[str]  # who said it, as everyone may read it
    organisation: Mapped[str]
    said_on: Mapped[date] = mapped_column(default=today)
    said_at: Mapped[datetime] = mapped_column(Moment, default=now)
    said_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    taken_down_on: Mapped[date | None]
    taken_down_why: Mapped[str | None]
    taken_down_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class Milestone(Model):
    """A step of an action with a day. It is reached, or dropped with a reason; a day is not moved, another milestone takes its place."""

    __tablename__ = "action_milestone"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("(dropped_on is null) = (dropped_why is null)", name="dropped_says_why"),
        CheckConstraint("reached_on is null or dropped_on is null", name="reached_or_dropped"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    due_on: Mapped[date]
    locality_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("locality.id"))  # where, if it is of one place
    added_on: Mapped[date] = mapped_column(default=today)
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    reached_on: Mapped[date | None]
    reached_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    dropped_on: Mapped[date | None]
    dropped_why: Mapped[str | None]
    dropped_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class ActionPlace(Model):
    """A locality an action is for; an action with none is for all of the county."""

    __tablename__ = "action_place"

    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), primary_key=True)
    locality_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("locality.id", ondelete="CASCADE"), primary_key=True)


class ActionAnswer(Model):
    """An answer to young people that this action carries out."""

    __tablename__ = "action_answer"

    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"), primary_key=True)
    answer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"), primary_key=True, index=True)
    tied_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    tied_on: Mapped[date] = mapped_column(default=today)


class MonitoringRound(Model):
    """One time an owner was asked how things go: one letter with all that was due, and at most one reminder."""

    __tablename__ = "monitoring_round"
    __table_args__ = (UniqueConstraint("member_id", "asked_on"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    asked_on: Mapped[date] = mapped_column(default=today)
    letter_on: Mapped[date | None]  # none: it has not gone yet
    reminded_on: Mapped[date | None]


class MonitoringItem(Model):
    """An action or a measure that was asked about in a round, and when word of it was due."""

    __tablename__ = "monitoring_item"
    __table_args__ = (
        CheckConstraint("(action_id is null) <> (measure_id is null)", name="is_of_one_thing"),
        UniqueConstraint("round_id", "action_id"),
        UniqueConstraint("round_id", "measure_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("monitoring_round.id", ondelete="CASCADE"))
    action_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("action.id", ondelete="CASCADE"))
    measure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("measure.id", ondelete="CASCADE"))
    due_on: Mapped[date]


class QuarterReport(Model):
    """A quarter's page for the Health and Wellbeing Board. A draft has its questions alone; made final it has all it shows, for good."""

    __tablename__ = "quarter_report"
    __table_args__ = (
        UniqueConstraint("plan_id", "year", "quarter"),
        CheckConstraint("quarter between 1 and 4", name="quarter_is_known"),
        CheckConstraint("(final_on is null) = (final_by is null) and (final_on is null) = (shown is null)", name="final_is_whole"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    year: Mapped[int]
    quarter: Mapped[int]
    decide: Mapped[str]  # what we want the board to decide, a line each
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # as composed on the day it was made final
    written_on: Mapped[date] = mapped_column(default=today)
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    final_on: Mapped[date | None]
    final_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
