"""What migration 0008 does for answers to many themes, their history, milestones and follow-ups.

On the way down what is public stays: where words that are not public yet had taken their place, these go, and the public ones come back.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from voice.storage.migrations.answered.heard import watch_many_themes, watch_one_theme

MOMENT = sa.DateTime(timezone=True)
TABLES = ("answer_request", "answer_follow_up", "answer_milestone", "answer_verdict", "answer_version", "answer_theme")
WORDING = (
    *("number", "state", "words", "because", "instead", "evidence", "owner_role", "organisation", "answered_on", "due_on", "follow_up_on"),
    *("decided_by", "decided_title", "decided_link", "sent_to_board_on", "published_on", "published_by", "written_at", "written_by"),
)
RULES = {
    "state_is_known": "state in ('done', 'doing', 'will', 'cant')",
    "cant_says_why_and_what_instead": "state <> 'cant' or (because is not null and instead is not null)",
    "done_shows_evidence": "state <> 'done' or evidence is not null",
    "what_is_to_come_has_a_date": "state not in ('doing', 'will') or due_on is not null",
    "the_board_sees_it_first": "published_on is null or (sent_to_board_on is not null and published_by is not null)",
    "the_board_had_it": "sent_to_board_on is not null",
}
NEW_RULES = {
    "number": {"numbers_begin_at_one": "number > 0", "names_its_owner": "length(owner_role) > 0 and length(organisation) > 0"},
    "decided_by": {"decision_is_known": "decided_by in ('strategy', 'policy', 'budget', 'meeting')"},
    "decided_title": {"decision_has_a_title": "(decided_by is null) = (decided_title is null)"},
    "decided_link": {
        "link_of_a_decision": (
            "decided_link is null or (decided_by is not null and (substr(decided_link, 1, 8) = 'https://' or substr(decided_link, 1, 7) = 'http://'))"
        )
    },
}
KINDS = {"number": "INTEGER NOT NULL DEFAULT 1", "decided_by": "VARCHAR", "decided_title": "VARCHAR", "decided_link": "VARCHAR"}
VERDICTS = "verdict in ('fair', 'not_yet', 'not_answered')"


def up() -> None:
    _widen_answers()
    op.add_column("sender_mark", sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    _make_themes()
    _make_versions()
    _make_verdicts()
    _make_milestones()
    _make_follow_ups()
    _make_requests()
    watch_many_themes()


def down() -> None:
    watch_one_theme()
    _bring_back_what_is_public()
    _verdicts_as_before()
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("sender_mark", "number")
    for column, rules in reversed(NEW_RULES.items()):
        if op.get_bind().dialect.name == "postgresql":
            for name in rules:
                op.drop_constraint(op.f(f"ck_answer_{name}"), "answer", type_="check")
        op.drop_column("answer", column)


def _widen_answers() -> None:
    """Each column brings its rules with it."""
    for column, rules in NEW_RULES.items():
        checks = " ".join(f"CONSTRAINT ck_answer_{name} CHECK ({rule})" for name, rule in rules.items())
        op.execute(sa.text(f"ALTER TABLE answer ADD COLUMN {column} {KINDS[column]} {checks}".replace(":", "\\:")))


def _make_themes() -> None:
    table = "answer_theme"
    op.create_table(
        table,
        _uuid("theme_id"),
        _uuid("answer_id"),
        sa.Column("since", sa.Integer(), nullable=False),
        _fk(table, "theme_id", "theme", "CASCADE"),
        _fk(table, "answer_id", "answer", "CASCADE"),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_answer_theme")),
    )
    op.create_index(op.f("ix_answer_theme_answer_id"), table, ["answer_id"])
    op.execute("INSERT INTO answer_theme (theme_id, answer_id, since) SELECT theme_id, id, 1 FROM answer")


def _make_versions() -> None:
    table = "answer_version"
    texts = ("state", "words", "owner_role", "organisation")
    maybe = ("because", "instead", "evidence", "decided_by", "decided_title", "decided_link")
    rules = {**RULES, **{name: rule for each in NEW_RULES.values() for name, rule in each.items() if name != "numbers_begin_at_one"}}
    op.create_table(
        table,
        _uuid("answer_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        *(sa.Column(name, sa.String(), nullable=True) for name in maybe),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("answered_on", "follow_up_on")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("due_on", "sent_to_board_on", "published_on")),
        sa.Column("written_at", MOMENT, nullable=True),
        *(_uuid(name, nullable=True) for name in ("published_by", "written_by")),
        *_checks(table, rules),
        _fk(table, "answer_id", "answer", "CASCADE"),
        _fk(table, "published_by", "member"),
        _fk(table, "written_by", "member"),
        sa.PrimaryKeyConstraint("answer_id", "number", name=op.f("pk_answer_version")),
    )


def _make_verdicts() -> None:
    """A verdict is on words with a number; those there are on the first."""
    table = "answer_verdict"
    op.create_table(
        table,
        _uuid("answer_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _uuid("member_id"),
        sa.Column("verdict", sa.String(), nullable=False),
        *_checks(table, {"verdict_is_known": VERDICTS}),
        _fk(table, "answer_id", "answer", "CASCADE"),
        _fk(table, "member_id", "member"),
        sa.PrimaryKeyConstraint("answer_id", "number", "member_id", name=op.f("pk_answer_verdict")),
    )
    op.execute("INSERT INTO answer_verdict (answer_id, number, member_id, verdict) SELECT answer_id, 1, member_id, verdict FROM verdict")
    op.drop_table("verdict")


def _make_milestones() -> None:
    table = "answer_milestone"
    rules = {
        "has_words": "length(words) > 0",
        "reached_or_not": "reached_on is null or why_not is null",
        "not_reached_says_why": "why_not is null or length(why_not) > 0",
    }
    op.create_table(
        table,
        _uuid("id"),
        _uuid("answer_id"),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("why_not", sa.String(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        _uuid("said_by"),
        *_checks(table, rules),
        _fk(table, "answer_id", "answer", "CASCADE"),
        _fk(table, "said_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_milestone")),
    )
    op.create_index(op.f("ix_answer_milestone_answer_id"), table, ["answer_id"])


def _make_follow_ups() -> None:
    table = "answer_follow_up"
    rules = {
        "outcome_is_known": "outcome in ('happened', 'partly', 'not')",
        "has_words": "length(words) > 0",
        "happened_shows_evidence": "outcome <> 'happened' or evidence is not null",
        "an_end_says_why": "outcome = 'happened' or next_on is not null or why_closed is not null",
        "next_is_to_come": "next_on is null or next_on > said_on",
    }
    op.create_table(
        table,
        _uuid("id"),
        _uuid("answer_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("outcome", "words")),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("evidence", "why_closed")),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        _uuid("said_by"),
        *_checks(table, rules),
        _fk(table, "answer_id", "answer", "CASCADE"),
        _fk(table, "said_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_follow_up")),
    )
    op.create_index(op.f("ix_answer_follow_up_answer_id"), table, ["answer_id"])


def _make_requests() -> None:
    table = "answer_request"
    op.create_table(
        table,
        _uuid("theme_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        _uuid("invitation_id", nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        _uuid("asked_by"),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        _fk(table, "theme_id", "theme", "CASCADE"),
        _fk(table, "invitation_id", "member_invitation", "SET NULL"),
        _fk(table, "asked_by", "member"),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_answer_request")),
    )
    op.create_index(op.f("ix_answer_request_invitation_id"), table, ["invitation_id"])


# --- down


def _bring_back_what_is_public() -> None:
    bind = op.get_bind()
    answer = sa.table("answer", sa.column("id", sa.Uuid()), *map(sa.column, WORDING))
    version = sa.table("answer_version", sa.column("answer_id", sa.Uuid()), *map(sa.column, WORDING))
    hidden = sa.select(answer.c.id).where(answer.c.published_on.is_(None))
    public = sa.select(version).where(version.c.published_on.is_not(None), version.c.answer_id.in_(hidden)).order_by(version.c.number)
    for row in bind.execute(public).mappings().all():  # of several the newest comes last and stays
        bind.execute(sa.update(answer).where(answer.c.id == row["answer_id"]).values({name: row[name] for name in WORDING}))


def _verdicts_as_before() -> None:
    op.create_table(
        "verdict",
        _uuid("answer_id"),
        _uuid("member_id"),
        sa.Column("verdict", sa.String(), nullable=False),
        *_checks("verdict", {"verdict_is_known": VERDICTS}),
        _fk("verdict", "answer_id", "answer", "CASCADE"),
        _fk("verdict", "member_id", "member"),
        sa.PrimaryKeyConstraint("answer_id", "member_id", name=op.f("pk_verdict")),
    )
    newest = "SELECT number FROM answer WHERE answer.id = answer_verdict.answer_id"
    rows = f"SELECT answer_id, member_id, verdict FROM answer_verdict WHERE number = ({newest})"  # noqa: S608  # words of this file
    op.execute(f"INSERT INTO verdict (answer_id, member_id, verdict) {rows}")


def _checks(table: str, rules: dict[str, str]) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()]


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _fk(table: str, column: str, other: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=gone)
