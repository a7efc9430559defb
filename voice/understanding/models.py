"""Tags that people confirmed, what the machine suggested (kept apart), tone, and themes."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today


class Sorting(Model):
    """A person looked at what a view is about. With no tag beside it, they said: none of these."""

    __tablename__ = "sorting"

    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True)
    sorted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    sorted_on: Mapped[date] = mapped_column(default=today)
    suggested: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # what the machine had said, and which machine; never a tag
    chosen: Mapped[int | None]  # how many tags the person chose, and how many of them the machine had suggested; none: it suggested nothing
    among: Mapped[int | None]


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
    merged_into: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("theme.id"), index=True)
    """The theme that has its views now. It keeps its address, which leads there, and all that was said about it."""


class ThemeView(Model):
    __tablename__ = "theme_view"

    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True, index=True)


class ThemeQuote(Model):
    """A view whose words stand beside its theme for everyone. It goes when the view leaves the theme; whether it shows is asked anew each time."""

    __tablename__ = "theme_quote"
    __table_args__ = (ForeignKeyConstraint(["theme_id", "view_id"], ["theme_view.theme_id", "theme_view.view_id"], ondelete="CASCADE"),)

    theme_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    view_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    place: Mapped[int]
    picked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class ThemeChange(Model):
    """A theme went into another (`merged`), or came out of one (`split`): what it was, so that it can be undone."""

    __tablename__ = "theme_change"
    __table_args__ = (
        CheckConstraint("kind in ('merged', 'split')", name="kind_is_known"),
        CheckConstraint("theme_id <> other_id", name="two_themes"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    theme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)  # merged away, or newly made
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)  # went into, or came out of
    step: Mapped[int]  # how far the other was on its way; see `merging.Standing`
    changed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    changed_on: Mapped[date] = mapped_column(default=today)
    undone_on: Mapped[date | None]


class ThemeChangeView(Model):
    """A view that went along. `was_there`: it stands in the other theme for itself, so that undoing leaves it there."""

    __tablename__ = "theme_change_view"

    change_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("theme_change.id", ondelete="CASCADE"), primary_key=True)
    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), primary_key=True, index=True)
    was_there: Mapped[bool]


class PriorityReview(Model):
    """Somebody looked whether a priority's words are still right; `owner` is the role that answers for them."""

    __tablename__ = "priority_review"
    __table_args__ = (CheckConstraint("length(owner) > 0", name="has_an_owner"),)

    priority_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("priority.id"), primary_key=True)
    owner: Mapped[str]
    reviewed_on: Mapped[date] = mapped_column(default=today)
    reviewed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


KINDS = "kind in ('priorities', 'tone')"


class Taught(Model):
    """How often people taught the machine something, and how often something it may have learned from was erased: counts that only rise."""

    __tablename__ = "taught"
    __table_args__ = (CheckConstraint(KINDS, name="kind_is_known"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    changes: Mapped[int] = mapped_column(default=0)
    erased: Mapped[int] = mapped_column(default=0)


class LearnedVersion(Model):
    """What was learned at one time: weights in which no word stands. One of each kind is in use, or none."""

    __tablename__ = "learned_version"
    __table_args__ = (
        CheckConstraint(KINDS, name="kind_is_known"),
        CheckConstraint("(kind = 'priorities') = (plan_id is not null)", name="tags_belong_to_a_plan"),
        UniqueConstraint("kind", "number"),
        Index("uq_learned_version_in_use", "kind", unique=True, sqlite_where=text("in_use"), postgresql_where=text("in_use")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    number: Mapped[int]
    plan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("plan.id"))
    plan_version: Mapped[int | None]
    method: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    lessons: Mapped[int]  # how many confirmed views it was made from
    changes: Mapped[int]  # as they stood in `taught` before it was made
    erased: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # shares found by cross-validation
    key_mark: Mapped[str]  # tells which key it was made with, and not the key
    weights: Mapped[bytes] = mapped_column(deferred=True)
    in_use: Mapped[bool] = mapped_column(default=False)
