"""Work that takes a while, so many at a time: whoever asks for it a hundred times shall not keep everyone else waiting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from flask import abort


class Turns:
    """At most `at_once` in this process; whoever waited `patience` seconds in vain is told to come again (429)."""

    def __init__(self, at_once: int, patience: float) -> None:
        self.places, self.patience = BoundedSemaphore(at_once), patience

    @contextmanager
    def take(self) -> Iterator[None]:
        if not self.places.acquire(timeout=self.patience):
            abort(429)
        try:
            yield
        finally:
            self.places.release()
