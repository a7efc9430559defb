"""Fast and durable: what waits to be read stands in a line of its own; the keys a database was made under are known to it.

Columns are added, never tables copied: on SQLite a copied table would take along everything that hangs on its rows.
"""

from __future__ import annotations

from voice.storage.migrations.durable import nodes, reading

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PARTS = (reading, nodes)


def upgrade() -> None:
    for part in PARTS:
        part.up()


def downgrade() -> None:
    for part in reversed(PARTS):
        part.down()
