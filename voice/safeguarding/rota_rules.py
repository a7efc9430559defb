"""The rota and the clocks, as plain rules: who is called at this moment, where nobody is, and when something is due.

Times of a turn are local (Europe/London): nine o’clock stays nine o’clock when the clocks change. Moments are UTC.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from voice.safeguarding.holidays import is_working_day

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
BACK, AHEAD = 14, 14  # days: how far the last and the next turn are looked for
LONGEST_CHAIN = 5  # stand-ins of stand-ins
WORKING_HOURS_OF_A_CONCERN = (120, 240)  # minutes of service until the deputy, and until the manager
DANGER = (15, 30)  # minutes, at any hour
LONGEST_WAIT = timedelta(minutes=10)  # between two tries to send
Step: TypeAlias = Literal["first", "deputy", "manager"]
GapKind: TypeAlias = Literal["no_turn", "nobody", "one_alone"]


@dataclass(frozen=True)
class Turn:
    """A stretch of a weekday, in local minutes after midnight; Monday is 0."""

    weekday: int
    starts: int
    ends: int
    lead: uuid.UUID
    deputy: uuid.UUID
    on_holidays: bool = False


@dataclass(frozen=True)
class Absence:
    member: uuid.UUID
    first: date
    last: date
    stand_in: uuid.UUID


@dataclass(frozen=True)
class Span:
    """A turn on one day, in UTC."""

    begins: datetime
    ends: datetime
    day: date
    turn: Turn


@dataclass(frozen=True)
class Rota:
    """All that is needed to say who is on. `able`: who holds the role and may know of what waits."""

    turns: tuple[Turn, ...]
    absences: tuple[Absence, ...]
    able: frozenset[uuid.UUID]

    def without(self, them: Collection[uuid.UUID]) -> Rota:
        """The same rota where these are not there: what waits is about them."""
        return Rota(self.turns, self.absences, self.able - set(them))


@dataclass(frozen=True)
class OnNow:
    """Who is called first and second. Outside every turn the last turn’s people stay first until the next begins."""

    called: tuple[uuid.UUID, ...]
    in_hours: bool
    until: datetime | None  # when the turn ends, or the next begins

    @property
    def lead(self) -> uuid.UUID | None:
        return self.called[0] if self.called else None

    @property
    def deputy(self) -> uuid.UUID | None:
        return self.called[1] if len(self.called) > 1 else None


@dataclass(frozen=True)
class Gap:
    """A day, or a turn of it, without two people."""

    day: date
    kind: GapKind
    starts: int | None = None
    ends: int | None = None


def local(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def on_now(moment: datetime, rota: Rota) -> OnNow:
    """Who is on at this moment: the people to call, the nearest first. With no turn at all, nobody is named."""
    around = list(spans(local(moment).date() - BACK * DAY, BACK + AHEAD, rota.turns))
    now = [each for each in around if each.begins <= moment < each.ends]
    before, after = [each for each in around if each.ends <= moment], [each for each in around if each.begins > moment]
    order = [*reversed(now), *before[-1:], *after] if not now else [*reversed(now), *after]
    until = max(each.ends for each in now) if now else after[0].begins if after else None
    return OnNow(tuple(_called(order, local(moment).date(), rota)), bool(now), until)


def _called(order: Iterable[Span], today: date, rota: Rota) -> list[uuid.UUID]:
    """Each once, in the order of their turns; stand-ins in the place of those who are away."""
    found = (serving(each, max(span.day, today), rota) for span in order for each in (span.turn.lead, span.turn.deputy))
    return list(dict.fromkeys(each for each in found if each))


def serving(member: uuid.UUID, day: date, rota: Rota) -> uuid.UUID | None:
    """The member, or whoever stands in for them on this day; None where nobody able does."""
    for _link in range(LONGEST_CHAIN):
        away = next((each for each in rota.absences if each.member == member and each.first <= day <= each.last), None)
        if away is None:
            return member if member in rota.able else None
        member = away.stand_in
    return None


def spans(first: date, days: int, turns: Sequence[Turn]) -> Iterator[Span]:
    """Every turn from this local day on, in time’s order. On a bank holiday only those that say so."""
    for number in range(days + 1):
        day = first + number * DAY
        works = is_working_day(day) or day.weekday() > 4
        for turn in sorted((each for each in turns if each.weekday == day.weekday()), key=lambda each: (each.starts, each.ends)):
            if works or turn.on_holidays:
                yield Span(_at(day, turn.starts), _at(day, turn.ends), day, turn)


def _at(day: date, minutes: int) -> datetime:
    days, rest = divmod(minutes, 24 * 60)
    return datetime.combine(day + days * DAY, time(rest // 60, rest % 60), LONDON).astimezone(UTC)


def gaps(first: date, days: int, rota: Rota) -> list[Gap]:
    """Where, from this day on, a working day has no turn, or a turn has not two people."""
    found: list[Gap] = []
    for number in range(days):
        day = first + number * DAY
        todays = list(spans(day, 0, rota.turns))
        if not todays and is_working_day(day):
            found.append(Gap(day, "no_turn"))
        for span in todays:
            there = {serving(each, day, rota) for each in (span.turn.lead, span.turn.deputy)} - {None}
            if len(there) < 2:
                found.append(Gap(day, "one_alone" if there else "nobody", span.turn.starts, span.turn.ends))
    return found


def longest_without(first: date, turns: Sequence[Turn]) -> timedelta | None:
    """The longest time in two weeks in which nobody is on; None without a rota."""
    found = list(spans(first, 14, turns))
    if not found:
        return None
    longest, end = timedelta(0), found[0].ends
    for span in found[1:]:
        longest, end = max(longest, span.begins - end), max(end, span.ends)
    return longest


def after_service(moment: datetime, minutes: int, turns: Sequence[Turn]) -> datetime:
    """The moment so many minutes of service later. Without turns ahead, every minute is one of service: nothing is put off for ever."""
    left = timedelta(minutes=minutes)
    for span in spans(local(moment).date(), 28, turns):
        begins = max(span.begins, moment)
        if span.ends <= begins:
            continue
        if span.ends - begins >= left:
            return begins + left
        left, moment = left - (span.ends - begins), span.ends
    return moment + left


def a_working_day_after(moment: datetime) -> datetime:
    """The same time on the next working day."""
    there = local(moment)
    day = there.date() + DAY
    while not is_working_day(day):
        day += DAY
    return datetime.combine(day, there.time(), LONDON).astimezone(UTC)


def steps_due(since: datetime, *, danger: bool, moment: datetime, turns: Sequence[Turn]) -> list[Step]:
    """Who must have been written to by now about something nobody has opened."""
    due: list[Step] = ["first"]
    if moment >= _step_at(since, danger, 0, turns):
        due.append("deputy")
    if moment >= _step_at(since, danger, 1, turns):
        due.append("manager")
    return due


def _step_at(since: datetime, danger: bool, number: int, turns: Sequence[Turn]) -> datetime:
    if danger:
        return since + timedelta(minutes=DANGER[number])
    return after_service(since, WORKING_HOURS_OF_A_CONCERN[number], turns)


def try_again_at(moment: datetime, attempts: int) -> datetime:
    """Later and later, and at least every ten minutes: 15 s, 30 s, 1 min, 2, 4, 8, 10, 10 …"""
    return moment + min(timedelta(seconds=15 * 2 ** min(attempts - 1, 10)), LONGEST_WAIT)
