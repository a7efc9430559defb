"""Releases: figures as they were given out to everyone, for good; and which question tells how a measure does."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today


class Release(Model):
    """A draft until a person publishes it or throws it away; from then on the database lets nobody change it."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        CheckConstraint("(published_on is null) = (published_by is null)", name="a_person_publishes"),
        CheckConstraint("not dropped or published_on is null", name="what_is_out_is_out"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id"))
    number: Mapped[int]  # the generation of the activity that it began
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    made_on: Mapped[date] = mapped_column(default=today)
    published_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    published_on: Mapped[date | None]
    dropped: Mapped[bool] = mapped_column(default=False)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # what everyone sees
    centers: Mapped[dict[str, Any]] = mapped_column(JSON)  # all of them, rounded, for the next release to go on from
    basis: Mapped[dict[str, Any]] = mapped_column(JSON)  # {fact: {value: [release in which it last moved, people then]}}


class MeasureReading(Model):
    """Which question of which activity tells how a measure does: people who gave one of these answers, out of 100."""

    __tablename__ = "measure_reading"

    measure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id"))
    question: Mapped[str]
    codes: Mapped[list[str]] = mapped_column(JSON)
    words: Mapped[str]  # what they say by it, for everyone: “things are getting better”
    linked_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"))
    linked_on: Mapped[date] = mapped_column(default=today)
