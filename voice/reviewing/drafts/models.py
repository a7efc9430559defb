"""A draft, its parts, what members think of each in private, and what the board says together."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today


class BoardDraft(Model):
    """A draft plan or strategy. The days say how far it is: made, laid before the board, closed and with its owner, answered."""

    __tablename__ = "board_draft"
    __table_args__ = (
        CheckConstraint("kind in ('plan', 'strategy')", name="kind_is_known"),
        CheckConstraint("length(title) > 0", name="has_a_title"),
        CheckConstraint("(laid_on is null) = (until is null)", name="laid_until_a_day"),
        CheckConstraint("until is null or until >= laid_on", name="ends_after_it_begins"),
        CheckConstraint("closed_on is null or laid_on is not null", name="closed_after_it_was_laid"),
        CheckConstraint("answered_on is null or closed_on is not null", name="answered_after_it_closed"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    title: Mapped[str]
    plan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plan.id"))  # whose priorities its parts are
    owner_role: Mapped[str]
    organisation: Mapped[str]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # who answers here for that role
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_on: Mapped[date] = mapped_column(default=today)
    laid_on: Mapped[date | None]
    until: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    answered_on: Mapped[date | None]


class BoardDraftSection(Model):
    """One part of a draft, and what its owner did with what the board said of it."""

    __tablename__ = "board_draft_section"
    __table_args__ = (
        UniqueConstraint("draft_id", "place"),
        CheckConstraint("place > 0", name="place_counts_from_1"),
        CheckConstraint("length(title) > 0 and length(words) > 0", name="has_words"),
        CheckConstraint("outcome in ('changed', 'not_changed')", name="outcome_is_known"),
        CheckConstraint("(outcome is null) = (answer is null) and (outcome is null) = (answered_by is null)", name="answer_is_whole"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("board_draft.id", ondelete="CASCADE"))
    place: Mapped[int]
    title: Mapped[str]
    words: Mapped[str]
    priority_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("priority.id"))
    outcome: Mapped[str | None]
    answer: Mapped[str | None]  # how it was changed, or why not
    answered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class BoardDraftSay(Model):
    """What one member thinks of one part: the stance is theirs alone, the comment is read by the board without a name."""

    __tablename__ = "board_draft_say"
    __table_args__ = (
        CheckConstraint("stance in ('agree', 'change', 'not_sure')", name="stance_is_known"),
        CheckConstraint("stance is not null or words is not null", name="says_something"),
    )

    section_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("board_draft_section.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    stance: Mapped[str | None]
    words: Mapped[str | None]
    held: Mapped[bool] = mapped_column(default=False)  # the board’s worker looks at it before other members do
    said_on: Mapped[date] = mapped_column(default=today)


class BoardDraftWords(Model):
    """What the board says together of a part (place 0: of the whole), one row for each time it was written."""

    __tablename__ = "board_draft_words"
    __table_args__ = (CheckConstraint("number > 0 and place >= 0", name="counts_from_1"), CheckConstraint("length(words) > 0", name="has_words"))

    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("board_draft.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str]
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    written_at: Mapped[datetime] = mapped_column(Moment, default=now)
