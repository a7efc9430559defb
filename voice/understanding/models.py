"""Tags that people confirmed, what the machine suggested (kept apart), tone, and themes."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today


class Sorting(Model):
    """A person looked at what a view is about. With no tag beside it, they said: none of these."""

    __tablename__ = "sorting"

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    sorted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    sorted_on: Mapped[date] = mapped_column(default=today)
    suggested: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # what the machine had said, and which machine; never a tag


class Tag(Model):
    __tablename__ = "tag"
    __table_args__ = (Index("ix_tag_priority_id", "priority_id"),)

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    priority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("priority.id"), primary_key=True)


class Tone(Model):
    """A person's correction or confirmation of the guessed tone."""

    __tablename__ = "tone"
    __table_args__ = (CheckConstraint("tone in ('positive', 'negative', 'mixed', 'neutral')", name="tone_is_known"),)

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    tone: Mapped[str]
    guessed: Mapped[str | None]
    set_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class Theme(Model):
    """“You said”: a sentence many views share, under a priority."""

    __tablename__ = "theme"
    __table_args__ = (CheckConstraint("length(you_said) > 0", name="has_words"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    priority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("priority.id"), index=True)
    you_said: Mapped[str]
    place: Mapped[str | None]  # a locality's code; None is all of the county
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_on: Mapped[date] = mapped_column(default=today)


class ThemeView(Model):
    __tablename__ = "theme_view"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True, index=True)


class PriorityReview(Model):
    """Somebody looked whether a priority's words are still right; `owner` is the role that answers for them."""

    __tablename__ = "priority_review"
    __table_args__ = (CheckConstraint("length(owner) > 0", name="has_an_owner"),)

    priority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("priority.id"), primary_key=True)
    owner: Mapped[str]
    reviewed_on: Mapped[date] = mapped_column(default=today)
    reviewed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
