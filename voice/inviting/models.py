"""Groups that are asked together, and the codes that let them in. No row says which child holds which code."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voice.storage import Model, new_id, today

KINDS = ("class", "club", "targeted")


class InvitedGroup(Model):
    """A class, a club, or a group asked on purpose. A targeted group's words and results are for the people named for it alone."""

    __tablename__ = "invited_group"
    __table_args__ = (
        CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in KINDS)), name="kind_is_known"),
        CheckConstraint("expires_on >= made_on", name="expires_later"),
        Index("ix_invited_group_activity", "activity_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    activity_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("activity.id"))
    name: Mapped[str]  # for officers; never on a child's screen
    kind: Mapped[str]
    audience: Mapped[str | None]  # of a targeted group: who it is, such as care leavers
    one_use: Mapped[bool] = mapped_column(default=True)
    expires_on: Mapped[date]
    made_on: Mapped[date] = mapped_column(default=today)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)  # the school or setting it is of


class GroupCode(Model):
    """One code, as a keyed hash: what is printed is nowhere kept."""

    __tablename__ = "group_code"
    __table_args__ = (CheckConstraint("length(code_hash) = 64", name="hash_is_whole"),)

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("invited_group.id", ondelete="CASCADE"), index=True)
    used: Mapped[bool] = mapped_column(default=False)  # whether, never when


class GroupReader(Model):
    """A member who may see what a targeted group said."""

    __tablename__ = "group_reader"

    group_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("invited_group.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id"), primary_key=True)
