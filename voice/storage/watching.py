"""What something that is made reads on its way, noted as it happens: tables, and whether it looked at the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Reads:
    """`tables`: names; `clock`: whether it asked for more than the day."""

    tables: set[str] = field(default_factory=set)
    clock: bool = False

    def add(self, other: Reads) -> None:
        self.tables |= other.tables
        self.clock |= other.clock


_watched: ContextVar[Reads | None] = ContextVar("voice.reads", default=None)


def watched() -> Reads | None:
    """Where to note what is read now; None where nobody wants to know."""
    return _watched.get()


@contextmanager
def watching() -> Iterator[Reads]:
    """Note what is read inside. What is noted is noted by whoever watches outside as well."""
    outside, own = _watched.get(), Reads()
    token = _watched.set(own)
    try:
        yield own
    finally:
        _watched.reset(token)
        if outside is not None:
            outside.add(own)


def note(more: Reads) -> None:
    """These were read for it before."""
    found = _watched.get()
    if found is not None:
        found.add(more)


def looked_at_the_clock() -> None:
    found = _watched.get()
    if found is not None:
        found.clock = True


def for_its_day(ask: Callable[[], T]) -> T:
    """`ask` looks at the clock and only the day of it is wanted: who keeps what was made knows the day anyway."""
    found = _watched.get()
    if found is None:
        return ask()
    before = found.clock
    answer = ask()
    found.clock = before
    return answer
