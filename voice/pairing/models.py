"""What is kept of a code that somebody made for themselves. It goes with the submission."""

from __future__ import annotations

import uuid

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model


class PairMark(Model):
    """Keyed marks of one code, and whether it was made before or after.

    Once a receipt has ended nobody shall be known by a code either: then the marks are wiped, and `joined` says, with a number that means nothing
    else, which two belong together.
    """

    __tablename__ = "pair_mark"
    __table_args__ = (CheckConstraint("moment in ('before', 'after')", name="moment_is_known"),)

    submission_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("submission.id", ondelete="CASCADE"), primary_key=True)
    moment: Mapped[str]
    marks: Mapped[list[str]] = mapped_column(JSON)  # of the whole code (empty where a part was passed over), then with each part left out
    joined: Mapped[uuid.UUID | None]
