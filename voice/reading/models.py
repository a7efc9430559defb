"""What a person decided after reading a view."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, today


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
