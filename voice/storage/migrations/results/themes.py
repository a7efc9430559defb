"""What migration 0007 does for themes split, merged and proposed, and for the words that stand beside them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

TABLES = ("theme_proposal_view", "theme_proposal", "theme_change_view", "theme_change", "theme_quote")
MERGED = "ALTER TABLE theme ADD COLUMN merged_into {uuid} CONSTRAINT fk_theme_merged_into_theme REFERENCES theme (id)"


def up() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(MERGED.format(uuid="CHAR(32)" if sqlite else "UUID"))
    op.create_index("ix_theme_merged_into", "theme", ["merged_into"])
    _make_quotes()
    _make_changes()
    _make_proposals()


def down() -> None:
    for table in TABLES:
        op.drop_table(table)
    # What was merged becomes a theme without views again: where its views went is no longer known.
    op.drop_index("ix_theme_merged_into", "theme")
    op.drop_column("theme", "merged_into")


def _make_quotes() -> None:
    op.create_table(
        "theme_quote",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("view_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _uuid("picked_by"),
        _fk("theme_quote", "picked_by", "member"),
        sa.ForeignKeyConstraint(
            ["theme_id", "view_id"],
            ["theme_view.theme_id", "theme_view.view_id"],
            name=op.f("fk_theme_quote_theme_id_view_id_theme_view"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theme_id", "view_id", name=op.f("pk_theme_quote")),
    )
    op.create_index(op.f("ix_theme_quote_view_id"), "theme_quote", ["view_id"])


def _make_changes() -> None:
    table = "theme_change"
    op.create_table(
        table,
        _uuid("id"),
        sa.Column("kind", sa.String(), nullable=False),
        _uuid("theme_id"),
        _uuid("other_id"),
        sa.Column("step", sa.Integer(), nullable=False),
        _uuid("changed_by"),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind in ('merged', 'split')", name=op.f("ck_theme_change_kind_is_known")),
        sa.CheckConstraint("theme_id <> other_id", name=op.f("ck_theme_change_two_themes")),
        _fk(table, "theme_id", "theme", "CASCADE"),
        _fk(table, "other_id", "theme", "CASCADE"),
        _fk(table, "changed_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_change")),
    )
    for column in ("theme_id", "other_id"):
        op.create_index(op.f(f"ix_theme_change_{column}"), table, [column])
    _beside_views(table, sa.Column("was_there", sa.Boolean(), nullable=False), called="change_id")


def _make_proposals() -> None:
    table = "theme_proposal"
    op.create_table(
        table,
        _uuid("id"),
        _uuid("theme_id"),
        sa.Column("words", sa.String(), nullable=False),
        _uuid("proposed_by"),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        _uuid("became_id", nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        _uuid("settled_by", nullable=True),
        *_checks_of_proposals(),
        _fk(table, "theme_id", "theme", "CASCADE"),
        _fk(table, "proposed_by", "member"),
        _fk(table, "became_id", "theme", "CASCADE"),
        _fk(table, "settled_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_proposal")),
    )
    for column in ("theme_id", "became_id"):
        op.create_index(op.f(f"ix_theme_proposal_{column}"), table, [column])
    _beside_views(table, called="proposal_id")


def _checks_of_proposals() -> list[sa.CheckConstraint]:
    settled = "(outcome is null) = (settled_on is null) and (outcome is null) = (settled_by is null)"
    rules = {
        "has_words": "length(words) > 0",
        "outcome_is_known": "outcome in ('made', 'joined', 'declined')",
        "settling_is_whole": settled,
        "declining_says_why": "outcome is null or (outcome = 'declined') = (reason is not null)",
        "or_becomes_a_theme": "outcome is null or (outcome = 'declined') = (became_id is null)",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_theme_proposal_{name}")) for name, rule in rules.items()]


def _beside_views(table: str, *more: sa.Column[Any], called: str) -> None:
    """Which views belong to rows of this table; what is taken back goes from here too."""
    own = f"{table}_view"
    op.create_table(
        own,
        _uuid(called),
        _uuid("view_id"),
        *more,
        _fk(own, called, table, "CASCADE"),
        _fk(own, "view_id", "view", "CASCADE"),
        sa.PrimaryKeyConstraint(called, "view_id", name=op.f(f"pk_{own}")),
    )
    op.create_index(op.f(f"ix_{own}_view_id"), own, ["view_id"])


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _fk(table: str, column: str, other: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=gone)
