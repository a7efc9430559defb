"""Asking the same questions again each term: plain decisions about days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

Beginnings: TypeAlias = Iterable[tuple[int, int]]
"""The month and day each term of a school year begins. Every one is a day of every year: 29 February is none."""

_SEASONS: Final = ((9, "autumn"), (4, "summer"), (1, "spring"))  # from which month on, latest first


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days of one wave. `closes_on` is its last day; None: it is open until the next begins."""

    opens_on: date
    closes_on: date | None
    reply_by: date

    def beginning(self, day: date) -> Span:
        """As long as this one, and answered as soon after, from another day on."""
        moved = day - self.opens_on
        return Span(opens_on=day, closes_on=self.closes_on and self.closes_on + moved, reply_by=self.reply_by + moved)


def answered_by(closes_on: date | None, reply_by: date, days: int) -> date:
    """The day to tell young people: the one that was named, and so many days after closing at the latest. What never closes keeps its own."""
    return reply_by if closes_on is None else min(reply_by, closes_on + timedelta(days=days))


def term_of(day: date, begins: Beginnings) -> date:
    """The first day of the term this day is in, holidays after it included. ValueError where there are no terms."""
    firsts = (date(year, month, first) for year in (day.year - 1, day.year) for month, first in begins)
    return max(each for each in firsts if each <= day)


def name_of(term: date) -> str:
    """What a school calls the term that begins on this day: autumn 2026."""
    season = next(name for month, name in _SEASONS if term.month >= month)
    return f"{season} {term.year}"


def due(newest: Span, day: date, begins: Beginnings) -> Span | None:
    """The wave to ask now, after the newest there is; None while there is nothing to do.

    A term has its wave where one began in it, and where one that began before still has days to run in it: nobody is asked the same
    thing twice at once. A term that went by while nothing ran here is left out, not made up for.
    """
    term = term_of(day, begins)
    if newest.opens_on >= term or (newest.closes_on is not None and newest.closes_on >= term):
        return None
    wave = newest.beginning(term)
    return None if wave.closes_on is not None and wave.closes_on < day else wave


def last_day_before(wave: Span) -> date:
    """The last day of a wave without an end of its own, where this one follows it."""
    return wave.opens_on - timedelta(days=1)
