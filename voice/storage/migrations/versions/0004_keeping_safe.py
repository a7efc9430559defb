"""Keeping safe: people and their second factors, the rota and its times, what a person decided about words, how long things stay.

Columns are added, never tables copied: on SQLite a copied table would take along everything that hangs on its rows.
"""

from __future__ import annotations

from voice.storage.migrations.keeping_safe import (
    asking,
    audit,
    contacting,
    exporting,
    identity,
    keeping,
    listening,
    opening,
    people,
    reading,
    safeguarding,
    understanding,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PARTS = (identity, audit, asking, keeping, contacting, safeguarding, opening, reading, understanding, listening, exporting, people)


def upgrade() -> None:
    for part in PARTS:
        part.up()


def downgrade() -> None:
    for part in reversed(PARTS):
        part.down()
