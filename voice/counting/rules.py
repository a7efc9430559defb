"""When a theme may be shown, and how its size is said."""

from __future__ import annotations

FEWEST = 10  # below this: words without numbers, and never “many”
FEWEST_SENDERS = 3  # below this a theme stays inside, unless its sender gave permission and a second person checked


def band(senders: int, before: str | None = None) -> str:
    """“some” or “many”. Once given out, “many” holds: a group that shrinks by one must not tell so."""
    return "many" if senders >= FEWEST or before == "many" else "some"
