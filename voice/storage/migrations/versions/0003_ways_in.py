"""Ways in: groups and their codes, waves of an activity, and on each submission the way it came.

Columns are added, never tables copied: on SQLite a copied table would take along everything that hangs on its rows.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invited_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("one_use", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind in ('class', 'club', 'targeted')", name=op.f("ck_invited_group_kind_is_known")),
        sa.CheckConstraint("expires_on >= made_on", name=op.f("ck_invited_group_expires_later")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_invited_group_activity_id_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invited_group")),
    )
    with op.batch_alter_table("invited_group", schema=None) as batch_op:
        batch_op.create_index("ix_invited_group_activity", ["activity_id"], unique=False)

    op.create_table(
        "group_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_group_code_hash_is_whole")),
        sa.ForeignKeyConstraint(["group_id"], ["invited_group.id"], name=op.f("fk_group_code_group_id_invited_group"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_group_code")),
    )
    with op.batch_alter_table("group_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_code_group_id"), ["group_id"], unique=False)

    op.create_table(
        "group_reader",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["invited_group.id"], name=op.f("fk_group_reader_group_id_invited_group"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_group_reader_member_id_member")),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_group_reader")),
    )
    lite = op.get_bind().dialect.name == "sqlite"
    op.add_column("activity", sa.Column("series", sa.String(), nullable=True))
    op.add_column("activity", sa.Column("wave", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("activity", sa.Column("embed_hosts", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("submission", sa.Column("wording", sa.String(), nullable=True))
    op.execute(
        "ALTER TABLE activity ADD COLUMN repeats VARCHAR CONSTRAINT ck_activity_repeats_as_we_know CHECK (repeats is null or repeats = 'termly')"
    )
    group_id = "CHAR(32)" if lite else "UUID"
    op.execute(f"ALTER TABLE submission ADD COLUMN group_id {group_id} CONSTRAINT fk_submission_group_id_invited_group REFERENCES invited_group (id)")
    op.create_index("ux_activity_series_wave", "activity", ["series", "wave"], unique=True)
    op.create_index("ix_submission_group_id", "submission", ["group_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_submission_group_id", table_name="submission")
    op.drop_index("ux_activity_series_wave", table_name="activity")
    for table, column in (("submission", "group_id"), ("submission", "wording"), ("activity", "repeats"), ("activity", "embed_hosts")):
        op.drop_column(table, column)
    for column in ("wave", "series"):
        op.drop_column("activity", column)
    for table in ("group_reader", "group_code", "invited_group"):
        op.drop_table(table)
