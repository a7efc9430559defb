"""What migration 0007 does for how many children live where, and for whose words were heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

READ = (
    "INSERT INTO uncounted_words (submission_id) SELECT submission.id FROM view JOIN submission ON submission.id = view.submission_id "
    "WHERE view.id = {row}.view_id AND submission.activity_id IS NOT NULL"
)
ANSWERED = (
    "INSERT INTO uncounted_words (submission_id) SELECT DISTINCT submission.id FROM theme_view JOIN view ON view.id = theme_view.view_id "
    "JOIN submission ON submission.id = view.submission_id WHERE theme_view.theme_id = {row}.theme_id AND submission.activity_id IS NOT NULL"
)
# Table -> what of it is to be counted anew, and the columns that matter.
WATCHED = {"reading": READ, "answer": ANSWERED}
MATTERS = {"reading": ("view_id", "decision", "reason"), "answer": ("theme_id", "published_on")}
ALL_WORDS = (
    "INSERT INTO uncounted_words (submission_id) SELECT DISTINCT submission.id FROM view "
    "JOIN submission ON submission.id = view.submission_id WHERE submission.activity_id IS NOT NULL"
)
ASIDE = (
    "INSERT INTO tally_slice (activity_id, fact, value, other_fact, other_value) SELECT DISTINCT submission.activity_id, 'aside', '', '', '' "
    "FROM counted JOIN submission ON submission.id = counted.submission_id WHERE counted.left_out",
    "INSERT INTO tally_people (slice_id, generation, people) SELECT tally_slice.id, counted.generation, count(*) "
    "FROM counted JOIN submission ON submission.id = counted.submission_id "
    "JOIN tally_slice ON tally_slice.activity_id = submission.activity_id AND tally_slice.fact = 'aside' "
    "WHERE counted.left_out GROUP BY tally_slice.id, counted.generation",
)
NOT_KNOWN_BEFORE = (
    "DELETE FROM counted_words WHERE fact = 'heard'",
    "DELETE FROM tally_people WHERE slice_id IN (SELECT id FROM tally_slice WHERE fact IN ('heard', 'aside') OR other_fact = 'heard')",
    "DELETE FROM tally_slice WHERE fact IN ('heard', 'aside') OR other_fact = 'heard'",
)


def up() -> None:
    op.create_table(
        "population",
        sa.Column("plan_id", sa.Uuid(), sa.ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.String(), primary_key=True),
        sa.Column("age_band", sa.String(), primary_key=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=True),
        sa.CheckConstraint("people >= 0", name=op.f("ck_population_counts_people")),
        sa.CheckConstraint("length(source) > 0", name=op.f("ck_population_names_its_source")),
    )
    _watch()
    for each in (ALL_WORDS, *ASIDE):
        op.execute(each)


def down() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in WATCHED:
        for act in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{act}_heard_to_count" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_heard_to_count")
    for each in NOT_KNOWN_BEFORE:
        op.execute(each)
    op.drop_table("population")


def _watch() -> None:
    """What a person decided about words, and what was answered, change how far words came. An update that leaves both as they are changes nothing."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, command in WATCHED.items():
        old, new = command.format(row="OLD"), command.format(row="NEW")
        if sqlite:
            for act, rows in (("insert", (new,)), ("update", (old, new)), ("delete", (old,))):
                when = f" WHEN {' OR '.join(f'OLD.{each} IS NOT NEW.{each}' for each in MATTERS[table])}" if act == "update" else ""
                op.execute(f"CREATE TRIGGER {table}_{act}_heard_to_count AFTER {act.upper()} ON {table}{when} BEGIN {'; '.join(rows)}; END")
            continue
        op.execute(
            f"CREATE FUNCTION {table}_heard_to_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {old}; END IF; IF TG_OP <> 'DELETE' THEN {new}; END IF; RETURN NULL; END $$"
        )
        for act in ("insert", "update", "delete"):
            changed = " OR ".join(f"OLD.{each} IS DISTINCT FROM NEW.{each}" for each in MATTERS[table])
            when = f" WHEN ({changed})" if act == "update" else ""
            op.execute(
                f"CREATE TRIGGER {table}_{act}_heard_to_count AFTER {act.upper()} ON {table} FOR EACH ROW{when} "
                f"EXECUTE FUNCTION {table}_heard_to_count()"
            )
