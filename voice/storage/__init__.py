"""Rows at rest: the declarative base, column types, and one transaction per act."""

from voice.storage.afterwards import once_committed
from voice.storage.base import LONDON, Model, Moment, day_of, new_id, now, today, week_of
from voice.storage.changes import Marks, changes_of
from voice.storage.keyring import KeyMark
from voice.storage.leases import Lease
from voice.storage.memory import lately
from voice.storage.putting import connection, put, put_once
from voice.storage.reads import elsewhere, looking, reads_only
from voice.storage.session import apart, commit, glance, install, most_connections, scrub, scrub_if_due, scrub_soon, session

__all__ = [
    "LONDON",
    "KeyMark",
    "Lease",
    "Marks",
    "Model",
    "Moment",
    "apart",
    "changes_of",
    "commit",
    "connection",
    "day_of",
    "elsewhere",
    "glance",
    "install",
    "lately",
    "looking",
    "most_connections",
    "new_id",
    "now",
    "once_committed",
    "put",
    "put_once",
    "reads_only",
    "scrub",
    "scrub_if_due",
    "scrub_soon",
    "session",
    "today",
    "week_of",
]
