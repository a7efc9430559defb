"""What an answer must say, and when it may go out."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

STATES = ("done", "doing", "will", "cant")
VERDICTS = ("fair", "not_yet", "not_answered")
BOARD_DAYS = 7  # the board has a draft this long; silence never blocks
FEWEST_MARKS = 3  # fewer senders than this say nothing on a page
ASK_DAYS = 14  # how long somebody has to answer, unless another day is named
REMIND_DAYS = 7  # a reminder of a late answer goes at most once in so many days
MOST_MILESTONES = 10

ALONE_WAITS = timedelta(hours=24)
"""Whoever wrote an answer, or whose it is, sends it out alone only after this; a second person may at once."""

# What each state cannot do without.
NEEDS = {"done": ("evidence",), "doing": ("due_on",), "will": ("due_on",), "cant": ("because", "instead")}


def missing_from(state: str, fields: Mapping[str, object]) -> tuple[str, ...]:
    """Fields this kind of answer cannot go without and that are empty."""
    return tuple(name for name in NEEDS[state] if not fields.get(name))


def was_answered(asked_for: int, number: int, *, is_sent: bool) -> bool:
    """Whether the board has the words somebody was asked for: those with this number, or later ones."""
    return number > asked_for or (number == asked_for and is_sent)


def board_has_until(sent_to_board_on: date) -> date:
    """The first day on which an answer may go out without a verdict."""
    return sent_to_board_on + timedelta(days=BOARD_DAYS)


def alone_from(written_at: datetime) -> datetime:
    """From when on whoever wrote an answer, or whose it is, may send it out without a second person."""
    return written_at + ALONE_WAITS


def latest_follow_up(on: date, months: int) -> date:
    """So many months on: the longest anyone waits to hear what became of an answer. A month’s last day stands for the days it lacks."""
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def why_not_yet(
    *, sent_to_board_on: date | None, has_verdict: bool, has_objection: bool, enough_senders: bool, on: date, waits_alone: bool = False
) -> str | None:
    """Why an answer may not be published today, as a code, or None where it may."""
    if not enough_senders:
        return "too_few"
    if has_objection:
        return "objection"
    if sent_to_board_on is None:
        return "not_sent"
    if not has_verdict and on < board_has_until(sent_to_board_on):
        return "with_board"
    return "alone" if waits_alone else None


def collective(verdicts: Iterable[str]) -> str | None:
    """The verdict most members share; where it is even, the one that asks more of us. None: not judged yet."""
    counts = Counter(verdicts)
    if not counts:
        return None
    return max(counts, key=lambda each: (counts[each], VERDICTS.index(each)))
