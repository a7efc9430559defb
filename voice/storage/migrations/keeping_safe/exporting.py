"""What migration 0004 does for raw exports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

WHOLE = "(answered_at is null) = (answered_by is null) and (answered_at is null) = (said_yes is null)"


def up() -> None:
    op.create_table(
        "raw_export",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said_yes", sa.Boolean(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answered_by is null or answered_by <> asked_by", name=op.f("ck_raw_export_two_people")),
        sa.CheckConstraint("length(reason) >= 10", name=op.f("ck_raw_export_says_why")),
        sa.CheckConstraint(
            "(answered_at is null) = (answered_by is null) and (answered_at is null) = (said_yes is null)",
            name=op.f("ck_raw_export_answers_are_whole"),
        ),
        sa.CheckConstraint("taken_at is null or said_yes", name=op.f("ck_raw_export_taken_after_a_yes")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_raw_export_activity_id_activity")),
        sa.ForeignKeyConstraint(["asked_by"], ["member.id"], name=op.f("fk_raw_export_asked_by_member")),
        sa.ForeignKeyConstraint(["answered_by"], ["member.id"], name=op.f("fk_raw_export_answered_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_export")),
    )


def down() -> None:
    op.drop_table("raw_export")
