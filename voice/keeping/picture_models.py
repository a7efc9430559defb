"""A picture at rest: what is known of it. Its pixels are files of ours (`voice.storage.files`)."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, today

KINDS = ("selfie", "drawing", "card", "photo")
SCANS = ("clean", "found", "error")


class Picture(Model):
    __tablename__ = "picture"
    __table_args__ = (
        UniqueConstraint("submission_id", "question"),
        CheckConstraint("kind in ('selfie', 'drawing', 'card', 'photo')", name="kind_is_known"),
        CheckConstraint("scanned in ('clean', 'found', 'error')", name="scanned_is_known"),
        CheckConstraint("width > 0 and height > 0", name="has_pixels"),
        Index("ix_picture_scanned_next", "scanned", "scan_next"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    # None: taken back while it was locked for the safeguarding lead, and kept until the lead is done with it.
    submission_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"))
    question: Mapped[str]
    kind: Mapped[str]
    file: Mapped[str] = mapped_column(unique=True)  # what its files’ names begin with: random, made by us
    width: Mapped[int]  # of the largest, in pixels
    height: Mapped[int]
    likeness: Mapped[int] = mapped_column(BigInteger, index=True)  # 64 bits, as a number with a sign
    alt: Mapped[str | None]  # what is in it, in the sender’s words
    cover_faces: Mapped[bool] = mapped_column(default=False)  # the sender asks that every face be covered
    ends_on: Mapped[date | None] = mapped_column(index=True)
    received_on: Mapped[date] = mapped_column(default=today)
    scanned: Mapped[str | None]  # what the scanner said; None: nothing yet
    scan_tries: Mapped[int] = mapped_column(default=0)  # in a row that failed
    scan_next: Mapped[datetime | None] = mapped_column(Moment)  # not before then again
