"""A short memory for facts that change seldom and are asked for with every submission: who reads, what is open, what it asks.

Nothing that is remembered is about a submission. docs/decisions/0021 says why this is safe.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from voice.config import settings
from voice.storage.changes import changes_of
from voice.storage.reads import looking

T = TypeVar("T")
AT_MOST: Final = 2.0
"""Seconds."""


def lately(name: str, read: Callable[[], T]) -> T:
    """What `read` gives; or what it gave at most `AT_MOST` seconds ago, where nothing it read was written since, here or elsewhere
    (`changes`). `name` says what is asked for, and of what day if that matters. Under test each reads anew, as clocks jump there."""
    with looking():
        return read() if settings().testing else changes_of().remembered(f"lately {name}", AT_MOST, read)
