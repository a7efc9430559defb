"""Wrong guesses at a passphrase are slowed, five a minute for one address of a member; nobody is locked out for good."""

from __future__ import annotations

import threading
import time
from collections import deque

from flask import abort

TRIES = 5
WITHIN = 60.0  # seconds
_tries: dict[str, deque[float]] = {}
_lock = threading.Lock()


def slow_down(email: str) -> None:
    """Refuse the sixth try within a minute. Kept in memory and by member address only: no address of a machine is kept."""
    moment = time.monotonic()
    with _lock:
        tries = _tries.setdefault(email.strip().lower(), deque())
        while tries and moment - tries[0] > WITHIN:
            tries.popleft()
        if len(tries) >= TRIES:
            abort(429)
        tries.append(moment)
        if len(_tries) > 10_000:
            _tries.clear()


def forget() -> None:
    """Begin anew; for tests."""
    with _lock:
        _tries.clear()
