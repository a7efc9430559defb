"""What someone asked of us, how to reach them, and the replies that were left. All of it goes with the submission."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today


class Wish(Model):
    """Someone asked for more than to be heard. Whoever just tells us has no row."""

    __tablename__ = "wish"
    __table_args__ = (CheckConstraint("door in ('reply', 'contact')", name="door_is_known"),)

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    door: Mapped[str]
    asked_on: Mapped[date] = mapped_column(default=today)


class ContactRequest(Model):
    """How someone may be reached: a sealed text, gone 30 days after the last contact."""

    __tablename__ = "contact_request"
    __table_args__ = (CheckConstraint("(sealed is null) = (wiped_on is not null)", name="there_or_wiped"),)

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    asked_on: Mapped[date] = mapped_column(default=today)
    wiped_on: Mapped[date | None]


class ContactTry(Model):
    """A lead reached them, or could not."""

    __tablename__ = "contact_try"
    __table_args__ = (CheckConstraint("outcome in ('reached', 'not_reached')", name="outcome_is_known"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    outcome: Mapped[str]
    tried_on: Mapped[date] = mapped_column(default=today)
    by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))


class Reply(Model):
    """Approved words, left behind a receipt. Nobody records whether they were looked at."""

    __tablename__ = "reply"

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    sent_on: Mapped[date] = mapped_column(default=today)
    by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
