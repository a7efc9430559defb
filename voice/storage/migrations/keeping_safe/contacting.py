"""What migration 0004 does for `contacting`: what someone asked of us, how to reach them, and the replies that were left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.create_table(
        "wish",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.CheckConstraint("door in ('reply', 'contact')", name=op.f("ck_wish_door_is_known")),
        _of_submission("wish"),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_wish")),
    )
    op.create_table(
        "contact_request",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("wiped_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(sealed is null) = (wiped_on is not null)", name=op.f("ck_contact_request_there_or_wiped")),
        _of_submission("contact_request"),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_contact_request")),
    )
    op.create_table(
        "contact_try",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("outcome in ('reached', 'not_reached')", name=op.f("ck_contact_try_outcome_is_known")),
        _of_submission("contact_try"),
        sa.ForeignKeyConstraint(["by"], ["member.id"], name=op.f("fk_contact_try_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_try")),
    )
    op.create_index(op.f("ix_contact_try_submission_id"), "contact_try", ["submission_id"], unique=False)
    op.create_table(
        "reply",
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        _of_submission("reply"),
        sa.ForeignKeyConstraint(["by"], ["member.id"], name=op.f("fk_reply_by_member")),
        sa.PrimaryKeyConstraint("submission_id", "code", name=op.f("pk_reply")),
    )


def down() -> None:
    for table in ("reply", "contact_try", "contact_request", "wish"):
        op.drop_table(table)


def _of_submission(table: str) -> sa.ForeignKeyConstraint:
    """It goes when the submission goes."""
    name = op.f(f"fk_{table}_submission_id_submission")
    return sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=name, ondelete="CASCADE")
