"""Members: the adults and young people who sign in. Children who answer are never here."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.identity.rules import ROLES
from voice.storage import Model, Moment, new_id, now


class Member(Model):
    __tablename__ = "member"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    passphrase_hash: Mapped[str]
    stamp: Mapped[uuid.UUID] = mapped_column(default=new_id)  # changes with passphrase or roles: every session then ends
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    roles: Mapped[list[MemberRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class MemberRole(Model):
    __tablename__ = "member_role"
    __table_args__ = (CheckConstraint("role in ({})".format(", ".join(f"'{role}'" for role in ROLES)), name="role_is_known"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
