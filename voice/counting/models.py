"""Figures that were given out, frozen as they were given."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, today


class Figure(Model):
    """How many said it, in words, as frozen for one theme's publication."""

    __tablename__ = "figure"
    __table_args__ = (CheckConstraint("band in ('some', 'many')", name="band_is_known"),)

    theme_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # no key to the theme: a figure given out outlives it
    band: Mapped[str]
    frozen_on: Mapped[date] = mapped_column(default=today)


class ReleasedCell(Model):
    """How many people had one answer to one fact about an activity, as it was last given out. Only `rules` turns it into what is shown."""

    __tablename__ = "released_cell"
    __table_args__ = (
        CheckConstraint("fact in ('way_in', 'language', 'age_band', 'group')", name="fact_is_known"),
        CheckConstraint("counted >= 0", name="counts_people"),
    )

    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)  # of the fact; of a group its id
    counted: Mapped[int]
    released_on: Mapped[date] = mapped_column(default=today)
