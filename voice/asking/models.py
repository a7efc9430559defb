"""Activities and the frozen questions they ask."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now

KINDS = ("opinion_sheet", "survey", "family_sheet", "audit", "feedback_box")


class InstrumentVersion(Model):
    """One published state of an instrument. Never changed: a new state is a new version."""

    __tablename__ = "instrument_version"
    __table_args__ = (UniqueConstraint("name", "number"), UniqueConstraint("name", "digest"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    number: Mapped[int]
    digest: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Activity(Model):
    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in KINDS)), name="kind_is_known"),
        CheckConstraint("closes_on is null or closes_on >= opens_on", name="opens_before_it_closes"),
        CheckConstraint("reply_by >= opens_on", name="reply_after_opening"),
        CheckConstraint("repeats is null or repeats = 'termly'", name="repeats_as_we_know"),
        Index("ux_activity_series_wave", "series", "wave", unique=True),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    instrument_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("instrument_version.id"))
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    reply_by: Mapped[date]  # the first answer is promised by this day
    series: Mapped[str | None]  # the slug of the first wave, where the same questions are asked again and again
    wave: Mapped[int] = mapped_column(default=1)
    repeats: Mapped[str | None]  # "termly", or never
    embed_hosts: Mapped[list[str]] = mapped_column(JSON, default=list)  # sites that may show it in a frame: a feedback box alone
    dpia: Mapped[str | None]  # the reference of the impact assessment that covers it; without one nobody is asked to write
    decision_maker: Mapped[str]  # the role that must hear it, named before anyone is asked
