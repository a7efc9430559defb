"""Pictures: what is kept of one, who looked at it, and pledges that show one.

Columns are added, never tables copied: on SQLite a copied table would take along everything that hangs on its rows.
"""

from __future__ import annotations

from voice.storage.migrations.pictures import (
    asking,
    keeping,
    pledging,
    reading,
)

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PARTS = (keeping, pledging, asking, reading)


def upgrade() -> None:
    for part in PARTS:
        part.up()


def downgrade() -> None:
    for part in reversed(PARTS):
        part.down()
