"""Rows at rest: the declarative base, column types, and one transaction per act."""

from voice.storage.base import Model, Moment, new_id, now, today, week_of
from voice.storage.changes import Marks, changes_of
from voice.storage.leases import Lease
from voice.storage.session import apart, commit, glance, install, reads_only, scrub, scrub_if_due, scrub_soon, session

__all__ = [
    "Lease",
    "Marks",
    "Model",
    "Moment",
    "apart",
    "changes_of",
    "commit",
    "glance",
    "install",
    "new_id",
    "now",
    "reads_only",
    "scrub",
    "scrub_if_due",
    "scrub_soon",
    "session",
    "today",
    "week_of",
]
