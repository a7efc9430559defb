"""What migration 0009 does for installations of many machines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.create_table(
        "key_mark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key_mark")),
    )


def down() -> None:
    op.drop_table("key_mark")
