"""One place in a text that a rule saw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """Characters `start` to `end`, the kind of thing it may be, and which rule says so."""

    start: int
    end: int
    kind: str
    because: str
