"""The board's room: heard, weighed, said, objected."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today


class Hearing(Model):
    """The board heard this theme."""

    __tablename__ = "hearing"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    heard_on: Mapped[date] = mapped_column(default=today)
    marked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class Vote(Model):
    """How much it matters, said in private: 1 a little, 2 quite a lot, 3 a great deal."""

    __tablename__ = "vote"
    __table_args__ = (CheckConstraint("weight between 1 and 3", name="weight_is_1_to_3"),)

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
    weight: Mapped[int]


class BoardWords(Model):
    """The board's own words on a theme, published beside the council's."""

    __tablename__ = "board_words"
    __table_args__ = (CheckConstraint("length(words) > 0", name="has_words"),)

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str]
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    written_on: Mapped[date] = mapped_column(default=today)


class Objection(Model):
    """“That isn’t what they said”: the theme’s sentence stays unpublished until it is put right or answered."""

    __tablename__ = "objection"
    __table_args__ = (CheckConstraint("(settled_on is null) = (settlement is null)", name="settling_says_how"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    words: Mapped[str]
    raised_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    raised_on: Mapped[date] = mapped_column(default=today)
    settled_on: Mapped[date | None]
    settlement: Mapped[str | None]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class ThemeProposal(Model):
    """A theme that a board member hears in some cards. An officer makes it one, puts it to one, or says why not; the board sees which."""

    __tablename__ = "theme_proposal"
    __table_args__ = (
        CheckConstraint("length(words) > 0", name="has_words"),
        CheckConstraint("outcome in ('made', 'joined', 'declined')", name="outcome_is_known"),
        CheckConstraint("(outcome is null) = (settled_on is null) and (outcome is null) = (settled_by is null)", name="settling_is_whole"),
        CheckConstraint("outcome is null or (outcome = 'declined') = (reason is not null)", name="declining_says_why"),
        CheckConstraint("outcome is null or (outcome = 'declined') = (became_id is null)", name="or_becomes_a_theme"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)  # whose cards they came from
    words: Mapped[str]
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    proposed_on: Mapped[date] = mapped_column(default=today)
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    became_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    settled_on: Mapped[date | None]
    settled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))


class ThemeProposalView(Model):
    """A card that a proposal names."""

    __tablename__ = "theme_proposal_view"

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme_proposal.id", ondelete="CASCADE"), primary_key=True)
    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True, index=True)
