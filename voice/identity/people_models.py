"""Who stands in for whom, and which organisation somebody comes from."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, Moment, new_id, now

KINDS: Final = ("school", "college", "early_years", "youth_group", "health", "police", "charity", "council", "other")


class HandOver(Model):
    """For some days somebody else sees a member's duties. It gives no role: it only widens whose duties one's own roles reach."""

    __tablename__ = "hand_over"
    __table_args__ = (
        CheckConstraint("member_id <> deputy_id", name="somebody_else_stands_in"),
        CheckConstraint("first_day <= last_day", name="ends_after_it_starts"),
        Index("ix_hand_over_deputy_id", "deputy_id"),
        Index("ix_hand_over_member_id", "member_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    deputy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Organisation(Model):
    """A school or setting, or a partner."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in KINDS)), name="kind_is_known"),
        CheckConstraint("length(name) between 2 and 120", name="name_is_one"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]


class Belonging(Model):
    """Where a member comes from, or somebody who is invited and has not joined yet."""

    __tablename__ = "belonging"
    __table_args__ = (CheckConstraint("(member_id is null) <> (invitation_id is null)", name="one_or_the_other"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), unique=True)
    invitation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member_invitation.id", ondelete="CASCADE"), unique=True)
