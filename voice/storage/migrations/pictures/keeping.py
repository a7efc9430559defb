"""What migration 0005 does for `keeping`: what is known of a picture. Its pixels are files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.BigInteger(), nullable=False),
        sa.Column("alt", sa.String(), nullable=True),
        sa.Column("cover_faces", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("scanned", sa.String(), nullable=True),
        sa.Column("scan_tries", sa.Integer(), nullable=False),
        sa.Column("scan_next", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('selfie', 'drawing', 'card', 'photo')", name=op.f("ck_picture_kind_is_known")),
        sa.CheckConstraint("scanned in ('clean', 'found', 'error')", name=op.f("ck_picture_scanned_is_known")),
        sa.CheckConstraint("width > 0 and height > 0", name=op.f("ck_picture_has_pixels")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_picture_submission_id_submission"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("submission_id", "question", name=op.f("uq_picture_submission_id_question")),
        sa.UniqueConstraint("file", name=op.f("uq_picture_file")),
    )
    op.create_index("ix_picture_likeness", "picture", ["likeness"])
    op.create_index("ix_picture_ends_on", "picture", ["ends_on"])
    op.create_index("ix_picture_scanned_next", "picture", ["scanned", "scan_next"])


def down() -> None:
    op.drop_table("picture")
