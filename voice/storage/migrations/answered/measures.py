"""What migration 0008 does for readings of measures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOST = "1000000000000000"


def up() -> None:
    _measured()
    _numbers()
    _only_added_to()


def down() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS measured_no_{act}")
    else:
        op.execute("DROP TRIGGER IF EXISTS measured_only_added_to ON measured")
    op.drop_table("measure_numbers")
    op.drop_table("measured")


def _measured() -> None:
    op.create_table(
        "measured",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("measure_id", sa.Uuid(), sa.ForeignKey("measure.id"), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("place", "slot")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), sa.ForeignKey("measured.id"), nullable=True),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("release_id", sa.Uuid(), sa.ForeignKey("release.id"), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("tie", "said", "origin", "story")),
        sa.Column("entered_by", sa.Uuid(), sa.ForeignKey("member.id"), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("measure_id", "place", "slot", "number", name=op.f("uq_measured_measure_id_place_slot_number")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_measured_supersedes_id")),
        _check("measured_source_is_known", "source in ('entered', 'imported', 'release')"),
        _check("measured_a_release_is_named", "(source = 'release') = (release_id is not null)"),
        _check("measured_a_release_says_of_what", "source <> 'release' or (tie is not null and said is not null)"),
        _check("measured_the_first_stands_alone", "(number = 1) = (supersedes_id is null)"),
        _check("measured_value_is_a_number", f"value is null or (value > -{MOST} and value < {MOST})"),
        _check("measured_what_is_taken_out_was_there", "value is not null or number > 1"),
        _check("measured_out_of_somebody", "out_of is null or out_of > 0"),
        _check("measured_is_of_some_time", "length(slot) > 0 and length(period) > 0"),
    )
    op.create_index("ix_measured_release_id", "measured", ["release_id"])


def _numbers() -> None:
    op.create_table(
        "measure_numbers",
        sa.Column("measure_id", sa.Uuid(), sa.ForeignKey("measure.id"), primary_key=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("per", sa.Integer(), nullable=True),
        sa.Column("of_people", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=True) for name in ("baseline", "target")),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("member.id"), nullable=True),
        sa.Column("set_by", sa.Uuid(), sa.ForeignKey("member.id"), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        _check("measure_numbers_unit_is_known", "unit is null or unit in ('percent', 'rate', 'count', 'money', 'score', 'number')"),
        _check("measure_numbers_a_rate_is_per_something", "(unit in ('rate', 'score')) = (per is not null) or unit is null"),
        _check("measure_numbers_per_something", "per is null or per > 0"),
        _check("measure_numbers_due_within_years", "months is null or (months >= 1 and months <= 60)"),
        _check("measure_numbers_direction_is_known", "direction is null or direction in ('up', 'down', 'keep')"),
    )
    op.create_index("ix_measure_numbers_owner_id", "measure_numbers", ["owner_id"])


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{name}"))


def _only_added_to() -> None:
    """A reading stays as it was given; what is put right is another row."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER measured_no_{act.lower()} BEFORE {act} ON measured BEGIN SELECT RAISE(ABORT, 'measured is only added to'); END"
            )
        return
    op.execute("CREATE TRIGGER measured_only_added_to BEFORE UPDATE OR DELETE ON measured FOR EACH ROW EXECUTE FUNCTION only_added_to()")
