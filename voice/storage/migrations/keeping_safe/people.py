"""What migration 0004 does for people: who stands in, where they come from, roles kept apart, whose an answer is, figures as given out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)
KINDS = ("school", "college", "early_years", "youth_group", "health", "police", "charity", "council", "other")
READS = ("officer", "safeguarding_lead", "safeguarding_deputy")
# As voice/identity/combining.py had it when this was written: one role, and those nobody holds beside it.
APART = {
    "board_member": (*READS, "publisher", "answer_owner", "board_worker", "partner", "school", "analyst", "administrator"),
    "administrator": (*READS, "board_worker"),
    "analyst": READS,
    "school": (*READS, "publisher", "answer_owner", "board_worker", "analyst", "administrator"),
    "partner": (*READS, "publisher", "analyst", "administrator"),
}


def up() -> None:
    _hand_over()
    _organisations()
    _answers()
    _figures()
    _roles_apart()


def down() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER member_role_apart")
    else:
        op.execute("DROP TRIGGER member_role_apart ON member_role")
        op.execute("DROP FUNCTION member_role_apart")
    op.drop_index("ix_invited_group_organisation_id", table_name="invited_group")
    for table, column in (("invited_group", "organisation_id"), ("answer", "written_by"), ("answer", "written_at")):
        op.drop_column(table, column)
    for table in ("released_cell", "answer_owner", "belonging", "organisation", "hand_over"):
        op.drop_table(table)


def _fk(table: str, column: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete=ondelete)


def _hand_over() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("member_id <> deputy_id", name=op.f("ck_hand_over_somebody_else_stands_in")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_hand_over_ends_after_it_starts")),
        _fk("hand_over", "member_id", "member", "CASCADE"),
        _fk("hand_over", "deputy_id", "member", "CASCADE"),
        _fk("hand_over", "made_by", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index("ix_hand_over_deputy_id", "hand_over", ["deputy_id"], unique=False)
    op.create_index("ix_hand_over_member_id", "hand_over", ["member_id"], unique=False)


def _organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind in ({})".format(", ".join(f"'{kind}'" for kind in KINDS)), name=op.f("ck_organisation_kind_is_known")),
        sa.CheckConstraint("length(name) between 2 and 120", name=op.f("ck_organisation_name_is_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "belonging",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("invitation_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(member_id is null) <> (invitation_id is null)", name=op.f("ck_belonging_one_or_the_other")),
        _fk("belonging", "organisation_id", "organisation"),
        _fk("belonging", "member_id", "member", "CASCADE"),
        _fk("belonging", "invitation_id", "member_invitation", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_belonging")),
        sa.UniqueConstraint("member_id", name=op.f("uq_belonging_member_id")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_belonging_invitation_id")),
    )
    op.execute(
        f"ALTER TABLE invited_group ADD COLUMN organisation_id {_uuid()} "
        "CONSTRAINT fk_invited_group_organisation_id_organisation REFERENCES organisation (id)"
    )
    op.create_index("ix_invited_group_organisation_id", "invited_group", ["organisation_id"], unique=False)


def _answers() -> None:
    op.create_table(
        "answer_owner",
        sa.Column("theme_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        _fk("answer_owner", "theme_id", "theme", "CASCADE"),
        _fk("answer_owner", "member_id", "member"),
        _fk("answer_owner", "given_by", "member"),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_answer_owner")),
    )
    op.create_index(op.f("ix_answer_owner_member_id"), "answer_owner", ["member_id"], unique=False)
    op.add_column("answer", sa.Column("written_at", MOMENT, nullable=True))
    op.execute(f"ALTER TABLE answer ADD COLUMN written_by {_uuid()} CONSTRAINT fk_answer_written_by_member REFERENCES member (id)")


def _figures() -> None:
    op.create_table(
        "released_cell",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.CheckConstraint("fact in ('way_in', 'language', 'age_band', 'group')", name=op.f("ck_released_cell_fact_is_known")),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_released_cell_counts_people")),
        _fk("released_cell", "activity_id", "activity", "CASCADE"),
        sa.PrimaryKeyConstraint("activity_id", "fact", "code", name=op.f("pk_released_cell")),
    )


def _roles_apart() -> None:
    """The last word on roles that nobody may hold together, whichever way they were given."""
    pairs = " or ".join(
        f"(new.role = '{one}' and role in ({_listed(others)})) or (role = '{one}' and new.role in ({_listed(others)}))"
        for one, others in APART.items()
    )
    found = f"exists (select 1 from member_role where member_id = new.member_id and ({pairs}))"  # noqa: S608  # words of this file
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER member_role_apart BEFORE INSERT ON member_role WHEN {found} "
            "BEGIN SELECT RAISE(ABORT, 'these roles are not held together'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION member_role_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {found} "
        "THEN RAISE EXCEPTION 'these roles are not held together'; END IF; RETURN new; END $$"
    )
    op.execute("CREATE TRIGGER member_role_apart BEFORE INSERT ON member_role FOR EACH ROW EXECUTE FUNCTION member_role_apart()")


def _listed(roles: tuple[str, ...]) -> str:
    return ", ".join(f"'{role}'" for role in roles)


def _uuid() -> str:
    return "CHAR(32)" if op.get_bind().dialect.name == "sqlite" else "UUID"
