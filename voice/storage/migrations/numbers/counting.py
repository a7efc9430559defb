"""What migration 0006 does for `counting`: tallies, and the lists of what is still to be counted, which triggers write."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# Table -> what of it is watched, and how a row there leads to a submission.
TIED = ("tag", "theme_view")
OUT = ("measure_reading", "release")
WORDS = "INSERT INTO uncounted_words (submission_id) SELECT submission_id FROM view WHERE id = {row}.view_id"
TO_COUNT = "INSERT INTO uncounted (submission_id) SELECT id FROM submission WHERE activity_id IS NOT NULL"
WORDS_TO_COUNT = (
    "INSERT INTO uncounted_words (submission_id) SELECT DISTINCT submission_id FROM view "
    "WHERE id IN (SELECT view_id FROM tag) OR id IN (SELECT view_id FROM theme_view)"
)


def up() -> None:
    _make_lists()
    _make_tallies()
    _make_releases()
    op.execute(TO_COUNT)
    op.execute(WORDS_TO_COUNT)
    if op.get_bind().dialect.name == "sqlite":
        _watch_on_sqlite()
    else:
        _watch_on_postgresql()


def down() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER IF EXISTS release_{act}_is_out" + ("" if sqlite else " ON release"))
    for table in ("submission", *TIED):
        for act in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{act}_to_count" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        for name in ("release_is_out", "submission_to_count", "words_to_count"):
            op.execute(f"DROP FUNCTION IF EXISTS {name}")
    for name in (*OUT, "tally", "tally_people", "tally_slice", "generation", "counted_words", "uncounted_words", "counted", "uncounted"):
        op.drop_table(name)


def _make_lists() -> None:
    op.create_table("uncounted", _submission(primary_key=True))
    op.create_table("counted", _submission(primary_key=True), sa.Column("generation", sa.Integer(), nullable=False), _bool("left_out"))
    op.create_index("ix_counted_left_out", "counted", ["left_out"])
    op.create_table("uncounted_words", _number("id"), _submission(primary_key=False))
    op.create_index("ix_uncounted_words_submission_id", "uncounted_words", ["submission_id"])
    op.create_table(
        "counted_words",
        _submission(primary_key=True),
        sa.Column("fact", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), primary_key=True),
        sa.Column("generation", sa.Integer(), nullable=False),
    )
    op.create_table("generation", _activity(primary_key=True), sa.Column("number", sa.Integer(), nullable=False))


def _make_tallies() -> None:
    op.create_table(
        "tally_slice",
        _number("id"),
        _activity(primary_key=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("fact", "value", "other_fact", "other_value")),
        sa.UniqueConstraint(
            "activity_id", "fact", "value", "other_fact", "other_value", name=op.f("uq_tally_slice_activity_id_fact_value_other_fact_other_value")
        ),
    )
    own = (sa.Column("generation", sa.Integer(), primary_key=True, autoincrement=False),)
    op.create_table("tally_people", _slice(), *own, sa.Column("people", sa.Integer(), nullable=False))
    names = (sa.Column(name, sa.String(), primary_key=True) for name in ("question", "code"))
    op.create_table("tally", _slice(), *names, sa.Column("people", sa.Integer(), nullable=False))


def _make_releases() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("activity_id", sa.Uuid(), sa.ForeignKey("activity.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), sa.ForeignKey("member.id"), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("published_by", sa.Uuid(), sa.ForeignKey("member.id"), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        _bool("dropped"),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("figures", "centers", "basis")),
        sa.UniqueConstraint("activity_id", "number", name=op.f("uq_release_activity_id_number")),
        sa.CheckConstraint("(published_on is null) = (published_by is null)", name=op.f("ck_release_a_person_publishes")),
        sa.CheckConstraint("not dropped or published_on is null", name=op.f("ck_release_what_is_out_is_out")),
    )
    op.create_table(
        "measure_reading",
        sa.Column("measure_id", sa.Uuid(), sa.ForeignKey("measure.id"), primary_key=True),
        sa.Column("activity_id", sa.Uuid(), sa.ForeignKey("activity.id"), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("linked_by", sa.Uuid(), sa.ForeignKey("member.id"), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
    )
    _what_is_out_stays()


def _what_is_out_stays() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER release_{act}_is_out BEFORE {act.upper()} ON release WHEN OLD.published_on IS NOT NULL "
                "BEGIN SELECT RAISE(ABORT, 'what was published stays'); END"
            )
        return
    op.execute("CREATE FUNCTION release_is_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'what was published stays'; END $$")
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER release_{act}_is_out BEFORE {act.upper()} ON release FOR EACH ROW "
            "WHEN (OLD.published_on IS NOT NULL) EXECUTE FUNCTION release_is_out()"
        )


def _submission(*, primary_key: bool) -> sa.Column[object]:
    return sa.Column("submission_id", sa.Uuid(), sa.ForeignKey("submission.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False)


def _activity(*, primary_key: bool) -> sa.Column[object]:
    return sa.Column("activity_id", sa.Uuid(), sa.ForeignKey("activity.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False)


def _slice() -> sa.Column[object]:
    key = sa.ForeignKey("tally_slice.id", ondelete="CASCADE")
    return sa.Column("slice_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), key, primary_key=True, autoincrement=False)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True)


def _bool(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _watch_on_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER submission_insert_to_count AFTER INSERT ON submission WHEN NEW.activity_id IS NOT NULL "
        "BEGIN INSERT INTO uncounted (submission_id) VALUES (NEW.id); END"
    )
    for table in TIED:
        for act, rows in (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",))):
            body = " ".join(f"{WORDS.format(row=row)};" for row in rows)
            op.execute(f"CREATE TRIGGER {table}_{act}_to_count AFTER {act.upper()} ON {table} BEGIN {body} END")


def _watch_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION submission_to_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO uncounted (submission_id) VALUES (NEW.id); RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER submission_insert_to_count AFTER INSERT ON submission FOR EACH ROW "
        "WHEN (NEW.activity_id IS NOT NULL) EXECUTE FUNCTION submission_to_count()"
    )
    old, new = WORDS.format(row="OLD"), WORDS.format(row="NEW")
    op.execute(
        "CREATE FUNCTION words_to_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {old}; END IF; IF TG_OP <> 'DELETE' THEN {new}; END IF; RETURN NULL; END $$"
    )
    for table in TIED:
        for act in ("insert", "update", "delete"):
            op.execute(f"CREATE TRIGGER {table}_{act}_to_count AFTER {act.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION words_to_count()")
