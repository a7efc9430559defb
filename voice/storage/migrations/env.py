"""How Alembic reaches the database: through the running application's own engine."""

from __future__ import annotations

from typing import Literal

from alembic import context

from voice.extensions import db
from voice.storage.base import Moment


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations name plain types only, so that an old one still runs when our own types have moved on."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


with db.engine.connect().execution_options(writes=True) as connection:
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True, render_item=render)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
