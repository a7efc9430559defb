"""What leads and the administrator put on record before young people are asked to write."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, now, today


class Training(Model):
    """A lead's or deputy's safeguarding training."""

    __tablename__ = "reader_training"
    __table_args__ = (CheckConstraint("valid_until > trained_on", name="valid_after_training"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    trained_on: Mapped[date]
    valid_until: Mapped[date]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    recorded_on: Mapped[date] = mapped_column(default=today)


class Opening(Model):
    """When somebody reads, and whom to call when nobody does. One row."""

    __tablename__ = "opening"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    days: Mapped[list[int]] = mapped_column(JSON, default=list)  # 0 is Monday
    opens_at: Mapped[str | None]  # “09:00”
    closes_at: Mapped[str | None]
    night_phone: Mapped[str | None]  # the emergency duty team's number, as it is dialled
    last_open_at: Mapped[datetime | None] = mapped_column(Moment)  # when all was last seen to be true
    changed_on: Mapped[date] = mapped_column(default=today)


class OpeningLetter(Model):
    """A warning that was sent, so that it is sent once."""

    __tablename__ = "opening_letter"

    condition: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    good_until: Mapped[date] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(Moment, default=now)
