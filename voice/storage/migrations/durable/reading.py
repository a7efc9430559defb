"""What migration 0009 does for `reading`: who waits to be read stands in a line of its own, kept by triggers in the transaction that changes it.

So a page of the queue costs what it shows, however much was read before. Whoever writes a view, a screening, a reading or what is set aside
need not know of the line.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# Held by the safeguarding lead; to be read first, and so is what the screen never judged; set aside to be judged together; then the rest.
LANE = """CASE
    WHEN EXISTS (SELECT 1 FROM screening s WHERE s.submission_id = {submission} AND s.is_concern AND s.closed_at IS NULL) THEN 0
    WHEN NOT EXISTS (SELECT 1 FROM screening s WHERE s.submission_id = {submission} AND NOT s.read_first) THEN 1
    WHEN EXISTS (SELECT 1 FROM set_aside a WHERE a.submission_id = {submission} AND a.is_real IS NOT TRUE) THEN 3
    ELSE 2 END"""
JOIN = (
    "INSERT INTO in_line (view_id, lane, received_on, group_id) "
    f"SELECT v.id, {LANE.format(submission='v.submission_id')}, v.received_on, submission.group_id "
    "FROM view v JOIN submission ON submission.id = v.submission_id WHERE "
)  # noqa: S608  # words of this file
LEAVE = "DELETE FROM in_line WHERE view_id = NEW.view_id"
MOVE = (
    "UPDATE in_line SET lane = " + LANE.format(submission="{row}.submission_id") + " "
    "WHERE view_id IN (SELECT id FROM view WHERE submission_id = {row}.submission_id)"
)  # noqa: S608  # words of this file
CHANGES = {"screening": "OF is_concern, closed_at, read_first, submission_id ", "set_aside": "OF is_real "}
MOVES = {f"{table}_{act}": (table, act) for table in CHANGES for act in ("insert", "update", "delete")}
COMMANDS = {
    "view_insert": ("AFTER INSERT ON view", JOIN + "v.id = NEW.id"),
    "reading_insert": ("AFTER INSERT ON reading", LEAVE),
    "reading_delete": ("AFTER DELETE ON reading", JOIN + "v.id = OLD.view_id"),
    **{
        name: (
            f"AFTER {act.upper()} {CHANGES[table] if act == 'update' else ''}ON {table}",
            MOVE.format(row="OLD" if act == "delete" else "NEW"),
        )
        for name, (table, act) in MOVES.items()
    },
}


def up() -> None:
    op.create_table(
        "in_line",
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("lane between 0 and 3", name=op.f("ck_in_line_lane_is_known")),
        sa.ForeignKeyConstraint(["view_id"], ["view.id"], name=op.f("fk_in_line_view_id_view"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("view_id", name=op.f("pk_in_line")),
    )
    op.execute(JOIN + "NOT EXISTS (SELECT 1 FROM reading WHERE reading.view_id = v.id)")  # noqa: S608  # words of this file
    op.create_index("ix_in_line_lane", "in_line", ["lane", "received_on", "view_id", "group_id"])
    for name, (when, command) in COMMANDS.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"CREATE TRIGGER {name}_in_line {when} BEGIN {command}; END")
            continue
        op.execute(f"CREATE FUNCTION {name}_in_line() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {command}; RETURN NULL; END $$")
        op.execute(f"CREATE TRIGGER {name}_in_line {when} FOR EACH ROW EXECUTE FUNCTION {name}_in_line()")


def down() -> None:
    for name, (when, _command) in COMMANDS.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER IF EXISTS {name}_in_line")
            continue
        op.execute(f"DROP TRIGGER IF EXISTS {name}_in_line ON {when.rsplit(maxsplit=1)[-1]}")
        op.execute(f"DROP FUNCTION IF EXISTS {name}_in_line")
    op.drop_table("in_line")
