"""How Alembic reaches the database: through the running application's own engine."""

from __future__ import annotations

from alembic import context

from voice.extensions import db

with db.engine.connect().execution_options(writes=True) as connection:
    context.configure(connection=connection, target_metadata=db.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
