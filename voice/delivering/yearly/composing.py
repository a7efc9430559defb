"""Putting a review together. Nothing that is late or not done can be left out: every action of the plan ends in one of two lists, and there is
no way to choose."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from voice.delivering.yearly.documents import ActionLine, Document, Part, Said
from voice.delivering.yearly.doors import Doors
from voice.plans import PlanFacts, PriorityFacts


@dataclass(frozen=True)
class Edition:
    """Which review, and the words people wrote for it."""

    year: int
    number: int = 1
    correction: str | None = None
    foreword: Said | None = None
    introduction: Said | None = None
    linking: Mapping[str, str] | None = None


def days_of(year: int) -> tuple[date, date]:
    """The first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def compose(doors: Doors, plan: PlanFacts, edition: Edition, place: str, on: date) -> Document:
    """The review as it would be on this day: what was answered in the year, and how the plan stood when it was made."""
    since, last = days_of(edition.year)
    until = min(last, on)
    return Document(
        place=place,
        plan=plan.title,
        year=edition.year,
        until=on,
        edition=edition.number,
        correction=edition.correction,
        foreword=edition.foreword,
        introduction=edition.introduction,
        linking={part: words for part, words in sorted((edition.linking or {}).items()) if words},
        parts=tuple(_parts(doors, plan, on)),
        answers=tuple(doors.answers(plan, since, until)),
        waiting=tuple(doors.waiting(plan, until)),
        releases=tuple(doors.releases(plan, since, on)),
        asks=tuple(doors.asks(plan, since, until)),
        four_fs=doors.four_fs(plan),
    )


def _parts(doors: Doors, plan: PlanFacts, on: date) -> Iterable[Part]:
    for priority in doors.priorities(plan.id):
        yield _part(doors, plan.id, priority, on)
    whole = _part(doors, plan.id, None, on)
    if whole.done or whole.not_done or whole.measures or whole.pledges:
        yield whole


def _part(doors: Doors, plan_id: uuid.UUID, priority: PriorityFacts | None, on: date) -> Part:
    under = priority.id if priority else None
    done, not_done = told_apart(doors.actions(plan_id, under))
    return Part(
        code=priority.code if priority else "",
        title=priority.title if priority else "",
        child_title=priority.child_title if priority else "",
        child_sentence=priority.child_sentence if priority else "",
        done=done,
        not_done=not_done,
        measures=tuple(doors.measures(plan_id, under, on)),
        pledges=tuple(doors.pledges(plan_id, under)),
    )


def told_apart(actions: Iterable[ActionLine]) -> tuple[tuple[ActionLine, ...], tuple[ActionLine, ...]]:
    """What was done, and all the rest. In the rest what is late comes first, then what was stopped, then what nobody has begun or spoken of."""
    found = list(actions)
    order = ("stopped", "not_begun", "unsaid", "on_the_way")
    rest = sorted((each for each in found if each.status != "done"), key=lambda each: (not each.late, order.index(each.status)))
    return tuple(each for each in found if each.status == "done"), tuple(rest)
