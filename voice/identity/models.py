"""Members: the adults and young people who sign in, and with what. Children who answer are never here."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from voice.identity.rules import ROLES
from voice.storage import Model, Moment, new_id, now


class Member(Model):
    __tablename__ = "member"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)  # or the sign-in name of a board member without one: that has no @
    name: Mapped[str]
    passphrase_hash: Mapped[str]  # of the PIN, where there is a card
    stamp: Mapped[uuid.UUID] = mapped_column(default=new_id)  # changes with passphrase, factors or roles: every session then ends
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    roles: Mapped[list[MemberRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class MemberRole(Model):
    __tablename__ = "member_role"
    __table_args__ = (CheckConstraint("role in ({})".format(", ".join(f"'{role}'" for role in ROLES)), name="role_is_known"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class Authenticator(Model):
    """An app that shows a code: what it shares with us, sealed with the key beside the database."""

    __tablename__ = "authenticator"

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes]
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)  # of the last code that was used: it is good once
    set_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Passkey(Model):
    __tablename__ = "passkey"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    credential: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    uses: Mapped[int] = mapped_column(BigInteger, default=0)  # as the device counts them; many do not
    name: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(Moment, default=now)


class RecoveryCode(Model):
    __tablename__ = "recovery_code"
    __table_args__ = (CheckConstraint("length(code_mark) = 64", name="mark_is_whole"),)

    code_mark: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Card(Model):
    """The printed card a young person of the board keeps: something they have, beside the PIN they know."""

    __tablename__ = "card"
    __table_args__ = (CheckConstraint("length(code_mark) = 64", name="mark_is_whole"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    code_mark: Mapped[str] = mapped_column(unique=True)
    given_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Invitation(Model):
    """Someone may join, or begin anew: by a letter (there is an address) or by a printed card (there is none)."""

    __tablename__ = "member_invitation"
    __table_args__ = (CheckConstraint("length(code_mark) = 64", name="mark_is_whole"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code_mark: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None]
    name: Mapped[str]
    roles: Mapped[str]  # with commas between
    member_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))  # who begins anew, or who came of it
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class Try(Model):
    """A try to sign in: a mark of the name that was typed, under a key that changes every day. No address of a machine."""

    __tablename__ = "sign_in_try"
    __table_args__ = (Index("ix_sign_in_try_mark_at", "mark", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class SpentChallenge(Model):
    """A passkey answered this; nothing answers it again."""

    __tablename__ = "spent_challenge"

    mark: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
