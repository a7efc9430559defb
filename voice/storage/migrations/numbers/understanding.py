"""What migration 0006 does for `understanding`: what was learned from confirmed tags and tones, and how often the machine was right."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)
KINDS = "kind in ('priorities', 'tone')"


def up() -> None:
    op.create_table(
        "taught",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_taught_kind_is_known")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_taught")),
    )
    op.create_table(
        "learned_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=True),
        sa.Column("plan_version", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("key_mark", sa.String(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_learned_version_kind_is_known")),
        sa.CheckConstraint("(kind = 'priorities') = (plan_id is not null)", name=op.f("ck_learned_version_tags_belong_to_a_plan")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_learned_version_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_version")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_learned_version_kind_number")),
    )
    used = sa.text("in_use")
    op.create_index("uq_learned_version_in_use", "learned_version", ["kind"], unique=True, sqlite_where=used, postgresql_where=used)
    op.add_column("sorting", sa.Column("chosen", sa.Integer(), nullable=True))
    op.add_column("sorting", sa.Column("among", sa.Integer(), nullable=True))


def down() -> None:
    op.drop_column("sorting", "among")
    op.drop_column("sorting", "chosen")
    op.drop_index("uq_learned_version_in_use", table_name="learned_version")
    op.drop_table("learned_version")
    op.drop_table("taught")
