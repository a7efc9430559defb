"""Readings of measures, each kept as it was given; and what an officer says of a measure that its printed text does not."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.delivering.measuring.rules import SOURCES, UNITS
from voice.storage import Model, Moment, new_id, now

MOST = 1e15


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} in {values}"


class Measured(Model):
    """One reading, as somebody gave it or a release did. The database lets nobody change a row: what is put right is a new row that stands in the
    place of an older one (`number` counts them), and one that is taken out is a row without a value."""

    __tablename__ = "measured"
    __table_args__ = (
        UniqueConstraint("measure_id", "place", "slot", "number"),
        UniqueConstraint("supersedes_id"),
        CheckConstraint(_one_of("source", SOURCES), name="source_is_known"),
        CheckConstraint("(source = 'release') = (release_id is not null)", name="a_release_is_named"),
        CheckConstraint("source <> 'release' or (tie is not null and said is not null)", name="a_release_says_of_what"),
        CheckConstraint("(number = 1) = (supersedes_id is null)", name="the_first_stands_alone"),
        CheckConstraint(f"value is null or (value > -{MOST:.0f} and value < {MOST:.0f})", name="value_is_a_number"),
        CheckConstraint("value is not null or number > 1", name="what_is_taken_out_was_there"),
        CheckConstraint("out_of is null or out_of > 0", name="out_of_somebody"),
        CheckConstraint("length(slot) > 0 and length(period) > 0", name="is_of_some_time"),
        Index("ix_measured_release_id", "release_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    measure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measure.id"))
    place: Mapped[str] = mapped_column(default="")  # a locality's code; empty is all of the county
    slot: Mapped[str]  # what can be there once: the period, or the release and what of it was counted
    number: Mapped[int] = mapped_column(default=1)
    supersedes_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("measured.id"))
    period: Mapped[str]  # as rules of `periods` write it: 2025, 2024/25, 2025-Q3, 2025-10, 2025-10-31
    on_day: Mapped[date]  # the last day of it
    value: Mapped[float | None]  # None: taken out
    out_of: Mapped[int | None]  # how many people (or other things) it is a figure of
    is_public: Mapped[bool]  # False: about so few that it stays inside
    source: Mapped[str]
    release_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("release.id"))
    tie: Mapped[str | None]  # which answers to which question of the release it counts
    said: Mapped[str | None]  # what people say by them, for everyone
    origin: Mapped[str | None]  # where the figure is from, in words
    story: Mapped[str | None]  # the story behind it
    entered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))  # None: by a command on the server
    entered_at: Mapped[datetime] = mapped_column(Moment, default=now)


class MeasureNumbers(Model):
    """What an officer says of a measure: its numbers where the printed text cannot be read, how often it is due, who owns it."""

    __tablename__ = "measure_numbers"
    __table_args__ = (
        CheckConstraint(f"unit is null or {_one_of('unit', UNITS)}", name="unit_is_known"),
        CheckConstraint("(unit in ('rate', 'score')) = (per is not null) or unit is null", name="a_rate_is_per_something"),
        CheckConstraint("per is null or per > 0", name="per_something"),
        CheckConstraint("months is null or (months >= 1 and months <= 60)", name="due_within_years"),
        CheckConstraint("direction is null or direction in ('up', 'down', 'keep')", name="direction_is_known"),
    )

    measure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    unit: Mapped[str | None]
    per: Mapped[int | None]
    of_people: Mapped[bool] = mapped_column(default=True)  # whether it counts people: figures of few of them stay inside
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    due_on: Mapped[date | None]
    direction: Mapped[str | None]
    months: Mapped[int | None]  # how often a reading is due; None: as the setting says
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"), index=True)
    set_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    set_at: Mapped[datetime] = mapped_column(Moment, default=now)
