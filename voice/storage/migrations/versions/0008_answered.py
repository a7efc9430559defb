"""Answered: the board's meetings, answers that can be held to account, and what was delivered.

Columns are added, never tables copied: on SQLite a copied table would take along everything that hangs on its rows.
"""

from __future__ import annotations

from voice.storage.migrations.answered import (
    answers,
    clock,
    councils,
    doing,
    measures,
    meetings,
    notifying,
    partners,
    reviews,
)

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PARTS = (meetings, councils, answers, clock, notifying, measures, doing, partners, reviews)


def upgrade() -> None:
    for part in PARTS:
        part.up()


def downgrade() -> None:
    for part in reversed(PARTS):
        part.down()
