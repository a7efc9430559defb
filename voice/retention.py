"""When things go: each room says what of it has a last day, and the worker lets it go on that day (docs/retention.md)."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, delete, func, inspect, select, tuple_

from voice.storage import session

Condition = Callable[[date], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """One thing that has a last day.

    `what` says it in words, for whoever answers for the data. `due(on)` counts what must be gone by that day and is not; what is locked
    (a concern nobody has closed) is never in it. `remove(on, most)` lets go of at most about `most` of these, flushes, and returns how
    many; the caller commits, and calls again until it returns 0.
    """

    what: str
    due: Callable[[date], int]
    remove: Callable[[date, int], int]


class Retention:
    """The rules of the running application by name, in the order rooms registered them. They run in that order."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def add(self, name: str, rule: Rule) -> None:
        """
        Raises:
            ValueError: a rule of this name is there.
        """
        if name in self._rules:
            raise ValueError(f"There is a rule “{name}” already.")
        self._rules[name] = rule

    def all(self) -> dict[str, Rule]:
        return dict(self._rules)


def retention_of(app: Flask | None = None) -> Retention:
    found: Retention = (app or current_app).extensions.setdefault("voice.retention", Retention())
    return found


def rows_past(what: str, model: type[Any], condition: Condition) -> Rule:
    """The rule for rows of one table that go as they are: those for which `condition(on)` holds."""
    keys = inspect(model).primary_key

    def due(on: date) -> int:
        return session().scalar(select(func.count()).select_from(model).where(condition(on))) or 0

    def remove(on: date, most: int) -> int:
        found = [tuple(row) for row in session().execute(select(*keys).where(condition(on)).limit(most))]
        if found:
            session().execute(delete(model).where(tuple_(*keys).in_(found)).execution_options(synchronize_session=False))
            session().expire_all()
        return len(found)

    return Rule(what, due, remove)


def months_before(on: date, months: int) -> date:
    """The last day that, with so many months added, is not later than `on`: what began then or earlier is over.

    A month’s last day stands for the days it lacks: a year after 29 February ends on 28 February.
    """
    years, month = divmod(on.month - 1 - months, 12)
    year, month = on.year + years, month + 1
    length = calendar.monthrange(year, month)[1]
    is_last = on.day == calendar.monthrange(on.year, on.month)[1]
    return date(year, month, length if is_last else min(on.day, length))
