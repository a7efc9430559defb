"""What migration 0008 does for the addresses of those who want to hear that there is news."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def up() -> None:
    op.create_table(
        "news_wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("first_letter_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(locator) = 64", name=op.f("ck_news_wish_locator_is_whole")),
        sa.CheckConstraint("confirmed_on is null or first_letter_on is not null", name=op.f("ck_news_wish_a_letter_comes_before_the_yes")),
        sa.CheckConstraint("told_on is null or confirmed_on is not null", name=op.f("ck_news_wish_the_yes_comes_before_news")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_wish")),
        sa.UniqueConstraint("locator", name=op.f("uq_news_wish_locator")),
    )
    op.create_table(
        "news_count",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_news_count")),
    )
    op.create_index(op.f("ix_news_count_day"), "news_count", ["day"])


def down() -> None:
    op.drop_table("news_count")
    op.drop_table("news_wish")
