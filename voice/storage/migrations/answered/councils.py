"""What migration 0008 does for what the board says of a draft, school councils, and the termly account."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

TABLES = (
    "board_account",
    "council_decision",
    "council_activity",
    "council",
    "board_draft_words",
    "board_draft_say",
    "board_draft_section",
    "board_draft",
)


def up() -> None:
    _make_drafts()
    _make_sections()
    _make_says()
    _make_words()
    _make_councils()
    _make_decisions()
    _make_accounts()


def down() -> None:
    for table in TABLES:
        op.drop_table(table)


def _make_drafts() -> None:
    rules = {
        "kind_is_known": "kind in ('plan', 'strategy')",
        "has_a_title": "length(title) > 0",
        "laid_until_a_day": "(laid_on is null) = (until is null)",
        "ends_after_it_begins": "until is null or until >= laid_on",
        "closed_after_it_was_laid": "closed_on is null or laid_on is not null",
        "answered_after_it_closed": "answered_on is null or closed_on is not null",
    }
    columns = [_uuid("id"), _text("kind"), _text("title"), _uuid("plan_id", nullable=True), _text("owner_role"), _text("organisation")]
    columns += [_uuid("owner_id", nullable=True), _uuid("made_by"), _day("made_on"), _day("laid_on", nullable=True), _day("until", nullable=True)]
    columns += [_day("closed_on", nullable=True), _uuid("closed_by", nullable=True), _day("answered_on", nullable=True)]
    others = {"plan_id": "plan", "owner_id": "member", "made_by": "member", "closed_by": "member"}
    _make("board_draft", columns, rules, others)


def _make_sections() -> None:
    table = "board_draft_section"
    rules = {
        "place_counts_from_1": "place > 0",
        "has_words": "length(title) > 0 and length(words) > 0",
        "outcome_is_known": "outcome in ('changed', 'not_changed')",
        "answer_is_whole": "(outcome is null) = (answer is null) and (outcome is null) = (answered_by is null)",
    }
    columns = [_uuid("id"), _uuid("draft_id"), sa.Column("place", sa.Integer(), nullable=False), _text("title"), _text("words")]
    columns += [
        _uuid("priority_id", nullable=True),
        _text("outcome", nullable=True),
        _text("answer", nullable=True),
        _uuid("answered_by", nullable=True),
    ]
    others = {"priority_id": "priority", "answered_by": "member"}
    more = [_fk(table, "draft_id", "board_draft", "CASCADE"), sa.UniqueConstraint("draft_id", "place", name=op.f(f"uq_{table}_draft_id_place"))]
    _make(table, columns, rules, others, *more)


def _make_says() -> None:
    table = "board_draft_say"
    rules = {
        "stance_is_known": "stance in ('agree', 'change', 'not_sure')",
        "says_something": "stance is not null or words is not null",
    }
    columns = [_uuid("section_id"), _uuid("member_id"), _text("stance", nullable=True), _text("words", nullable=True)]
    columns += [sa.Column("held", sa.Boolean(), nullable=False), _day("said_on")]
    more = _fk(table, "section_id", "board_draft_section", "CASCADE")
    _make(table, columns, rules, {"member_id": "member"}, more, key=("section_id", "member_id"))


def _make_words() -> None:
    table = "board_draft_words"
    rules = {"counts_from_1": "number > 0 and place >= 0", "has_words": "length(words) > 0"}
    columns = [_uuid("draft_id"), *(sa.Column(name, sa.Integer(), nullable=False, autoincrement=False) for name in ("place", "number"))]
    columns += [_text("words"), _uuid("written_by"), sa.Column("written_at", sa.DateTime(timezone=True), nullable=False)]
    more = _fk(table, "draft_id", "board_draft", "CASCADE")
    _make(table, columns, rules, {"written_by": "member"}, more, key=("draft_id", "place", "number"))


def _make_councils() -> None:
    rules = {
        "kind_is_known": "kind in ('school', 'youth')",
        "somebody_runs_it": "(organisation_id is null) <> (worker_id is null)",
        "name_is_one": "length(name) between 2 and 120",
    }
    columns = [_uuid("id"), _text("kind"), _text("name"), _uuid("organisation_id", nullable=True), _uuid("worker_id", nullable=True)]
    columns += [_uuid("made_by"), _day("made_on"), _day("ended_on", nullable=True)]
    others = {"organisation_id": "organisation", "worker_id": "member", "made_by": "member"}
    _make("council", columns, rules, others, sa.UniqueConstraint("name", name=op.f("uq_council_name")))
    op.create_index(op.f("ix_council_organisation_id"), "council", ["organisation_id"])
    others = {"activity_id": "activity", "council_id": "council"}
    _make("council_activity", [_uuid("activity_id"), _uuid("council_id")], {}, others, key=("activity_id",))
    op.create_index(op.f("ix_council_activity_council_id"), "council_activity", ["council_id"])


def _make_decisions() -> None:
    table = "council_decision"
    rules = {
        "has_words": "length(talked_about) > 0 and length(decided) > 0 and length(asked_for) > 0",
        "outcome_is_known": "outcome in ('passed', 'sent_back')",
        "reading_is_whole": "(outcome is null) = (read_on is null) and (outcome is null) = (read_by is null)",
        "shown_where_it_passed": "(coalesce(outcome, '') = 'passed') = (shown is not null)",
        "sending_back_says_why": "outcome is null or (outcome = 'sent_back') = (reason is not null)",
        "reply_is_whole": "(reply is null) = (replied_on is null) and (reply is null) = (replied_by is null)",
        "the_board_has_what_passed": "shown is not null or (reply is null and theme_id is null)",
    }
    columns = [_uuid("id"), _uuid("council_id"), _uuid("activity_id", nullable=True), _text("talked_about"), _text("decided"), _text("asked_for")]
    columns += [_text("minority", nullable=True), _day("sent_on"), _uuid("sent_by"), _text("outcome", nullable=True), _text("reason", nullable=True)]
    columns += [sa.Column("shown", sa.JSON(), nullable=True), _uuid("read_by", nullable=True), _day("read_on", nullable=True)]
    columns += [
        _uuid("theme_id", nullable=True),
        _text("reply", nullable=True),
        _day("replied_on", nullable=True),
        _uuid("replied_by", nullable=True),
    ]
    others = {"council_id": "council", "activity_id": "activity", "sent_by": "member", "read_by": "member", "replied_by": "member"}
    _make(table, columns, rules, others, _fk(table, "theme_id", "theme", "SET NULL"))
    for column in ("council_id", "theme_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_accounts() -> None:
    table = "board_account"
    rules = {
        "has_an_address": "length(slug) > 0",
        "counts_from_1": "edition > 0",
        "publishing_is_whole": "(published_on is null) = (frozen is null) and (published_on is null) = (approved_by is null)",
    }
    columns = [_uuid("id"), _day("term"), _text("slug"), *(sa.Column(name, sa.JSON(), nullable=False) for name in ("words", "left_out"))]
    columns += [sa.Column("edition", sa.Integer(), nullable=False), _uuid("changed_by"), _day("changed_on"), _uuid("approved_by", nullable=True)]
    columns += [_day("published_on", nullable=True), sa.Column("frozen", sa.JSON(), nullable=True)]
    unique = (sa.UniqueConstraint(name, name=op.f(f"uq_{table}_{name}")) for name in ("term", "slug"))
    _make(table, columns, rules, {"changed_by": "member", "approved_by": "member"}, *unique)


def _make(
    table: str, columns: list[sa.Column[Any]], rules: dict[str, str], others: dict[str, str], *more: Any, key: tuple[str, ...] = ("id",)
) -> None:
    checks = (sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items())
    keys = (_fk(table, column, other) for column, other in others.items())
    op.create_table(table, *columns, *checks, *keys, *more, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")))


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _fk(table: str, column: str, other: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=gone)
