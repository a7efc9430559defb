"""What migration 0008 does for what organisations pledge."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

KNOWN = "mark in ('kept', 'on_the_way', 'not_kept')"


def up() -> None:
    _make_pledges()
    _make_updates()
    _make_marks()


def down() -> None:
    for table in ("partner_board_mark", "partner_update", "partner_pledge"):
        op.drop_table(table)


def _make_pledges() -> None:
    table = "partner_pledge"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("priority_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("organisation", "role")),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("contact_mark", "came_from")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("language", "words")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("due_on", "made_on")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("confirmed_on", "published_on")),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("sent_back_on", sa.Date(), nullable=True),
        sa.Column("sent_back_why", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(), nullable=True),
        _check(table, "confirmed_and_checked_first", "published_on is null or (confirmed_on is not null and published_by is not null)"),
        _check(table, "sent_back_with_a_reason", "(sent_back_on is null) = (sent_back_why is null)"),
        _check(table, "ended_with_a_reason", "(ended_on is null) = (ended_why is null)"),
        _check(table, "an_address_or_none", "(sealed is null) = (contact_mark is null)"),
        _fk(table, "priority_id", "priority"),
        _fk(table, "published_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("priority_id", "contact_mark", "came_from"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_updates() -> None:
    table = "partner_update"
    op.create_table(
        table,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "pledge_id")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("why", "evidence")),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("sent_back_on", sa.Date(), nullable=True),
        sa.Column("sent_back_why", sa.String(), nullable=True),
        _check(table, "mark_is_known", KNOWN),
        _check(table, "not_kept_says_why", "mark <> 'not_kept' or why is not null"),
        _check(table, "kept_shows_evidence", "mark <> 'kept' or evidence is not null"),
        _check(table, "an_officer_reads_it_first", "(published_on is null) = (published_by is null)"),
        _check(table, "sent_back_with_a_reason", "(sent_back_on is null) = (sent_back_why is null)"),
        _check(table, "out_or_back", "published_on is null or sent_back_on is null"),
        _fk(table, "pledge_id", "partner_pledge", ondelete="CASCADE"),
        _fk(table, "written_by", "member"),
        _fk(table, "published_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("pledge_id", "number", name=op.f(f"uq_{table}_pledge_id_number")),
    )


def _make_marks() -> None:
    table = "partner_board_mark"
    op.create_table(
        table,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("pledge_id", "member_id")),
        sa.Column("mark", sa.String(), nullable=False),
        _check(table, "mark_is_known", KNOWN),
        _fk(table, "pledge_id", "partner_pledge", ondelete="CASCADE"),
        _fk(table, "member_id", "member"),
        sa.PrimaryKeyConstraint("pledge_id", "member_id", name=op.f(f"pk_{table}")),
    )


def _check(table: str, name: str, holds: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(holds, name=op.f(f"ck_{table}_{name}"))


def _fk(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=ondelete)
