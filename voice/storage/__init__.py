"""Rows at rest: the declarative base, column types, and one transaction per act."""

from voice.storage.base import Model, Moment, new_id, now, today, week_of
from voice.storage.leases import Lease
from voice.storage.memory import lately
from voice.storage.putting import connection, put, put_once
from voice.storage.reads import looking, reads_only
from voice.storage.session import apart, commit, glance, install, scrub, scrub_if_due, scrub_soon, session

__all__ = [
    "Lease",
    "Model",
    "Moment",
    "apart",
    "commit",
    "connection",
    "glance",
    "install",
    "lately",
    "looking",
    "new_id",
    "now",
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
