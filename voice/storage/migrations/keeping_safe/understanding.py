"""What migration 0004 does for `understanding`: when somebody last looked at a priority's words, and who owns them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.create_table(
        "priority_review",
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(owner) > 0", name=op.f("ck_priority_review_has_an_owner")),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_priority_review_priority_id_priority")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["member.id"], name=op.f("fk_priority_review_reviewed_by_member")),
        sa.PrimaryKeyConstraint("priority_id", name=op.f("pk_priority_review")),
    )


def down() -> None:
    op.drop_table("priority_review")
