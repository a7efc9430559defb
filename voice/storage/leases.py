"""Who is doing which piece of background work, and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from voice.storage.base import Model, Moment


class Lease(Model):
    __tablename__ = "lease"

    job: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime] = mapped_column(Moment)
    last_done: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str | None]
