"""A person reads every view before anyone else sees it: cleared, redacted or withheld, each with its reason."""

from voice.reading.actions import clear, put_back, redact, withhold
from voice.reading.queries import (
    ShownView,
    activity_read_on,
    decisions,
    how_many_wait,
    next_to_read,
    open_raw,
    read_on,
    search,
    shown,
    withheld_reasons,
)
from voice.reading.rules import REASONS, mark_out, may_point_to_someone

__all__ = [
    "REASONS",
    "ShownView",
    "activity_read_on",
    "clear",
    "decisions",
    "how_many_wait",
    "mark_out",
    "may_point_to_someone",
    "next_to_read",
    "open_raw",
    "put_back",
    "read_on",
    "redact",
    "search",
    "shown",
    "withheld_reasons",
    "withhold",
]
