"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Leaf(Generic[T]):
    """One page of a list; `number` counts from 1."""

    items: Sequence[T]
    number: int
    last: int


def leaf(items: Sequence[T], number: int, size: int) -> Leaf[T]:
    """The page of this number, or the nearest there is."""
    last = max(1, -(-len(items) // size))
    number = min(max(1, number), last)
    return Leaf(items[(number - 1) * size : number * size], number, last)
