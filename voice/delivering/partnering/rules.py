"""What a pledge and word of it must say, when word is due, and what the board says as one. Pure Python."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

MARKS: Final = ("kept", "on_the_way", "not_kept")
NEEDS: Final[Mapping[str, tuple[str, ...]]] = {"kept": ("evidence",), "on_the_way": (), "not_kept": ("why",)}
"""What each mark cannot do without."""
LONGEST: Final = timedelta(days=3 * 365)  # nobody pledges further ahead than a plan reaches
NEAR: Final = timedelta(days=30)  # before its day a partner is asked how it goes
ASKED_AGAIN: Final = timedelta(days=30)
UNCONFIRMED: Final = timedelta(days=14)
WAITING_OF_ONE_ADDRESS: Final = 3  # nobody can be buried in our letters
WAITING_OF_ONE_PLACE: Final = 20  # a day, that nobody confirmed: beyond it a machine sends


def missing_from(mark: str, fields: Mapping[str, object]) -> tuple[str, ...]:
    """Fields this mark cannot go without and that are empty."""
    return tuple(name for name in NEEDS[mark] if not fields.get(name))


def collective(marks: Iterable[str]) -> str | None:
    """The mark most members share; where it is even, the one that asks more of the partner. None: nobody has said."""
    counts = Counter(marks)
    return max(counts, key=lambda each: (counts[each], MARKS.index(each))) if counts else None


def fits(due_on: date, today: date) -> bool:
    """Whether a pledge may be for this day."""
    return today < due_on <= today + LONGEST


def is_late(due_on: date, own_mark: str | None, today: date) -> bool:
    """Its day is over, and they have not said what became of it."""
    return due_on < today and own_mark not in ("kept", "not_kept")


def word_due_on(due_on: date, last_said: date, own_mark: str | None, months: int) -> date | None:
    """The day on which a partner owes word: some months after the last, and when the day of the pledge comes near. None: they have said how
    it ended."""
    if own_mark in ("kept", "not_kept"):
        return None
    regular, near = _months_after(last_said, months), due_on - NEAR
    if last_said < near:
        return min(regular, near)
    return min(regular, due_on) if last_said < due_on else regular


def may_ask(word_due: date | None, reminded_on: date | None, today: date) -> bool:
    """Whether a letter asks for word today: once it is due, and not again within a month."""
    return word_due is not None and word_due <= today and (reminded_on is None or today - reminded_on >= ASKED_AGAIN)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
