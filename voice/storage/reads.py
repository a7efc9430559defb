"""The part of a request that only looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask import current_app, has_request_context, request

from voice.extensions import db

_only_looking: ContextVar[bool] = ContextVar("voice.only_looking", default=False)


def reads_only() -> bool:
    """Whether this is a request that only asks for a page, or the part of another that only looks."""
    return _only_looking.get() or (has_request_context() and request.method in ("GET", "HEAD"))


@contextmanager
def elsewhere() -> Iterator[None]:
    """What is read inside is read by a session of its own, which knows nothing of what this request has read or begun: for what is remembered
    beyond the request (`changes.remembered` must see every question that is asked for it)."""
    with current_app.app_context():
        before = _only_looking.set(True)
        try:
            yield
        finally:
            _only_looking.reset(before)


@contextmanager
def looking() -> Iterator[None]:
    """What is read before an act begins: on SQLite nobody who writes waits for it. Inside an act that has begun it is a part of that."""
    if db.session().in_transaction():
        yield
        return
    before = _only_looking.set(True)
    try:
        yield
    finally:
        _only_looking.reset(before)
        if db.session().in_transaction():
            db.session().rollback()
