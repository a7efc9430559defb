"""How much was taken back: exact, so that only `counting` may show what comes of it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from voice.keeping.models import Tombstone
from voice.storage import session


def taken_back_by_month(since: date) -> Counter[str]:
    """How many were taken back in each month (“2026-11”) since a day. Receipts that ended are not among them."""
    rows = select(Tombstone.erased_on, func.count()).where(Tombstone.why == "taken_back", Tombstone.erased_on >= since).group_by(Tombstone.erased_on)
    found: Counter[str] = Counter()
    for day, count in session().execute(rows):
        found[f"{day:%Y-%m}"] += count
    return found
