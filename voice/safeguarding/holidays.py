"""Bank holidays of England and Wales, worked out.

Source: Banking and Financial Dealings Act 1971, schedule 1 (Easter Monday, the last Mondays of May and August, 26 December and its
substitutes), common law (Good Friday, Christmas Day), royal proclamations (New Year’s Day since 1974, the first Monday of May since
1978, and the single days listed here).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

MONDAY, SATURDAY = 0, 5
# Days that one proclamation moved or added: year -> (days taken out, days put in).
PROCLAIMED: dict[int, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]] = {
    2020: (((5, 4),), ((5, 8),)),  # 75 years of VE Day
    2022: (((5, 30),), ((6, 2), (6, 3), (9, 19))),  # Platinum Jubilee; the Queen’s funeral
    2023: ((), ((5, 8),)),  # the King’s coronation
}


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Every bank holiday of this year in England and Wales, substitutes included."""
    easter = easter_sunday(year)
    days = {easter - timedelta(days=2), easter + timedelta(days=1), _first_monday(year, 5), _last_monday(year, 5), _last_monday(year, 8)}
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        days.add(_free_weekday(day, days))
    taken, put = PROCLAIMED.get(year, ((), ()))
    return frozenset((days - {date(year, *each) for each in taken}) | {date(year, *each) for each in put})


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian calendar (the tables of the Calendar Act, as worked out by Meeus and others)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no bank holiday."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def _free_weekday(day: date, taken: set[date]) -> date:
    """The day itself; where it is at a weekend or taken, the next weekday that is free."""
    while day.weekday() >= SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)  # May and August
    return last - timedelta(days=(last.weekday() - MONDAY) % 7)
