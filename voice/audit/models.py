"""The record of who did what: ids only, added to and never changed (triggers hold that in both databases)."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
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
    is_long: Mapped[bool] = mapped_column(default=True)  # kept as long as what safeguarding leads read, else as the rest


class Seal(Model):
    """One link of a chain over a batch of audit rows. Rows kept long and rows kept short have a chain each, so that a batch can go
    whole when its time is over; before there were two, one chain held both."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    first_row: Mapped[int] = mapped_column(unique=True)
    last_row: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str]
    sealed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    of_long: Mapped[bool | None]  # which chain; None: the one that held both


class Pruning(Model):
    """A sealed batch whose rows’ time is over. Its seal stays, as the next one rests on it. Triggers let rows go only where this
    row says so, and it too can only be added."""

    __tablename__ = "audit_pruning"

    seal_number: Mapped[int] = mapped_column(ForeignKey("audit_seal.number"), primary_key=True)
    rows: Mapped[int]
    newest_at: Mapped[datetime] = mapped_column(Moment)  # of the rows that went
    pruned_at: Mapped[datetime] = mapped_column(Moment, default=now)
