"""What migration 0005 does for `pledging`: how a pledge is shown, until when, who agreed to it, and that it was kept.

Pledges that were there before end a year after they came, as they do by the rules of retention.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

KINDS = "'words', 'avatar', 'drawing', 'card', 'selfie'"
COLUMNS = ("kind", "is_under_13", "shows_picture", "ends_on", "kept_on", "grown_up_hash", "words_agreed_on", "picture_agreed_on")


def up() -> None:
    op.execute(f"ALTER TABLE pledge ADD COLUMN kind VARCHAR NOT NULL DEFAULT 'avatar' CONSTRAINT ck_pledge_kind_is_known CHECK (kind in ({KINDS}))")
    op.add_column("pledge", sa.Column("is_under_13", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("pledge", sa.Column("shows_picture", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("ends_on", "kept_on"):
        op.add_column("pledge", sa.Column(name, sa.Date(), nullable=True))
    op.execute(
        "ALTER TABLE pledge ADD COLUMN grown_up_hash VARCHAR "
        "CONSTRAINT ck_pledge_grown_up_hash_is_whole CHECK (grown_up_hash is null or length(grown_up_hash) = 64)"
    )
    op.execute(
        "ALTER TABLE pledge ADD COLUMN words_agreed_on DATE "
        "CONSTRAINT ck_pledge_a_parent_agrees_for_under_13 CHECK (words_agreed_on is null or is_under_13)"
    )
    op.execute(
        "ALTER TABLE pledge ADD COLUMN picture_agreed_on DATE "
        "CONSTRAINT ck_pledge_no_picture_without_words CHECK (picture_agreed_on is null or words_agreed_on is not null)"
    )
    op.create_index("ux_pledge_grown_up_hash", "pledge", ["grown_up_hash"], unique=True)
    op.execute(f"UPDATE pledge SET ends_on = {_a_year_on()}")  # noqa: S608  # words of this file


def _a_year_on() -> str:
    received = "(SELECT received_on FROM submission WHERE submission.id = pledge.submission_id)"
    return f"date({received}, '+1 year')" if op.get_bind().dialect.name == "sqlite" else f"({received} + interval '1 year')::date"


def down() -> None:
    op.drop_index("ux_pledge_grown_up_hash", table_name="pledge")
    if op.get_bind().dialect.name != "sqlite":
        for name in ("kind_is_known", "grown_up_hash_is_whole", "a_parent_agrees_for_under_13", "no_picture_without_words"):
            op.drop_constraint(f"ck_pledge_{name}", "pledge")
    for name in reversed(COLUMNS):
        op.drop_column("pledge", name)
