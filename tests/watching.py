"""What tests see of an application from outside a request: what it asks its database, and acts between two pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from voice import storage
from voice.extensions import db


@contextmanager
def act(app: Flask) -> Iterator[None]:
    """What happens between two requests, committed at the end."""
    with app.app_context():
        yield
        storage.commit()


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)
