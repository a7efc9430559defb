"""Numbers: what was learned from confirmed tags, tallies, releases.

Columns are added, never tables copied: on SQLite a copied table would take along everything that hangs on its rows.
"""

from __future__ import annotations

from voice.storage.migrations.numbers import (
    counting,
    understanding,
)

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PARTS = (understanding, counting)


def upgrade() -> None:
    for part in PARTS:
        part.up()


def downgrade() -> None:
    for part in reversed(PARTS):
        part.down()
