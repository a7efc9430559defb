"""Days of a pledge. Pure."""

from __future__ import annotations

import calendar
from datetime import date


def end_of(start: date, months: int) -> date:
    """The last day on the wall: so many months on, or that month’s last day where it has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
