"""Bringing the database to the shape this version of the code expects.

Alembic is only loaded where there is something to do: a server that finds its database as it should be starts sooner, and holds 10 MB less in each
of its processes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from voice.extensions import db

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    from alembic.config import Config  # heavy

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def pinned_head() -> str:
    """The revision this code is written for; two people’s migrations meet here as a merge conflict, not as a broken start."""
    return (FOLDER / "HEAD").read_text().strip()


def upgrade(to: str | None = None) -> None:
    if (to or pinned_head()) == current():
        return
    from alembic import command  # heavy

    command.upgrade(_config(), to or pinned_head())


def downgrade(to: str) -> None:
    from alembic import command  # heavy

    command.downgrade(_config(), to)


def draft(message: str) -> None:
    """Write a new migration from what the models have and the database has not."""
    from alembic import command  # heavy

    count = len(list((FOLDER / "versions").glob("*.py")))
    command.revision(_config(), message=message, autogenerate=True, rev_id=f"{count + 1:04d}")


def pin_newest() -> None:
    """Write the newest revision into HEAD."""
    from alembic.script import ScriptDirectory  # heavy

    newest = ScriptDirectory.from_config(_config()).get_current_head()
    (FOLDER / "HEAD").write_text(f"{newest}\n")


def current() -> str | None:
    """The database's revision."""
    with db.engine.connect().execution_options(writes=False) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found
