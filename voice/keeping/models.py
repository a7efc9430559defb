"""What was said, at rest. Nothing here says who said it: there is no column that could."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now, today

PURPOSES = ("answers", "pledge")
WAYS_IN = ("web", "qr", "group_code", "hand_over", "feedback_box", "assisted", "api", "import", "paper", "event", "demo")
WORDINGS = ("younger", "middle", "older")


class Submission(Model):
    """What one person sent in one go."""

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint("purpose in ('answers', 'pledge')", name="purpose_is_known"),
        CheckConstraint("(purpose = 'pledge') = (activity_id is null)", name="answers_have_an_activity"),
        CheckConstraint("length(key_hash) = 64 and length(receipt_hash) = 64", name="hashes_are_whole"),
        Index("ix_submission_activity_received", "activity_id", "received_on", "way_in"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[str] = mapped_column(default="answers")
    activity_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("activity.id"))
    key_hash: Mapped[str] = mapped_column(unique=True)  # the sender's UUID, keyed and hashed: sent again is stored once
    receipt_hash: Mapped[str] = mapped_column(unique=True)  # the receipt's words, keyed and hashed
    payload_digest: Mapped[str]  # keyed: tells the same submission from a changed one
    received_on: Mapped[date] = mapped_column(default=today)  # the day, never the minute
    way_in: Mapped[str] = mapped_column(default="web")
    wording: Mapped[str | None]  # which age's words were answered, where an instrument has several
    group_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("invited_group.id"), index=True)
    language: Mapped[str] = mapped_column(default="en")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)  # codes only, by question name; words are views
    age_band: Mapped[str | None]
    place: Mapped[str | None]  # a locality's code
    speaker: Mapped[str | None]
    may_be_quoted: Mapped[bool] = mapped_column(default=False)
    is_unlinked: Mapped[bool] = mapped_column(default=False)  # its receipt ended: both hashes are random now, and lead nowhere


class View(Model):
    """One thing said in the sender's own words."""

    __tablename__ = "view"
    __table_args__ = (
        UniqueConstraint("submission_id", "question"),
        CheckConstraint("length(words) > 0", name="has_words"),
        Index("ix_view_received_id", "received_on", "id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), index=True)
    question: Mapped[str]
    words: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    received_on: Mapped[date] = mapped_column(default=today)  # as the submission's, so that the queue needs no join to be in order


class Tombstone(Model):
    """Keeps a late replay from bringing back what was taken back, or from being stored beside what has no receipt any more."""

    __tablename__ = "tombstone"
    __table_args__ = (CheckConstraint("why in ('taken_back', 'link_ended')", name="why_is_known"),)

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    erased_on: Mapped[date] = mapped_column(default=today)  # where the link ended, the first of the month: nobody shall match days
    why: Mapped[str] = mapped_column(default="taken_back")


class RetentionRun(Model):
    """What one rule of retention removed, and what was left to do."""

    __tablename__ = "retention_run"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    rule: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    removed: Mapped[int]
    overdue: Mapped[int]  # after it


class BackupRun(Model):
    """A backup that was made and read back, or one that was restored."""

    __tablename__ = "backup_run"
    __table_args__ = (CheckConstraint("kind in ('backup', 'restore_test', 'restore')", name="kind_is_known"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    made_at: Mapped[datetime] = mapped_column(Moment)  # when the backup itself was made
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    milliseconds: Mapped[int]  # how long it took


class DaySalt(Model):
    """Goes into every mark of its day, and is thrown away with it: then no mark can be made again, by anybody."""

    __tablename__ = "day_salt"

    day: Mapped[date] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)


class Arrival(Model):
    """That a submission came a few minutes ago, and a mark of where from: to tell a machine that sends by the hundred. Gone within minutes.

    `burst_id` is shared by what came in one rush from one place; the reading room sets these aside for a person to judge.
    """

    __tablename__ = "arrival"
    __table_args__ = (Index("ix_arrival_mark_at", "mark", "at"),)

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    burst_id: Mapped[uuid.UUID | None] = mapped_column(index=True)


class WrongGuess(Model):
    """That somebody typed receipt words or a code that are nobody’s, and a mark of where from. Gone within minutes."""

    __tablename__ = "wrong_guess"
    __table_args__ = (Index("ix_wrong_guess_mark_at", "mark", "at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    mark: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
