"""Bringing the database to the shape this version of the code expects."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from voice.extensions import db

FOLDER = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def pinned_head() -> str:
    """The revision this code is written for; two people’s migrations meet here as a merge conflict, not as a broken start."""
    return (FOLDER / "HEAD").read_text().strip()


def upgrade(to: str | None = None) -> None:
    command.upgrade(_config(), to or pinned_head())


def downgrade(to: str) -> None:
    command.downgrade(_config(), to)


def draft(message: str) -> None:
    """Write a new migration from what the models have and the database has not."""
    count = len(list((FOLDER / "versions").glob("*.py")))
    command.revision(_config(), message=message, autogenerate=True, rev_id=f"{count + 1:04d}")


def pin_newest() -> None:
    """Write the newest revision into HEAD."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    (FOLDER / "HEAD").write_text(f"{newest}\n")


def current() -> str | None:
    """The database's revision."""
    with db.engine.connect().execution_options(writes=False) as connection:
        return MigrationContext.configure(connection).get_current_revision()
