"""What migration 0004 does for `reading`: what is much alike, what is set aside, translations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    _alike()
    _set_aside()
    op.create_table(
        "translation",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("of_words", sa.String(), nullable=False),
        sa.CheckConstraint("method = 'person'", name=op.f("ck_translation_by_a_person")),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_translation_has_words")),
        sa.ForeignKeyConstraint(["view_id"], ["view.id"], name=op.f("fk_translation_view_id_view"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["written_by"], ["member.id"], name=op.f("fk_translation_written_by_member")),
        sa.PrimaryKeyConstraint("view_id", "language", name=op.f("pk_translation")),
    )


def _alike() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["view_id"], ["view.id"], name=op.f("fk_fingerprint_view_id_view"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("view_id", name=op.f("pk_fingerprint")),
    )
    op.create_index("ix_fingerprint_group_id", "fingerprint", ["group_id"], unique=False)
    op.create_table(
        "fingerprint_band",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["view_id"], ["view.id"], name=op.f("fk_fingerprint_band_view_id_view"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("view_id", "value", name=op.f("pk_fingerprint_band")),
    )
    op.create_index("ix_fingerprint_band_value", "fingerprint_band", ["value"], unique=False)


def _set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("set_aside_on", sa.Date(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("is_real", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("(judged_on is null) = (is_real is null)", name=op.f("ck_set_aside_judging_says_which")),
        sa.CheckConstraint("(is_real is null) = (judged_by is null)", name=op.f("ck_set_aside_a_person_judges")),
        sa.CheckConstraint("is_real is null or is_real or reason is not null", name=op.f("ck_set_aside_leaving_out_says_why")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_set_aside_submission_id_submission"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["judged_by"], ["member.id"], name=op.f("fk_set_aside_judged_by_member")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_set_aside")),
    )
    op.create_index("ix_set_aside_group_id", "set_aside", ["group_id"], unique=False)


def down() -> None:
    for table in ("translation", "set_aside", "fingerprint_band", "fingerprint"):
        op.drop_table(table)
