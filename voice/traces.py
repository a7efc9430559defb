"""What a log may say of something that broke: what kind it was and where in our code. Never its message: that may hold a child's words."""

from __future__ import annotations

import traceback


def of(error: BaseException | None) -> str:
    """The kind of an error and of those that led to it, each with its places in the code; no values."""
    told = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told.append(type(error).__name__ + "\n" + "".join(traceback.format_tb(error.__traceback__)))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "from ".join(told).rstrip()
