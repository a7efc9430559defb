"""Places on a page that later rooms fill without the page knowing them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Flask, current_app

T = TypeVar("T")


@dataclass(frozen=True)
class Contributor(Generic[T]):
    """Who fills a slot, and in which place."""

    room: str
    order: int
    give: Callable[..., Iterable[T]]


class Slot(Generic[T]):
    """One place on a page. `fill` asks every contributor, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._contributors: list[Contributor[T]] = []

    def contribute(self, room: str, give: Callable[..., Iterable[T]], order: int = 50) -> None:
        """`give` gets whatever the page passes to `fill`, and returns what belongs there."""
        self._contributors = sorted([*self._contributors, Contributor(room, order, give)], key=lambda each: (each.order, each.room))

    def fill(self, *given: Any, **named: Any) -> list[T]:
        return [piece for each in self._contributors for piece in each.give(*given, **named)]

    def rooms(self) -> tuple[str, ...]:
        return tuple(each.room for each in self._contributors)


def slot(name: str, app: Flask | None = None) -> Slot[Any]:
    """The slot of this name, made on first use."""
    slots: dict[str, Slot[Any]] = (app or current_app).extensions.setdefault("voice.slots", {})
    return slots.setdefault(name, Slot(name))


def contributors(app: Flask) -> dict[str, tuple[str, ...]]:
    """Every slot and the rooms that fill it."""
    slots: dict[str, Slot[Any]] = app.extensions.get("voice.slots", {})
    return {name: slots[name].rooms() for name in sorted(slots)}
