"""What migration 0005 does for `reading`: what a person decided about a picture, what is locked, what is alike; and triggers by which no locked
picture can be let go while its concern is open, whatever the application does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)
BANDS = range(4)
WHILE_OPEN = "EXISTS (SELECT 1 FROM screening WHERE id = OLD.concern_id AND is_concern AND closed_at IS NULL)"


def up() -> None:
    _look()
    _locked()
    _mark()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER locked_picture_stays BEFORE DELETE ON locked_picture WHEN {WHILE_OPEN} "
            "BEGIN SELECT RAISE(ABORT, 'a locked picture stays while its concern is open'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION locked_picture_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {WHILE_OPEN} THEN RAISE EXCEPTION 'a locked picture stays while its concern is open'; END IF; RETURN OLD; END $$"
    )
    op.execute("CREATE TRIGGER locked_picture_stays BEFORE DELETE ON locked_picture FOR EACH ROW EXECUTE FUNCTION locked_picture_stays()")


def _look() -> None:
    op.create_table(
        "picture_look",
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("alt", sa.String(), nullable=True),
        sa.Column("faces_covered", sa.Boolean(), nullable=False),
        sa.Column("looked_by", sa.Uuid(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.CheckConstraint("decision in ('shown', 'withheld')", name=op.f("ck_picture_look_decision_is_known")),
        sa.CheckConstraint("decision <> 'shown' or (alt is not null and length(alt) > 0)", name=op.f("ck_picture_look_shown_is_described")),
        sa.CheckConstraint("(decision = 'withheld') = (reason is not null)", name=op.f("ck_picture_look_withholding_says_why")),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name=op.f("fk_picture_look_picture_id_picture"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["looked_by"], ["member.id"], name=op.f("fk_picture_look_looked_by_member")),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_picture_look")),
    )


def _locked() -> None:
    op.create_table(
        "locked_picture",
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("locked_by", sa.Uuid(), nullable=False),
        sa.Column("locked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name=op.f("fk_locked_picture_picture_id_picture")),
        sa.ForeignKeyConstraint(["concern_id"], ["screening.id"], name=op.f("fk_locked_picture_concern_id_screening"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["locked_by"], ["member.id"], name=op.f("fk_locked_picture_locked_by_member")),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_locked_picture")),
    )
    op.create_index(op.f("ix_locked_picture_concern_id"), "locked_picture", ["concern_id"], unique=False)


def _mark() -> None:
    op.create_table(
        "picture_mark",
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        *(sa.Column(f"band_{each}", sa.Integer(), nullable=True) for each in BANDS),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("faces", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name=op.f("fk_picture_mark_picture_id_picture"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_picture_mark")),
    )
    for each in BANDS:
        op.create_index(f"ix_picture_mark_band_{each}", "picture_mark", [f"band_{each}"], unique=False)
    op.create_index(op.f("ix_picture_mark_group_id"), "picture_mark", ["group_id"], unique=False)


def down() -> None:
    lite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER IF EXISTS locked_picture_stays" + ("" if lite else " ON locked_picture"))
    if not lite:
        op.execute("DROP FUNCTION IF EXISTS locked_picture_stays")
    for table in ("picture_mark", "locked_picture", "picture_look"):
        op.drop_table(table)
