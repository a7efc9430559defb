"""What migration 0004 does for `safeguarding`: the rota, alerts as rows, acts, whom a concern is about, signs of life; and triggers by
which no open concern can be deleted or stop being one, whatever the application does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)
ACTS = (
    "'told_999', 'referred_to_mash', 'mash_acknowledged', 'told_lado', 'lado_acknowledged', 'told_school_lead', 'asked_for_advice', "
    "'tried_to_find', 'handed_over'"
)
TABLES = ("beat", "alert", "practice", "alert_address", "safety_contact", "rota_absence", "rota_turn", "concern_about", "concern_act")
PARTS_OF_A_CONCERN = ("concern_act", "concern_about")
WHILE_OPEN = "EXISTS (SELECT 1 FROM screening WHERE id = OLD.concern_id AND is_concern AND closed_at IS NULL)"
REFUSE = "SELECT RAISE(ABORT, 'an open concern stays');"


def up() -> None:
    op.add_column("screening", sa.Column("raised_at", MOMENT, nullable=True))
    op.add_column("screening", sa.Column("stub_at", MOMENT, nullable=True))
    _acts()
    _about()
    _rota()
    _contacts()
    _alerts()
    if op.get_bind().dialect.name == "sqlite":
        _keep_on_sqlite()
    else:
        _keep_on_postgresql()


def _acts() -> None:
    op.create_table(
        "concern_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.CheckConstraint(f"what in ({ACTS})", name=op.f("ck_concern_act_act_is_known")),
        sa.CheckConstraint(
            "what <> 'handed_over' or (reference is not null and on_day is not null)", name=op.f("ck_concern_act_handing_over_has_a_number")
        ),
        sa.CheckConstraint("length(reference) <= 40", name=op.f("ck_concern_act_reference_is_short")),
        sa.ForeignKeyConstraint(["concern_id"], ["screening.id"], name=op.f("fk_concern_act_concern_id_screening")),
        sa.ForeignKeyConstraint(["by_id"], ["member.id"], name=op.f("fk_concern_act_by_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_act")),
    )
    op.create_index("ix_concern_act_concern_id", "concern_act", ["concern_id"], unique=False)


def _about() -> None:
    op.create_table(
        "concern_about",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("setting", sa.String(), nullable=True),
        sa.Column("said_by", sa.Uuid(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("(member_id is null) <> (setting is null)", name=op.f("ck_concern_about_one_or_the_other")),
        sa.CheckConstraint("length(setting) between 3 and 120", name=op.f("ck_concern_about_setting_is_a_name")),
        sa.ForeignKeyConstraint(["concern_id"], ["screening.id"], name=op.f("fk_concern_about_concern_id_screening"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_concern_about_member_id_member")),
        sa.ForeignKeyConstraint(["said_by"], ["member.id"], name=op.f("fk_concern_about_said_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_about")),
    )
    op.create_index("ix_concern_about_concern_id", "concern_about", ["concern_id"], unique=False)
    op.create_index("ix_concern_about_member_id", "concern_about", ["member_id"], unique=False)


def _rota() -> None:
    op.create_table(
        "rota_turn",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("on_holidays", sa.Boolean(), nullable=False),
        sa.CheckConstraint("weekday between 0 and 6", name=op.f("ck_rota_turn_weekday_is_one")),
        sa.CheckConstraint("starts >= 0 and starts < ends and ends <= 1440", name=op.f("ck_rota_turn_ends_after_it_starts")),
        sa.CheckConstraint("lead_id <> deputy_id", name=op.f("ck_rota_turn_two_people")),
        sa.ForeignKeyConstraint(["lead_id"], ["member.id"], name=op.f("fk_rota_turn_lead_id_member")),
        sa.ForeignKeyConstraint(["deputy_id"], ["member.id"], name=op.f("fk_rota_turn_deputy_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_turn")),
    )
    op.create_table(
        "rota_absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("stand_in_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_rota_absence_ends_after_it_starts")),
        sa.CheckConstraint("member_id <> stand_in_id", name=op.f("ck_rota_absence_somebody_else_stands_in")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_rota_absence_member_id_member")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["member.id"], name=op.f("fk_rota_absence_stand_in_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rota_absence")),
    )


def _contacts() -> None:
    op.create_table(
        "safety_contact",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.CheckConstraint("kind in ('manager', 'lado', 'mash')", name=op.f("ck_safety_contact_contact_is_known")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_safety_contact_member_id_member")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_safety_contact")),
    )
    op.create_table(
        "alert_address",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("alert_also", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_alert_address_member_id_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_alert_address")),
    )


def _alerts() -> None:
    op.create_table(
        "practice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(opened_at is null) = (opened_by is null)", name=op.f("ck_practice_opened_by_somebody")),
        sa.ForeignKeyConstraint(["opened_by"], ["member.id"], name=op.f("fk_practice_opened_by_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=True),
        sa.Column("practice_id", sa.Uuid(), nullable=True),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("gave_up_at", MOMENT, nullable=True),
        sa.CheckConstraint("step in ('first', 'deputy', 'manager', 'chase', 'gap')", name=op.f("ck_alert_step_is_known")),
        sa.CheckConstraint("channel in ('letter', 'also')", name=op.f("ck_alert_channel_is_known")),
        sa.ForeignKeyConstraint(["concern_id"], ["screening.id"], name=op.f("fk_alert_concern_id_screening"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_alert_practice_id_practice"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("about", "since", "step", "channel", "recipient", name="uq_alert_once_each"),
    )
    op.create_index("ix_alert_due", "alert", ["sent_at", "gave_up_at", "next_try_at"], unique=False)
    op.create_index(op.f("ix_alert_concern_id"), "alert", ["concern_id"], unique=False)
    op.create_table(
        "beat",
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("failed_at", MOMENT, nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_beat")),
    )


def _keep_on_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER screening_stays BEFORE DELETE ON screening WHEN OLD.is_concern AND OLD.closed_at IS NULL "
        "BEGIN SELECT RAISE(ABORT, 'an open concern stays'); END"
    )
    op.execute(
        "CREATE TRIGGER screening_stays_one BEFORE UPDATE OF is_concern ON screening WHEN OLD.is_concern AND NOT NEW.is_concern "
        "BEGIN SELECT RAISE(ABORT, 'a concern stays one'); END"
    )
    for table in PARTS_OF_A_CONCERN:
        op.execute(f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} WHEN {WHILE_OPEN} BEGIN {REFUSE} END")


def _keep_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION open_concern_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.is_concern AND OLD.closed_at IS NULL THEN RAISE EXCEPTION 'an open concern stays'; END IF; RETURN OLD; END $$"
    )
    op.execute("CREATE TRIGGER screening_stays BEFORE DELETE ON screening FOR EACH ROW EXECUTE FUNCTION open_concern_stays()")
    op.execute(
        "CREATE FUNCTION concern_stays_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.is_concern AND NOT NEW.is_concern THEN RAISE EXCEPTION 'a concern stays one'; END IF; RETURN NEW; END $$"
    )
    op.execute("CREATE TRIGGER screening_stays_one BEFORE UPDATE ON screening FOR EACH ROW EXECUTE FUNCTION concern_stays_one()")
    op.execute(
        "CREATE FUNCTION part_of_concern_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT 1 FROM screening WHERE id = OLD.concern_id AND is_concern AND closed_at IS NULL) THEN "
        "RAISE EXCEPTION 'an open concern stays'; END IF; RETURN OLD; END $$"
    )
    for table in PARTS_OF_A_CONCERN:
        op.execute(f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION part_of_concern_stays()")


def down() -> None:
    lite = op.get_bind().dialect.name == "sqlite"
    for name, table in (
        ("screening_stays", "screening"),
        ("screening_stays_one", "screening"),
        *((f"{each}_stays", each) for each in PARTS_OF_A_CONCERN),
    ):
        op.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if lite else f" ON {table}"))
    if not lite:
        for function in ("open_concern_stays", "concern_stays_one", "part_of_concern_stays"):
            op.execute(f"DROP FUNCTION IF EXISTS {function}")
    for table in TABLES:
        op.drop_table(table)
    for column in ("stub_at", "raised_at"):
        op.drop_column("screening", column)
