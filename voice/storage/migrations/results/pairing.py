"""What migration 0007 does for before and after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.create_table(
        "pair_mark",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("joined", sa.Uuid(), nullable=True),
        sa.CheckConstraint("moment in ('before', 'after')", name=op.f("ck_pair_mark_moment_is_known")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_pair_mark_submission_id_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_pair_mark")),
    )


def down() -> None:
    op.drop_table("pair_mark")
