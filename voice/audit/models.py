"""The record of who did what: ids only, added to and never changed (triggers hold that in both databases)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, now


class AuditRow(Model):
    __tablename__ = "audit_row"
    __table_args__ = (Index("ix_audit_row_about", "about_kind", "about_id"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    who: Mapped[uuid.UUID | None]  # a member; None is the machine or a command
    what: Mapped[str]
    about_kind: Mapped[str]
    about_id: Mapped[str]
    why: Mapped[str | None]


class Seal(Model):
    """One link of the chain over a batch of audit rows."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    first_row: Mapped[int] = mapped_column(unique=True)
    last_row: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str]
    sealed_at: Mapped[datetime] = mapped_column(Moment, default=now)
