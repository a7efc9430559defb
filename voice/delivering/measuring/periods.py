"""Days and periods that figures are of: 2025, 2024/25, 2025-Q3, October 2025, 31/10/2025. Plain Python."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple

MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
YEARS: Final = range(1990, 2101)
NAMED: Final = "|".join(f"{each}|{each[:3]}" for each in MONTHS)
BEGINS: Final = 4  # April: a council's year, in which it counts


class Period(NamedTuple):
    """`code` as it is kept and shown; its first and last day."""

    code: str
    first: date
    last: date


def period(text: str) -> Period | None:
    """What this says, where it is a day, month, quarter, year, or a year from April to March (2024/25); None where it is none of them."""
    tidy = " ".join(text.replace("–", "-").replace("\u00a0", " ").split()).casefold()
    for pattern, made in _FORMS:
        found = re.fullmatch(pattern, tidy, re.ASCII)
        if found:
            try:
                whole = made(found)
            except ValueError:
                return None
            return whole if whole and whole.first.year in YEARS and whole.last.year in YEARS else None
    return None


def following(code: str, today: date) -> str:
    """The time after this one, of the same kind; empty where it has not begun yet, or where this is a day."""
    found = period(code)
    if found is None or found.first == found.last:
        return ""
    first = found.last + timedelta(days=1)
    if first > today:
        return ""
    if "Q" in code:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    return f"{first.year}-{first.month:02}" if "-" in code else f"{first.year}/{(first.year + 1) % 100:02}" if "/" in code else str(first.year)


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; 0 where it is not earlier."""
    whole = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < min(earlier.day, monthrange(later.year, later.month)[1]))
    return max(0, whole)


def _whole_year(found: re.Match[str]) -> Period:
    year = int(found[1])
    return Period(found[1], date(year, 1, 1), date(year, 12, 31))


def _from_april(found: re.Match[str]) -> Period | None:
    """Two years that follow one another, or it is no year."""
    year = int(found[1])
    if int(found[2]) % 100 != (year + 1) % 100:
        return None
    return Period(f"{year}/{(year + 1) % 100:02}", date(year, BEGINS, 1), date(year + 1, BEGINS, 1) - timedelta(days=1))


def _quarter(found: re.Match[str]) -> Period:
    year, quarter = int(found["y"]), int(found["q"])
    month = quarter * 3
    return Period(f"{year}-Q{quarter}", date(year, month - 2, 1), date(year, month, monthrange(year, month)[1]))


def _month(year: int, month: int) -> Period:
    return Period(f"{year}-{month:02}", date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _day(year: int, month: int, day: int) -> Period:
    one = date(year, month, day)
    return Period(one.isoformat(), one, one)


def _named(word: str) -> int:
    return next(number for number, name in enumerate(MONTHS, start=1) if name.startswith(word[:3]))


_FORMS: Final[tuple[tuple[str, Callable[[re.Match[str]], Period | None]], ...]] = (
    (r"(\d{4})", _whole_year),
    (r"(\d{4}) ?/ ?(\d{2}|\d{4})", _from_april),
    (r"(?P<y>\d{4})[ -]?q(?P<q>[1-4])", _quarter),
    (r"q(?P<q>[1-4]) ?[-/]? ?(?P<y>\d{4})", _quarter),
    (r"(\d{4})-(0\d|1[0-2])", lambda found: _month(int(found[1]), int(found[2]))),
    (r"(\d{4}) ?- ?(\d{2}|\d{4})", _from_april),  # after months: 2009-10 is October
    (rf"(?:(?:at the )?end of )?({NAMED})\.? (\d{{4}})", lambda found: _month(int(found[2]), _named(found[1]))),
    (r"(\d{4})-(\d{1,2})-(\d{1,2})", lambda found: _day(int(found[1]), int(found[2]), int(found[3]))),
    (r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", lambda found: _day(int(found[3]), int(found[2]), int(found[1]))),
    (rf"(\d{{1,2}}) ({NAMED})\.? (\d{{4}})", lambda found: _day(int(found[3]), _named(found[2]), int(found[1]))),
)
