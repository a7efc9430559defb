"""What migration 0008 does for the clock, and for how it was to be listened to, as senders and boards judge it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

TABLES = ("listening_quarter", "theme_clock", "activity_clock", "sender_said")


def up() -> None:
    _make_sender_said()
    _make_clocks()
    op.create_table(
        "listening_quarter",
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", name=op.f("pk_listening_quarter")),
    )


def down() -> None:
    for table in TABLES:
        op.drop_table(table)


def _make_sender_said() -> None:
    op.create_table(
        "sender_said",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("question in ('listened', 'helped')", name=op.f("ck_sender_said_question_is_known")),
        sa.CheckConstraint("said in ('yes', 'not_really', 'not_sure')", name=op.f("ck_sender_said_said_is_known")),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_sender_said_answer_id_answer"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_sender_said_submission_id_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("answer_id", "submission_id", "question", name=op.f("pk_sender_said")),
    )
    op.create_index("ix_sender_said_submission_id", "sender_said", ["submission_id"])


def _make_clocks() -> None:
    op.create_table(
        "activity_clock",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("is_heard", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_clock_activity_id_activity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_activity_clock")),
    )
    op.create_table(
        "theme_clock",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("said_week", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_clock_theme_id_theme"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_theme_clock")),
    )
