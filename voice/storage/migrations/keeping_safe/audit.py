"""What migration 0004 does for `audit`: two chains, and the one way by which rows whose time is over may go.

A row of the record can be deleted only where `audit_pruning` has a row for the seal over it, and rows there can only be added. So no
setting and no role opens the record: whoever lets rows go leaves a lasting trace of it in the same transaction.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ONLY_ADDED = "audit_pruning"
SEALED_AND_OVER = """SELECT 1 FROM audit_pruning p JOIN audit_seal s ON s.number = p.seal_number
    WHERE OLD.number BETWEEN s.first_row AND s.last_row AND (s.of_long IS NULL OR s.of_long = OLD.is_long)"""


def up() -> None:
    # What was written before is kept long: nobody said otherwise.
    op.add_column("audit_row", sa.Column("is_long", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("audit_seal", sa.Column("of_long", sa.Boolean(), nullable=True))
    op.create_table(
        "audit_pruning",
        sa.Column("seal_number", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("newest_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pruned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seal_number"], ["audit_seal.number"], name=op.f("fk_audit_pruning_seal_number_audit_seal")),
        sa.PrimaryKeyConstraint("seal_number", name=op.f("pk_audit_pruning")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _guard_on_sqlite() -> None:
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER audit_pruning_no_{act} BEFORE {act} ON audit_pruning BEGIN SELECT RAISE(ABORT, 'audit_pruning is only added to'); END"
        )
    op.execute("DROP TRIGGER audit_row_no_delete")
    op.execute(
        f"CREATE TRIGGER audit_row_no_delete BEFORE DELETE ON audit_row WHEN NOT EXISTS ({SEALED_AND_OVER}) "
        "BEGIN SELECT RAISE(ABORT, 'audit_row is only added to'); END"
    )


def _guard_on_postgresql() -> None:
    op.execute("CREATE TRIGGER audit_pruning_only_added_to BEFORE UPDATE OR DELETE ON audit_pruning FOR EACH ROW EXECUTE FUNCTION only_added_to()")
    op.execute(
        f"""CREATE FUNCTION goes_when_its_time_is_over() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF EXISTS ({SEALED_AND_OVER}) THEN RETURN OLD; END IF;
        RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$"""
    )
    op.execute("DROP TRIGGER audit_row_only_added_to ON audit_row")
    op.execute("CREATE TRIGGER audit_row_only_added_to BEFORE UPDATE ON audit_row FOR EACH ROW EXECUTE FUNCTION only_added_to()")
    op.execute("CREATE TRIGGER audit_row_goes BEFORE DELETE ON audit_row FOR EACH ROW EXECUTE FUNCTION goes_when_its_time_is_over()")


def down() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_row_no_delete")
        op.execute("CREATE TRIGGER audit_row_no_delete BEFORE DELETE ON audit_row BEGIN SELECT RAISE(ABORT, 'audit_row is only added to'); END")
    else:
        op.execute("DROP TRIGGER audit_row_goes ON audit_row")
        op.execute("DROP FUNCTION goes_when_its_time_is_over")
        op.execute("DROP TRIGGER audit_row_only_added_to ON audit_row")
        op.execute("CREATE TRIGGER audit_row_only_added_to BEFORE UPDATE OR DELETE ON audit_row FOR EACH ROW EXECUTE FUNCTION only_added_to()")
    op.drop_table("audit_pruning")
    op.drop_column("audit_seal", "of_long")
    op.drop_column("audit_row", "is_long")
