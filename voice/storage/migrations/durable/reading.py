"""What migration 0009 does for `reading`: what waits for an officer stands in a line of its own, kept by triggers in the transaction that changes it.

So a page of the queue costs what it shows, however much was read before. Whoever writes a view, a screening, a reading, a sorting or what is set
aside need not know of the line.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# Held by the safeguarding lead; read and not sorted; to be read first, and so is what the screen never judged; set aside to be judged together;
# then the rest. {view} and {submission} are ids.
LANE = """CASE
    WHEN EXISTS (SELECT 1 FROM screening s WHERE s.submission_id = {submission} AND s.is_concern AND s.closed_at IS NULL) THEN 0
    WHEN EXISTS (SELECT 1 FROM reading r WHERE r.view_id = {view}) THEN 4
    WHEN NOT EXISTS (SELECT 1 FROM screening s WHERE s.submission_id = {submission} AND NOT s.read_first) THEN 1
    WHEN EXISTS (SELECT 1 FROM set_aside a WHERE a.submission_id = {submission} AND a.is_real IS NOT TRUE) THEN 3
    ELSE 2 END"""
JOIN = f"""INSERT INTO in_line (view_id, lane, since, group_id)
    SELECT v.id, {LANE.format(view="v.id", submission="v.submission_id")}, coalesce(reading.read_on, v.received_on), submission.group_id
    FROM view v JOIN submission ON submission.id = v.submission_id
    LEFT JOIN reading ON reading.view_id = v.id LEFT JOIN sorting ON sorting.view_id = v.id
    WHERE (reading.view_id IS NULL OR (reading.decision <> 'withheld' AND sorting.view_id IS NULL))"""  # words of this file
AGAIN = f"DELETE FROM in_line WHERE view_id = {{row}}.view_id; {JOIN} AND v.id = {{row}}.view_id"  # words of this file
MOVE = f"""UPDATE in_line SET lane = {LANE.format(view="in_line.view_id", submission="{row}.submission_id")}
    WHERE view_id IN (SELECT id FROM view WHERE submission_id = {{row}}.submission_id)"""  # words of this file
# Table -> what it changes, and the columns of an update that matter.
WATCHED = {
    "reading": (AGAIN, "decision"),
    "sorting": (AGAIN, "view_id"),
    "screening": (MOVE, "is_concern, closed_at, read_first, submission_id"),
    "set_aside": (MOVE, "is_real"),
}


def up() -> None:
    op.create_table(
        "in_line",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("lane between 0 and 4", name=op.f("ck_in_line_lane_is_known")),
        sa.ForeignKeyConstraint(["view_id"], ["view.id"], name=op.f("fk_in_line_view_id_view"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("view_id", name=op.f("pk_in_line")),
    )
    op.execute(JOIN)
    op.create_index("ix_in_line_lane", "in_line", ["lane", "since", "view_id", "group_id"])
    _index_arrivals("activity_id", "received_on", "way_in")  # for days on which far more came by one way than usual
    _watch("view", "insert", f"{JOIN} AND v.id = NEW.id")
    for table, (command, columns) in WATCHED.items():
        for act in ("insert", "update", "delete"):
            _watch(table, act, command.format(row="OLD" if act == "delete" else "NEW"), columns)


def down() -> None:
    for table, act in (("view", "insert"), *((table, act) for table in WATCHED for act in ("insert", "update", "delete"))):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{act}_in_line")
            continue
        op.execute(f"DROP TRIGGER IF EXISTS {table}_{act}_in_line ON {table}")
        op.execute(f"DROP FUNCTION IF EXISTS {table}_{act}_in_line")
    op.drop_table("in_line")
    _index_arrivals("activity_id", "received_on")


def _index_arrivals(*columns: str) -> None:
    op.drop_index("ix_submission_activity_received", "submission")
    op.create_index("ix_submission_activity_received", "submission", columns)


def _watch(table: str, act: str, commands: str, columns: str = "") -> None:
    name = f"{table}_{act}_in_line"
    when = f"AFTER {act.upper()} {f'OF {columns} ' if act == 'update' else ''}ON {table}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {commands}; END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {commands}; RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")
