"""A young person's pledge: its words are kept like any view, its picture like any picture; here is only what makes it a pledge."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id

KINDS: Final = ("drawing", "card", "avatar", "words", "selfie")
"""How a pledge is shown, those without a face first: drawn on the screen, a photo of a drawing or a card, a drawn person, words alone, a photo."""
WITH_PICTURE: Final = ("drawing", "card", "selfie")


class Pledge(Model):
    __tablename__ = "pledge"
    __table_args__ = (
        CheckConstraint("kind in ('words', 'avatar', 'drawing', 'card', 'selfie')", name="kind_is_known"),
        CheckConstraint("grown_up_hash is null or length(grown_up_hash) = 64", name="grown_up_hash_is_whole"),
        CheckConstraint("words_agreed_on is null or is_under_13", name="a_parent_agrees_for_under_13"),
        CheckConstraint("picture_agreed_on is null or words_agreed_on is not null", name="no_picture_without_words"),
        Index("ux_pledge_grown_up_hash", "grown_up_hash", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), unique=True)
    view_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("view.id", ondelete="CASCADE"), unique=True)
    priority_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("priority.id"), index=True)
    avatar: Mapped[dict[str, Any]] = mapped_column(JSON)  # stands in wherever the picture is not shown
    kind: Mapped[str] = mapped_column(default="avatar")
    is_under_13: Mapped[bool] = mapped_column(default=False)  # nothing finer is asked; pledges from before were not asked
    shows_picture: Mapped[bool] = mapped_column(default=False)  # the sender agreed to the picture, apart from the words
    ends_on: Mapped[date | None]  # the last day on the wall
    kept_on: Mapped[date | None]  # the day its maker said “I kept it”
    grown_up_hash: Mapped[str | None]  # of the words for a parent or carer, keyed; under 13 alone
    words_agreed_on: Mapped[date | None]  # the day a parent or carer agreed to the words being shown
    picture_agreed_on: Mapped[date | None]  # and to the picture
