"""What migration 0007 does for figures that only releases give."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    """Figures of a table of their own moved by how many more there were than before, which tells of those who came and went."""
    op.drop_table("released_cell")
    pledge = sa.ForeignKeyConstraint(["pledge_id"], ["pledge.id"], name=op.f("fk_told_kept_pledge_id_pledge"), ondelete="CASCADE")
    op.create_table(
        "told_kept", sa.Column("pledge_id", sa.Uuid(), nullable=False), pledge, sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_told_kept"))
    )
    op.create_table(
        "kept_figure",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_kept_figure")),
    )


def down() -> None:
    op.drop_table("kept_figure")
    op.drop_table("told_kept")
    op.create_table(
        "released_cell",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.CheckConstraint("fact in ('way_in', 'language', 'age_band', 'group')", name=op.f("ck_released_cell_fact_is_known")),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_released_cell_counts_people")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_released_cell_activity_id_activity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("activity_id", "fact", "code", name=op.f("pk_released_cell")),
    )
