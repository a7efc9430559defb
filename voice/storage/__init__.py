"""Rows at rest: the declarative base, column types, and one transaction per act."""

from voice.storage.base import Model, Moment, new_id, now, today, week_of
from voice.storage.leases import Lease
from voice.storage.session import apart, commit, install, scrub, session

__all__ = ["Lease", "Model", "Moment", "apart", "commit", "install", "new_id", "now", "scrub", "session", "today", "week_of"]
