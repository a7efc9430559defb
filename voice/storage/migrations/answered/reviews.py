"""What migration 0008 does for a plan’s annual review: its editions, its linking words, the board's foreword; and triggers by which nobody changes
what is frozen, nor what a board member wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

FROZEN = "a frozen review stays"
WRITTEN = "the board’s words stay as they were written"
WORDS_CHANGE = "UPDATE OF words, written_by, written_at, plan_id, year ON review_foreword"


def up() -> None:
    _make_reviews()
    _make_words()
    _make_forewords()
    (_hold_on_sqlite if _on_sqlite() else _hold_on_postgresql)()


def down() -> None:
    for table in ("review_foreword", "review_words", "yearly_review"):
        op.drop_table(table)
    if not _on_sqlite():
        for function in ("frozen_review_stays", "foreword_stays"):
            op.execute(f"DROP FUNCTION {function}")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _make_reviews() -> None:
    table = "yearly_review"
    op.create_table(
        table,
        _uuid("id", nullable=False),
        _uuid("plan_id", nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("correction", sa.String(), nullable=True),
        _uuid("begun_by"),
        sa.Column("begun_on", sa.Date(), nullable=False),
        _uuid("frozen_by"),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=True),
        _check(table, "year_is_one_of_ours", "year between 1990 and 2200"),
        _check(table, "a_correction_says_what", "edition >= 1 and (edition = 1) = (correction is null)"),
        _check(table, "freezing_is_whole", "(frozen_on is null) = (document is null) and (frozen_on is null) = (digest is null)"),
        _fk(table, "plan_id", "plan"),
        _fk(table, "begun_by", "member"),
        _fk(table, "frozen_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("plan_id", "year", "edition", name=op.f("uq_yearly_review_plan_id_year_edition")),
    )


def _make_words() -> None:
    table = "review_words"
    op.create_table(
        table,
        _uuid("review_id", nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=True),
        _uuid("written_by", nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        _check(table, "has_words", "length(words) > 0"),
        _check(table, "an_introduction_says_whose", "(part = 'introduction') = (said_by is not null)"),
        sa.ForeignKeyConstraint(["review_id"], ["yearly_review.id"], name=op.f("fk_review_words_review_id_yearly_review"), ondelete="CASCADE"),
        _fk(table, "written_by", "member"),
        sa.PrimaryKeyConstraint("review_id", "part", name=op.f(f"pk_{table}")),
    )


def _make_forewords() -> None:
    table = "review_foreword"
    op.create_table(
        table,
        _uuid("id", nullable=False),
        _uuid("plan_id", nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        _uuid("written_by", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _uuid("approved_by"),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        _check(table, "has_words", "length(words) > 0"),
        _check(table, "approving_is_whole", "(approved_by is null) = (approved_at is null)"),
        _check(table, "a_second_member_approves", "approved_by is null or approved_by <> written_by"),
        _fk(table, "plan_id", "plan"),
        _fk(table, "written_by", "member"),
        _fk(table, "approved_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_review_foreword_plan_id_year", table, ["plan_id", "year"])


def _hold_on_sqlite() -> None:
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER yearly_review_{act}_is_frozen BEFORE {act.upper()} ON yearly_review WHEN OLD.frozen_on IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
        )
    op.execute(f"CREATE TRIGGER review_foreword_words_stay BEFORE {WORDS_CHANGE} BEGIN SELECT RAISE(ABORT, '{WRITTEN}'); END")
    op.execute(
        "CREATE TRIGGER review_foreword_yes_stays BEFORE UPDATE ON review_foreword WHEN OLD.approved_at IS NOT NULL "
        f"BEGIN SELECT RAISE(ABORT, '{WRITTEN}'); END"
    )
    op.execute(f"CREATE TRIGGER review_foreword_stays BEFORE DELETE ON review_foreword BEGIN SELECT RAISE(ABORT, '{WRITTEN}'); END")


def _hold_on_postgresql() -> None:
    for function, words in (("frozen_review_stays", FROZEN), ("foreword_stays", WRITTEN)):
        op.execute(f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{words}'; END $$")
    op.execute(
        "CREATE TRIGGER yearly_review_is_frozen BEFORE UPDATE OR DELETE ON yearly_review FOR EACH ROW "
        "WHEN (OLD.frozen_on IS NOT NULL) EXECUTE FUNCTION frozen_review_stays()"
    )
    op.execute(f"CREATE TRIGGER review_foreword_words_stay BEFORE {WORDS_CHANGE} FOR EACH ROW EXECUTE FUNCTION foreword_stays()")
    op.execute(
        "CREATE TRIGGER review_foreword_yes_stays BEFORE UPDATE ON review_foreword FOR EACH ROW "
        "WHEN (OLD.approved_at IS NOT NULL) EXECUTE FUNCTION foreword_stays()"
    )
    op.execute("CREATE TRIGGER review_foreword_stays BEFORE DELETE ON review_foreword FOR EACH ROW EXECUTE FUNCTION foreword_stays()")


def _uuid(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _fk(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
