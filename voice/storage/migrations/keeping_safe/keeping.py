"""What migration 0004 does for `keeping`: a receipt ends before the words do, and what was removed and backed up is written down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.add_column("submission", sa.Column("is_unlinked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "ALTER TABLE tombstone ADD COLUMN why VARCHAR NOT NULL DEFAULT 'taken_back' "
        "CONSTRAINT ck_tombstone_why_is_known CHECK (why in ('taken_back', 'link_ended'))"
    )
    op.create_table(
        "retention_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("overdue", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    op.create_index("ix_retention_run_at", "retention_run", ["at"])
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('backup', 'restore_test', 'restore')", name=op.f("ck_backup_run_kind_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
    )


def down() -> None:
    op.drop_table("backup_run")
    op.drop_table("retention_run")
    op.drop_column("tombstone", "why")
    op.drop_column("submission", "is_unlinked")
