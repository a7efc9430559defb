"""The board’s account of a term."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today


class BoardAccount(Model):
    """One term in the board’s words. Until it is published its lines are composed anew each time; then `frozen` holds them for good."""

    __tablename__ = "board_account"
    __table_args__ = (
        CheckConstraint("length(slug) > 0", name="has_an_address"),
        CheckConstraint("edition > 0", name="counts_from_1"),
        CheckConstraint("(published_on is null) = (frozen is null) and (published_on is null) = (approved_by is null)", name="publishing_is_whole"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    term: Mapped[date] = mapped_column(unique=True)  # its first day
    slug: Mapped[str] = mapped_column(unique=True)
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # part -> the board’s words on it
    left_out: Mapped[list[str]] = mapped_column(JSON, default=list)  # lines the board does not want in it
    edition: Mapped[int] = mapped_column(default=1)  # goes up each time it is saved, so that nobody writes over somebody unseen
    changed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    changed_on: Mapped[date] = mapped_column(default=today)
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    published_on: Mapped[date | None]
    frozen: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
