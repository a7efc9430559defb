"""What migration 0004 does for the opening gate: training, reading hours, whom to call at night, warnings that were sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.create_table(
        "reader_training",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.CheckConstraint("valid_until > trained_on", name=op.f("ck_reader_training_valid_after_training")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reader_training_member_id_member"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["recorded_by"], ["member.id"], name=op.f("fk_reader_training_recorded_by_member")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_reader_training")),
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("opens_at", sa.String(), nullable=True),
        sa.Column("closes_at", sa.String(), nullable=True),
        sa.Column("night_phone", sa.String(), nullable=True),
        sa.Column("last_open_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_opening_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_table(
        "opening_letter",
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("good_until", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("condition", "level", "good_until", name=op.f("pk_opening_letter")),
    )


def down() -> None:
    for table in ("opening_letter", "opening", "reader_training"):
        op.drop_table(table)
