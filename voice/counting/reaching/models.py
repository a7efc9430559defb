"""How many children live where."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model


class Population(Model):
    """One public figure: how many people of an age live in one place of a plan. What a plan’s own file says needs no row."""

    __tablename__ = "population"
    __table_args__ = (
        CheckConstraint("people >= 0", name="counts_people"),
        CheckConstraint("length(source) > 0", name="names_its_source"),
    )

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)  # a locality's code; empty is the whole county
    age_band: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]
    source: Mapped[str]
    year: Mapped[int]  # the year the figure is of, not the year it was published in
    link: Mapped[str | None]
