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
    _passing()


def _passing() -> None:
    """What tells a machine from a class, for minutes."""
    op.create_table(
        "day_salt",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_salt")),
    )
    op.create_table(
        "arrival",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("burst_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_arrival_submission_id_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_arrival")),
    )
    op.create_table(
        "wrong_guess",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_guess")),
    )
    for table in ("arrival", "wrong_guess"):
        op.create_index(f"ix_{table}_mark_at", table, ["mark", "at"])
        op.create_index(f"ix_{table}_at", table, ["at"])
    op.create_index("ix_arrival_burst_id", "arrival", ["burst_id"])


def down() -> None:
    for table in ("wrong_guess", "arrival", "day_salt"):
        op.drop_table(table)
    op.drop_table("backup_run")
    op.drop_table("retention_run")
    op.drop_column("tombstone", "why")
    op.drop_column("submission", "is_unlinked")
