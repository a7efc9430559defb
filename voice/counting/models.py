"""Figures that were given out, frozen as they were given."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, today


class Figure(Model):
    """How many said it, in words, as frozen for one theme's publication."""

    __tablename__ = "figure"
    __table_args__ = (CheckConstraint("band in ('some', 'many')", name="band_is_known"),)

    theme_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # no key to the theme: a figure given out outlives it
    band: Mapped[str]
    frozen_on: Mapped[date] = mapped_column(default=today)
