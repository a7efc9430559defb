"""What migration 0004 does for `asking`: the reference of the DPIA that covers an activity."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.add_column("activity", sa.Column("dpia", sa.String(), nullable=True))


def down() -> None:
    op.drop_column("activity", "dpia")
