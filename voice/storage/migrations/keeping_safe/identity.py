"""What migration 0004 does for `identity`: what people sign in with, beside what they know."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)


def up() -> None:
    _factors()
    _invitations()
    _slowing()


def down() -> None:
    for table in ("spent_challenge", "sign_in_try", "member_invitation", "card", "recovery_code", "passkey", "authenticator"):
        op.drop_table(table)


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{table}_member_id_member"), ondelete="CASCADE")


def _whole_mark(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("length(code_mark) = 64", name=op.f(f"ck_{table}_mark_is_whole"))


def _factors() -> None:
    op.create_table(
        "authenticator",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        _of_member("authenticator"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_authenticator")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("credential", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        _of_member("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    op.create_index(op.f("ix_passkey_member_id"), "passkey", ["member_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("code_mark", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        _of_member("recovery_code"),
        _whole_mark("recovery_code"),
        sa.PrimaryKeyConstraint("code_mark", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_member_id"), "recovery_code", ["member_id"], unique=False)
    op.create_table(
        "card",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("code_mark", sa.String(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        _of_member("card"),
        _whole_mark("card"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_card")),
        sa.UniqueConstraint("code_mark", name=op.f("uq_card_code_mark")),
    )


def _invitations() -> None:
    op.create_table(
        "member_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code_mark", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        _of_member("member_invitation"),
        sa.ForeignKeyConstraint(["made_by"], ["member.id"], name=op.f("fk_member_invitation_made_by_member")),
        _whole_mark("member_invitation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_invitation")),
        sa.UniqueConstraint("code_mark", name=op.f("uq_member_invitation_code_mark")),
    )


def _slowing() -> None:
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
    )
    op.create_index("ix_sign_in_try_mark_at", "sign_in_try", ["mark", "at"], unique=False)
    op.create_table(
        "spent_challenge",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_spent_challenge")),
    )
