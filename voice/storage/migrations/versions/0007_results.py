"""Results: themes that are split, merged and proposed; before and after; how many children live where.

Columns are added, never tables copied: on SQLite a copied table would take along everything that hangs on its rows.
"""

from __future__ import annotations

from voice.storage.migrations.results import (
    counting,
    pairing,
    populations,
    themes,
)

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PARTS = (themes, pairing, populations, counting)


def upgrade() -> None:
    for part in PARTS:
        part.up()


def downgrade() -> None:
    for part in reversed(PARTS):
        part.down()
