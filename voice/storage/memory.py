"""A short memory for facts that change seldom and are asked for with every submission: who reads, what is open, what it asks.

Each is at most `AT_MOST` old. Whatever this process itself writes ends its memory at once, so that what an act here closes is closed for the
next request here; another process learns of it within those seconds. What hangs on a submission is no such fact: it comes by the hundred, and
nothing that is remembered is about it. docs/decisions/0021 says why this is safe.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from time import monotonic
from typing import Any, Final, TypeVar

from flask import Flask, current_app
from sqlalchemy import Table, event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from voice.config import settings
from voice.extensions import db
from voice.storage.reads import looking

T = TypeVar("T")
AT_MOST: Final = 2.0
"""Seconds."""
_WROTE: Final = "voice.wrote"


def lately(name: str, read: Callable[[], T]) -> T:
    """What `read` gives, as it was at most `AT_MOST` seconds ago. `name` says what is asked for, and of what day if that matters. What is not
    there (None) is not remembered: made-up names must not fill the memory. Under test each reads anew."""
    memory = _memory(current_app)
    until, value = memory.get(name, (0.0, None))
    if monotonic() < until:
        known: T = value
        return known
    with looking():
        found = read()
    if found is not None and not settings().testing:
        let_go_of_the_old()
        memory[name] = (monotonic() + AT_MOST, found)
    return found


def let_go_of_the_old() -> None:
    """Nothing lies here longer than it is used."""
    memory = _memory(current_app)
    for name, (until, _value) in list(memory.items()):
        if monotonic() >= until:
            memory.pop(name, None)


def forget() -> None:
    """From here on all is read anew, in this process."""
    _memory(current_app).clear()


def install(app: Flask) -> None:
    app.extensions["voice.lately"] = {}
    if not event.contains(db.session, "after_commit", _committed):
        event.listen(db.session, "after_flush", _flushed)
        event.listen(db.session, "do_orm_execute", _executed)
        event.listen(db.session, "after_commit", _committed)
        event.listen(db.session, "after_soft_rollback", _rolled_back)


def _memory(app: Flask) -> dict[str, tuple[float, Any]]:
    found: dict[str, tuple[float, Any]] = app.extensions["voice.lately"]
    return found


def _flushed(session: Session, _context: UOWTransaction) -> None:
    if any(not _hangs_on_a_submission(each.__table__) for group in (session.new, session.dirty, session.deleted) for each in group):
        session.info[_WROTE] = True


def _executed(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        session = state.session
        session.info[_WROTE] = True


def _committed(session: Session) -> None:
    if session.info.pop(_WROTE, False) and current_app:
        forget()


def _rolled_back(session: Session, _previous: object) -> None:
    if not session.in_transaction():
        session.info.pop(_WROTE, None)


@functools.cache
def _hangs_on_a_submission(table: Table) -> bool:
    """Whether rows of this table go with what somebody said."""
    if table.name == "submission":
        return True
    return any(key.column.table is not table and _hangs_on_a_submission(key.column.table) for key in table.foreign_keys)
