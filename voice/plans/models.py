"""A plan as versioned data: what may be tied to (priorities, measures, actions, localities) keeps its identity."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now


class Plan(Model):
    __tablename__ = "plan"
    # One installation serves one current plan: the database holds to that.
    __table_args__ = (Index("uq_plan_current", "is_current", unique=True, sqlite_where=text("is_current"), postgresql_where=text("is_current")),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    place: Mapped[str]
    is_current: Mapped[bool] = mapped_column(default=False)


class PlanVersion(Model):
    """One imported state of the plan's document, whole and unchanged."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    digest: Mapped[str]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    imported_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Priority(Model):
    __tablename__ = "priority"
    __table_args__ = (UniqueConstraint("plan_id", "code"), CheckConstraint("kind in ('priority', 'service')", name="kind_is_known"))

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    code: Mapped[str]
    kind: Mapped[str] = mapped_column(default="priority")
    position: Mapped[int]
    title: Mapped[str]
    child_title: Mapped[str]
    child_sentence: Mapped[str]
    lead_role: Mapped[str | None]
    phrases: Mapped[list[str]] = mapped_column(JSON)  # the plan's owner may edit them
    details: Mapped[dict[str, Any]] = mapped_column(JSON)  # why, promises, aims, conditions, groups: as in the document
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Measure(Model):
    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    priority_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("priority.id"), index=True)
    key: Mapped[str]
    code: Mapped[str | None]
    position: Mapped[int]
    words: Mapped[str]
    direction: Mapped[str | None]
    baseline: Mapped[str | None]
    target: Mapped[str | None]
    due: Mapped[str | None]
    note: Mapped[str | None]
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Action(Model):
    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("plan_id", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    priority_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("priority.id"), index=True)  # None: of the whole plan
    key: Mapped[str]
    code: Mapped[str | None]
    part_of: Mapped[str | None]
    position: Mapped[int]
    words: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)  # how, milestone, lead, owner_role, monitoring
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Locality(Model):
    __tablename__ = "locality"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("plan.id"))
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str | None]
    position: Mapped[int]
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
