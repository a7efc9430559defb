"""Figures that were given out, frozen as they were given."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, today


class Figure(Model):
    """How many said it, in words, as frozen for one theme's publication."""

    __tablename__ = "figure"
    __table_args__ = (CheckConstraint("band in ('some', 'many')", name="band_is_known"),)

    theme_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # no key to the theme: a figure given out outlives it
    band: Mapped[str]
    frozen_on: Mapped[date] = mapped_column(default=today)


class ToldKept(Model):
    """A kept pledge that is in the number of kept pledges as it was last given out. Which ones they are is said nowhere."""

    __tablename__ = "told_kept"

    pledge_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pledge.id", ondelete="CASCADE"), primary_key=True)


class KeptFigure(Model):
    """How many pledges were kept, as it was given out; rows are only added."""

    __tablename__ = "kept_figure"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]  # shown nowhere: from it follows how many of them are gone
    step: Mapped[int | None]  # what is said; None below the lowest
    given_on: Mapped[date] = mapped_column(default=today)


class ListeningQuarter(Model):
    """How we listen, as it was given out for one quarter of a year. A quarter is tried once: figures stay as they are until the next."""

    __tablename__ = "listening_quarter"

    quarter: Mapped[date] = mapped_column(primary_key=True)  # the first day of the quarter it is given out in
    made_on: Mapped[date] = mapped_column(default=today)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # what everyone sees
    basis: Mapped[dict[str, Any]] = mapped_column(JSON)  # {figure: {kind: people}}, exact, as they were last made from; shown nowhere
