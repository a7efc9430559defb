"""When word of a thing is due, what is late, what an update cannot go without, which quarter a day is in. Plain Python."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

Status = Literal["not_begun", "on_the_way", "done", "stopped"]
STATUSES: Final[tuple[Status, ...]] = ("not_begun", "on_the_way", "done", "stopped")
OVER: Final = ("done", "stopped")
"""Nobody is asked again about what is over."""

TOGETHER: Final = timedelta(days=14)
"""What falls due so soon after the rest is asked about in the same letter."""
PATIENCE: Final = timedelta(days=14)
"""So long after it was due an owner is reminded; from then on it shows as late."""


def months_after(on: date, months: int) -> date:
    """So many months of the calendar later; a month’s last day stands for the days it lacks: six months after 31 August are over on the last of
    February."""
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def word_due(said_on: date | None, known_since: date | None, months: int) -> date | None:
    """When word of a thing is due: so many months after it was last given, or after somebody became its owner. None: nobody has to give any."""
    since = said_on or known_since
    return months_after(since, months) if since else None


def is_silent(due: date | None, on: date) -> bool:
    """Whether word that was due has stayed away for so long that it shows as late."""
    return due is not None and on > due + PATIENCE


class Days(NamedTuple):
    """The days an action is to keep: when it is to be done, and those of milestones nobody has reached yet."""

    done_by: date | None
    milestones: tuple[date, ...] = ()


def behind_since(status: str | None, days: Days, on: date) -> date | None:
    """The first day of these that has passed without what was to be there; None where none has, or the action is over."""
    if status in OVER:
        return None
    passed = [each for each in (days.done_by, *days.milestones) if each and each < on]
    return min(passed, default=None)


def missing_from(status: str, fields: Mapping[str, object], *, is_late: bool) -> tuple[str, ...]:
    """Fields that an update of this kind cannot go without and that are empty: done shows what shows it, stopped and late say why."""
    needed = ["evidence"] if status == "done" else ["why"] if status == "stopped" or is_late else []
    return tuple(name for name in needed if not fields.get(name))


class Due(NamedTuple):
    """One thing word is due of: `key` names it, `owner` who gives it."""

    key: str
    owner: str
    on: date


def to_ask(due: Iterable[Due], asked: Iterable[tuple[str, str, date]], on: date) -> dict[str, list[Due]]:
    """Whom to write to on this day, and about what: owners with something due that they were not asked about yet, with all else that falls due
    soon. `asked`: thing, owner and day as they were asked about before. What they were asked about is not asked again."""
    known = set(asked)
    new = [each for each in due if (each.key, each.owner, each.on) not in known and each.on <= on + TOGETHER]
    pressing = {each.owner for each in new if each.on <= on}
    found: dict[str, list[Due]] = {owner: [] for owner in sorted(pressing)}
    for each in sorted(new, key=lambda one: (one.on, one.key)):
        if each.owner in found:
            found[each.owner].append(each)
    return found


def remind_from(asked_on: date) -> date:
    """The day from which whoever was asked then and has not said anything is reminded."""
    return asked_on + PATIENCE


class Quarter(NamedTuple):
    """Three months of the calendar; `number` 1 is January to March."""

    year: int
    number: int

    @property
    def code(self) -> str:
        return f"{self.year}-q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number * 3, monthrange(self.year, self.number * 3)[1])

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_before(quarter: Quarter) -> Quarter:
    return Quarter(quarter.year - 1, 4) if quarter.number == 1 else Quarter(quarter.year, quarter.number - 1)


def read_quarter(text: str) -> Quarter | None:
    """`2026-q3`, in any case; None where it is none."""
    found = re.fullmatch(r"(20\d{2})-?q([1-4])", text.strip().casefold())
    return Quarter(int(found[1]), int(found[2])) if found else None
