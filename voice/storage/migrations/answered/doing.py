"""What migration 0008 does for how far actions are, their milestones, and who is asked when.

What was said of an action is only added to; the one change there may be is that its words are taken down. A quarter's report that is final
stays as it is. Triggers hold to both, whatever runs.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

TABLES = (
    "quarter_report",
    "monitoring_item",
    "monitoring_round",
    "action_answer",
    "action_place",
    "action_milestone",
    "action_update",
    "action_owner",
)
NAMED = {"names_role_and_organisation": "length(role) > 0 and length(organisation) > 0"}
UPDATES = {
    "status_is_known": "status in ('not_begun', 'on_the_way', 'done', 'stopped')",
    "stopped_says_why": "status <> 'stopped' or why is not null",
    "done_shows_evidence": "status <> 'done' or evidence is not null",
    "late_says_why": "not was_late or status = 'done' or why is not null",
    "taken_down_says_why": "(taken_down_on is null) = (taken_down_why is null)",
}
MILESTONES = {
    "has_words": "length(words) > 0",
    "dropped_says_why": "(dropped_on is null) = (dropped_why is null)",
    "reached_or_dropped": "reached_on is null or dropped_on is null",
}
REPORTS = {
    "quarter_is_known": "quarter between 1 and 4",
    "final_is_whole": "(final_on is null) = (final_by is null) and (final_on is null) = (shown is null)",
}
TAKES_DOWN = (
    "OLD.taken_down_on IS NULL AND NEW.taken_down_on IS NOT NULL AND NEW.id = OLD.id AND NEW.action_id = OLD.action_id "
    "AND NEW.status = OLD.status AND NEW.said_on = OLD.said_on AND NEW.said_at = OLD.said_at AND NEW.said_by = OLD.said_by"
)
# Table -> act -> when it is refused.
GUARDED = {
    "action_update": {"update": f"NOT ({TAKES_DOWN})", "delete": "1 = 1"},
    "quarter_report": {"update": "OLD.final_on IS NOT NULL", "delete": "OLD.final_on IS NOT NULL"},
}


def up() -> None:
    _make_owners()
    _make_updates()
    _make_milestones()
    _make_ties()
    _make_rounds()
    _make_reports()
    for table, acts in GUARDED.items():
        for act, when in acts.items():
            _guard(table, act, when)


def down() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for table, acts in GUARDED.items():
            for act in acts:
                op.execute(f"DROP TRIGGER {table}_{act}_stays ON {table}")
                op.execute(f"DROP FUNCTION {table}_{act}_stays")
    for table in TABLES:
        op.drop_table(table)


def _make_owners() -> None:
    columns = [
        _uuid("action_id"),
        _text("role"),
        _text("organisation"),
        _uuid("member_id", nullable=True),
        _day("done_by", nullable=True),
        _uuid("given_by"),
        _day("given_on"),
    ]
    _table("action_owner", columns, ["action_id"], {"action_id": "action"}, {"member_id": "member", "given_by": "member"}, NAMED)
    _index("action_owner", "member_id")


def _make_updates() -> None:
    columns = [
        _uuid("id"),
        _uuid("action_id"),
        _text("status"),
        *(_text(name, nullable=True) for name in ("words", "why", "evidence")),
        sa.Column("was_late", sa.Boolean(), nullable=False),
        _text("role"),
        _text("organisation"),
        _day("said_on"),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        _uuid("said_by"),
        _day("taken_down_on", nullable=True),
        _text("taken_down_why", nullable=True),
        _uuid("taken_down_by", nullable=True),
    ]
    _table("action_update", columns, ["id"], {}, {"action_id": "action", "said_by": "member", "taken_down_by": "member"}, UPDATES)
    _index("action_update", "action_id")


def _make_milestones() -> None:
    columns = [
        _uuid("id"),
        _uuid("action_id"),
        _text("words"),
        _day("due_on"),
        _uuid("locality_id", nullable=True),
        _day("added_on"),
        _uuid("added_by"),
        _day("reached_on", nullable=True),
        _uuid("reached_by", nullable=True),
        _day("dropped_on", nullable=True),
        _text("dropped_why", nullable=True),
        _uuid("dropped_by", nullable=True),
    ]
    stays = {"locality_id": "locality", "added_by": "member", "reached_by": "member", "dropped_by": "member"}
    _table("action_milestone", columns, ["id"], {"action_id": "action"}, stays, MILESTONES)
    _index("action_milestone", "action_id")


def _make_ties() -> None:
    _table(
        "action_place", [_uuid("action_id"), _uuid("locality_id")], ["action_id", "locality_id"], {"action_id": "action", "locality_id": "locality"}
    )
    columns = [_uuid("action_id"), _uuid("answer_id"), _uuid("tied_by"), _day("tied_on")]
    _table("action_answer", columns, ["action_id", "answer_id"], {"action_id": "action", "answer_id": "answer"}, {"tied_by": "member"})
    _index("action_answer", "answer_id")


def _make_rounds() -> None:
    columns = [_uuid("id"), _uuid("member_id"), _day("asked_on"), _day("letter_on", nullable=True), _day("reminded_on", nullable=True)]
    _table("monitoring_round", columns, ["id"], {}, {"member_id": "member"}, {}, [("member_id", "asked_on")])
    columns = [_uuid("id"), _uuid("round_id"), _uuid("action_id", nullable=True), _uuid("measure_id", nullable=True), _day("due_on")]
    goes = {"round_id": "monitoring_round", "action_id": "action", "measure_id": "measure"}
    one = {"is_of_one_thing": "(action_id is null) <> (measure_id is null)"}
    _table("monitoring_item", columns, ["id"], goes, {}, one, [("round_id", "action_id"), ("round_id", "measure_id")])


def _make_reports() -> None:
    columns = [
        _uuid("id"),
        _uuid("plan_id"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        _text("decide"),
        sa.Column("shown", sa.JSON(none_as_null=True), nullable=True),
        _day("written_on"),
        _uuid("written_by"),
        _day("final_on", nullable=True),
        _uuid("final_by", nullable=True),
    ]
    stays = {"plan_id": "plan", "written_by": "member", "final_by": "member"}
    _table("quarter_report", columns, ["id"], {}, stays, REPORTS, [("plan_id", "year", "quarter")])


def _guard(table: str, act: str, when: str) -> None:
    name, refused = f"{table}_{act}_stays", f"{table} stays as it is"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{refused}'); END")
        return
    back = "NEW" if act == "update" else "OLD"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN RAISE EXCEPTION '{refused}'; END IF; RETURN {back}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _table(
    name: str,
    columns: list[sa.Column[Any]],
    keys: list[str],
    goes_with: dict[str, str],
    stays: dict[str, str] | None = None,
    checks: dict[str, str] | None = None,
    once: list[tuple[str, ...]] | None = None,
) -> None:
    """`goes_with`, `stays`: columns and the tables they point to; rows of the former go when what they point to goes."""
    op.create_table(
        name,
        *columns,
        *(_fk(name, column, other, "CASCADE") for column, other in goes_with.items()),
        *(_fk(name, column, other) for column, other in (stays or {}).items()),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{each}")) for each, rule in (checks or {}).items()),
        *(sa.UniqueConstraint(*each, name=op.f(f"uq_{name}_{'_'.join(each)}")) for each in once or []),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
    )


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _fk(table: str, column: str, other: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=gone)
