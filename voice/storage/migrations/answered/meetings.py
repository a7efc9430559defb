"""What migration 0008 does for the board’s meetings, rounds of votes, decisions and asks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

TABLES = (
    "board_letter",
    "meeting_talk",
    "leader_ask",
    "board_decision",
    "board_note",
    "ballot",
    "vote_round_theme",
    "vote_round",
    "meeting_seat",
    "meeting_theme",
    "meeting",
)


def up() -> None:
    _meetings()
    _rounds()
    _said()
    _asks()
    _talks_and_letters()


def down() -> None:
    for table in TABLES:
        op.drop_table(table)


def _meetings() -> None:
    _table(
        "meeting",
        _uuid("id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        _words("place"),
        _uuid("chair_id", "member"),
        _uuid("adult_id", "member", nullable=True),
        _words("adult_name", nullable=True),
        _words("adult_role", nullable=True),
        _uuid("made_by", "member"),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("pack_out_on", sa.Date(), nullable=True),
        sa.Column("held_back", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("called_off_on", sa.Date(), nullable=True),
        index=("day",),
        rules={
            "ends_after_it_begins": "begins_at < ends_at",
            "is_somewhere": "length(place) > 0",
            "names_the_adult": "(adult_id is null) = (adult_name is not null)",
            "says_who_the_adult_is": "(adult_name is null) = (adult_role is null)",
            "says_what_was_held_back": "(pack_out_on is null) = (held_back is null)",
            "held_or_called_off": "ended_on is null or called_off_on is null",
        },
    )
    _table(
        "meeting_theme",
        _uuid("meeting_id", "meeting", "CASCADE"),
        _uuid("theme_id", "theme", "CASCADE"),
        _number("place"),
        index=("theme_id",),
        key=2,
    )
    _table("meeting_seat", _uuid("meeting_id", "meeting", "CASCADE"), _uuid("member_id", "member", "CASCADE"), index=("member_id",), key=2)


def _rounds() -> None:
    _table(
        "vote_round",
        _uuid("id"),
        _uuid("meeting_id", "meeting", "CASCADE"),
        _uuid("opened_by", "member"),
        _moment("opened_at"),
        _moment("closes_at"),
        _moment("closed_at", nullable=True),
        _number("seats"),
        _number("came_in", nullable=True),
        index=("meeting_id",),
        rules={
            "somebody_takes_part": "seats > 0",
            "closing_says_how_many": "(closed_at is null) = (came_in is null)",
            "no_more_than_take_part": "came_in is null or came_in between 0 and seats",
        },
    )
    _one_open("vote_round", "closed_at is null")
    _table(
        "vote_round_theme",
        _uuid("round_id", "vote_round", "CASCADE"),
        _uuid("theme_id", "theme", "CASCADE"),
        _number("weights", nullable=True),
        _number("voices", nullable=True),
        index=("theme_id",),
        key=2,
        rules={
            "both_or_neither": "(weights is null) = (voices is null)",
            "weights_are_1_to_3": "weights is null or weights between voices and 3 * voices",
        },
    )
    _table(
        "ballot",
        _uuid("round_id", "vote_round", "CASCADE"),
        _uuid("member_id", "member", "CASCADE"),
        sa.Column("marks", sa.JSON(), nullable=False),
        key=2,
    )


def _said() -> None:
    _table(
        "board_note",
        _uuid("id"),
        _uuid("meeting_id", "meeting", "CASCADE"),
        _uuid("theme_id", "theme", "CASCADE", nullable=True),
        _words("words"),
        _uuid("written_by", "member"),
        _moment("written_at"),
        index=("meeting_id", "theme_id"),
        rules={"has_words": "length(words) > 0"},
    )
    _table(
        "board_decision",
        _uuid("meeting_id", "meeting", "CASCADE"),
        _uuid("theme_id", "theme", "CASCADE"),
        _words("words"),
        sa.Column("may_be_public", sa.Boolean(), nullable=False),
        _words("minority", nullable=True),
        sa.Column("minority_may_be_public", sa.Boolean(), nullable=False),
        _uuid("written_by", "member"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        index=("theme_id",),
        key=2,
        rules={
            "has_words": "length(words) > 0",
            "minority_has_words": "minority is null or length(minority) > 0",
            "nothing_is_not_public": "minority is not null or not minority_may_be_public",
        },
    )


def _asks() -> None:
    _table(
        "leader_ask",
        _uuid("id"),
        _uuid("meeting_id", "meeting", "CASCADE"),
        _uuid("theme_id", "theme", "CASCADE", nullable=True),
        _words("words"),
        _words("owner_role"),
        _words("organisation"),
        _uuid("owner_id", "member", nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("may_be_public", sa.Boolean(), nullable=False),
        _uuid("asked_by", "member"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _words("answer", nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        _uuid("answered_by", "member", nullable=True),
        index=("meeting_id", "theme_id", "owner_id"),
        rules={
            "has_words": "length(words) > 0",
            "has_an_owner": "length(owner_role) > 0 and length(organisation) > 0",
            "is_due_later": "due_on >= asked_on",
            "answer_is_whole": "(answered_on is null) = (answer is null) and (answered_on is null) = (answered_by is null)",
        },
    )


def _talks_and_letters() -> None:
    _table(
        "meeting_talk",
        _uuid("id"),
        _uuid("meeting_id", "meeting", "CASCADE"),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("looked_in_on", sa.Date(), nullable=True),
        _uuid("looked_in_by", "member", nullable=True),
        index=("meeting_id",),
        rules={"looking_in_is_whole": "(looked_in_on is null) = (looked_in_by is null)"},
    )
    _one_open("meeting_talk", "looked_in_on is null")
    _table(
        "board_letter",
        _uuid("member_id", "member", "CASCADE"),
        sa.Column("is_owed", sa.Boolean(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
    )


def _table(name: str, *columns: sa.Column[Any], index: tuple[str, ...] = (), key: int = 1, rules: dict[str, str] | None = None) -> None:
    """A table whose first `key` columns are its key; columns bear in `info` which table they lead to, and what happens when that row goes."""
    leads = [each for each in columns if "to" in each.info]
    op.create_table(
        name,
        *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{what}")) for what, rule in (rules or {}).items()),
        *(_fk(name, each.name, each.info["to"], each.info["gone"]) for each in leads),
        sa.PrimaryKeyConstraint(*(each.name for each in columns[:key]), name=op.f(f"pk_{name}")),
    )
    for column in index:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])


def _one_open(table: str, condition: str) -> None:
    """At most one row of a meeting for which this holds."""
    where = sa.text(condition)
    op.create_index(f"uq_{table}_open", table, ["meeting_id"], unique=True, sqlite_where=where, postgresql_where=where)


def _uuid(name: str, to: str | None = None, gone: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable, info={"to": to, "gone": gone} if to else {})


def _words(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _fk(table: str, column: str, other: str, gone: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=gone)
