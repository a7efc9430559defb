"""For those who change tables: write the migration that brings a database from the last one to the models.

Run as `python -m voice.drafting "what changes"`. Read what it wrote before you commit it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from flask import Flask

from voice import storage
from voice.config import read_settings
from voice.storage import migrate

HERE = Path(__file__).parent


def main() -> None:
    """Bring an empty database to the newest migration, then draft the next and pin it."""
    for file in sorted(HERE.glob("*/models.py")):
        import_module(f"voice.{file.parent.name}.models")
    app = Flask("voice")
    storage.install(app, read_settings())
    with app.app_context():
        if any((migrate.FOLDER / "versions").glob("*.py")):
            migrate.upgrade("head")
        migrate.draft(" ".join(sys.argv[1:]) or "the first tables")
        migrate.pin_newest()


if __name__ == "__main__":
    main()
