"""What is known of a measure: its numbers, its readings, and what they say together."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from voice import plans
from voice.config import settings
from voice.counting import release
from voice.delivering.measuring.models import Measured, MeasureNumbers
from voice.delivering.measuring.periods import Period, months_between, period
from voice.delivering.measuring.printed import printed
from voice.delivering.measuring.rules import Aim, Standing, could_be_worked_out, is_fresh, standing
from voice.delivering.measuring.values import say_value
from voice.plans import MeasureFacts
from voice.plans.models import Measure
from voice.storage import session, today


@dataclass(frozen=True)
class Numbers:
    """What is known of a measure as numbers: of its printed text, and over it what an officer said."""

    unit: str | None
    per: int | None
    of_people: bool
    aim: Aim
    baseline_of: Period | None  # what time the baseline is of
    due_on: date | None
    months: int  # how often a reading is due
    own_months: int | None
    owner_id: uuid.UUID | None
    by_hand: bool
    noun: str = ""  # what it counts, as the plan prints it: hours


@dataclass(frozen=True)
class FromRelease:
    """The release a reading is of."""

    slug: str
    activity: str  # its title
    number: int
    published_on: date
    words: str  # what people say by these answers
    tie: str  # which answers to which question


@dataclass(frozen=True)
class ReadingFacts:
    """One reading as it stands now. `place`: a locality’s code, None for all of the county; `said`: the value in words, in the page’s language;
    `is_public`: False for what stays inside because it is about few."""

    id: uuid.UUID
    on: date  # the last day it is of
    period: str
    value: float
    said: str
    place: str | None
    source: str
    story: str | None
    out_of: int | None
    origin: str | None
    is_public: bool
    release: FromRelease | None
    entered_by: uuid.UUID | None
    entered_at: datetime
    corrected: bool


@dataclass(frozen=True)
class MeasureStory:
    """A measure and what became of it. `readings`: oldest first, of one kind of number, places among them; those alone that everyone may see
    unless the story was asked for from inside."""

    facts: MeasureFacts
    priority_id: uuid.UUID | None
    readings: Sequence[ReadingFacts]
    asked: Sequence[ReadingFacts]  # of releases, where the measure is another kind of number than they are
    numbers: Numbers
    standing: Standing
    fresh: bool
    age: int | None  # whole months since the newest reading

    @property
    def whole(self) -> list[ReadingFacts]:
        """Readings of all of the county."""
        return [each for each in self.readings if each.place is None]

    @property
    def newest(self) -> ReadingFacts | None:
        whole = self.whole
        return whole[-1] if whole else None

    @property
    def target(self) -> float | None:
        return self.numbers.aim.target

    @property
    def baseline(self) -> float | None:
        return self.numbers.aim.baseline

    @property
    def unit(self) -> str | None:
        return self.numbers.unit

    @property
    def by_place(self) -> list[ReadingFacts]:
        """The newest reading of each place, of the newest time that places have one of."""
        placed = [each for each in self.readings if each.place is not None]
        newest = max((each.on for each in placed), default=None)
        return [each for each in placed if each.on == newest]

    def says(self, value: float | None) -> str:
        """A value of this measure in words."""
        return "" if value is None else say_value(self.numbers.unit, self.numbers.per, value, self.numbers.noun)


def measure_story(measure_id: uuid.UUID, *, inside: bool = False) -> MeasureStory | None:
    """The story of one measure; None where there is no such measure. `inside`: with readings that stay inside."""
    row = session().get(Measure, measure_id)
    if row is None:
        return None
    facts = MeasureFacts(row.id, row.key, row.code, row.words, row.direction, row.baseline, row.target, row.due, row.note)
    return _stories(row.plan_id, [(row.priority_id, facts)], inside=inside)[0]


def measure_stories(plan_id: uuid.UUID, priority_id: uuid.UUID | None, *, inside: bool = False) -> list[MeasureStory]:
    """The stories of the measures of one priority, or (None) of those of the whole plan, in the plan’s order."""
    return _stories(plan_id, [(priority_id, each) for each in plans.measures_of(plan_id, priority_id)], inside=inside)


def all_measure_stories(plan_id: uuid.UUID, *, inside: bool = False) -> list[MeasureStory]:
    """The stories of every measure of a plan: those of the whole plan first, then priority by priority."""
    under = (None, *(each.id for each in plans.priorities(plan_id)))
    return _stories(plan_id, [(own, each) for own in under for each in plans.measures_of(plan_id, own)], inside=inside)


def numbers_of(some: Iterable[MeasureFacts]) -> dict[uuid.UUID, Numbers]:
    """What is known as numbers of each of these."""
    facts = {each.id: each for each in some}
    rows = session().scalars(select(MeasureNumbers).where(MeasureNumbers.measure_id.in_(facts)))
    said = {row.measure_id: row for row in rows}
    return {key: _numbers(each, said.get(key)) for key, each in facts.items()}


def owned_by(member_id: uuid.UUID) -> set[uuid.UUID]:
    """The measures this member owns."""
    return set(session().scalars(select(MeasureNumbers.measure_id).where(MeasureNumbers.owner_id == member_id)))


def owners_of(measure_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Who owns these measures; one that nobody owns is not there."""
    rows = session().execute(
        select(MeasureNumbers.measure_id, MeasureNumbers.owner_id).where(
            MeasureNumbers.measure_id.in_(measure_ids), MeasureNumbers.owner_id.is_not(None)
        )
    )
    return {measure_id: owner_id for measure_id, owner_id in rows if owner_id is not None}


def standing_rows(measure_ids: Collection[uuid.UUID]) -> list[Measured]:
    """The rows that nothing took the place of, oldest time first; what was taken out among them."""
    rows = list(session().scalars(select(Measured).where(Measured.measure_id.in_(measure_ids)).order_by(Measured.on_day, Measured.entered_at)))
    replaced = {row.supersedes_id for row in rows}
    return [row for row in rows if row.id not in replaced]


def history_of(measure_id: uuid.UUID) -> list[Measured]:
    """Every row there ever was of a measure, newest first."""
    return list(
        session().scalars(select(Measured).where(Measured.measure_id == measure_id).order_by(Measured.entered_at.desc(), Measured.number.desc()))
    )


def _stories(plan_id: uuid.UUID, some: Sequence[tuple[uuid.UUID | None, MeasureFacts]], *, inside: bool) -> list[MeasureStory]:
    numbers = numbers_of(facts for _own, facts in some)
    rows: dict[uuid.UUID, list[Measured]] = {}
    for row in standing_rows(list(numbers)):
        rows.setdefault(row.measure_id, []).append(row)
    places = len(plans.places(plan_id)) if rows else 0
    return [_story(own, facts, numbers[facts.id], rows.get(facts.id, []), places, inside) for own, facts in some]


def _story(own: uuid.UUID | None, facts: MeasureFacts, known: Numbers, rows: Sequence[Measured], places: int, inside: bool) -> MeasureStory:
    told = [row for row in rows if row.source == "release"]
    tie = told[-1].tie if told else None
    if told and known.unit is None:
        known = replace(known, unit="percent")
    own_rows = [row for row in rows if row.value is not None and (row.source != "release" or (row.tie == tie and known.unit == "percent"))]
    if not inside:
        own_rows = _for_everyone(own_rows, known.unit, places)
    readings = [_reading(row, known) for row in own_rows]
    asked = [] if known.unit == "percent" else [_reading(row, replace(known, unit="percent")) for row in told if row.tie == tie]
    whole = [each for each in readings if each.place is None]
    newest = whole[-1].on if whole else None
    fresh, age = is_fresh(newest, known.months, today()), months_between(newest, today()) if newest else None
    return MeasureStory(facts, own, readings, asked, known, standing(known.aim, [each.value for each in whole]), fresh, age)


def _for_everyone(rows: Sequence[Measured], unit: str | None, places: int) -> list[Measured]:
    """Without what is about few, and without counts from which that could be worked out."""
    also: set[uuid.UUID] = set()
    for slot in {row.slot for row in rows}:
        own = [row for row in rows if row.slot == slot]
        whole = next((row.value for row in own if not row.place and row.is_public), None)
        shown = {row.place: row.value for row in own if row.place and row.is_public and row.value is not None}
        place = could_be_worked_out(unit, whole, shown, [row.place for row in own if row.place and not row.is_public], places)
        also |= {row.id for row in own if row.place == place} if place else set()
    return [row for row in rows if row.is_public and row.id not in also]


def _numbers(facts: MeasureFacts, row: MeasureNumbers | None) -> Numbers:
    start, goal, due = printed(facts.baseline), printed(facts.target), period(facts.due or "")
    both = [each for each in (goal, start) if each]
    unit, per, noun = (both[0].unit, both[0].per, both[0].words) if both else (None, None, "")
    if start and start.unit != unit:  # two kinds of number: only the target’s is compared
        start = None
    aim = Aim(facts.direction, start.value if start else None, goal.value if goal else None, goal.bound if goal else None)
    of, due_on, usual = start.of if start else None, due.last if due else None, settings().measure_months
    if row is None:
        return Numbers(unit, per, True, aim, of, due_on, usual, None, None, False, noun if unit == "number" else "")
    if row.unit and row.unit != unit:
        unit, per, noun, aim = row.unit, row.per, "", Aim(facts.direction)
    said = Aim(
        row.direction or aim.direction,
        aim.baseline if row.baseline is None else row.baseline,
        aim.target if row.target is None else row.target,
        aim.bound if row.target is None else None,
    )
    by_hand = any(each is not None for each in (row.unit, row.baseline, row.target, row.due_on, row.direction))
    of = of if row.baseline is None else None
    return Numbers(
        unit,
        row.per or per,
        row.of_people,
        said,
        of,
        row.due_on or due_on,
        row.months or usual,
        row.months,
        row.owner_id,
        by_hand,
        noun if unit == "number" else "",
    )


def _reading(row: Measured, known: Numbers) -> ReadingFacts:
    value = row.value if row.value is not None else 0.0
    said = say_value(known.unit, known.per, value, known.noun)
    told = _from_release(row) if row.release_id else None
    return ReadingFacts(
        row.id,
        row.on_day,
        row.period,
        value,
        said,
        row.place or None,
        row.source,
        row.story,
        row.out_of,
        row.origin,
        row.is_public,
        told,
        row.entered_by,
        row.entered_at,
        row.number > 1,
    )


def _from_release(row: Measured) -> FromRelease | None:
    found = release(row.release_id) if row.release_id else None
    if found is None:
        return None
    out = found.published_on or row.on_day
    return FromRelease(found.activity.slug, found.activity.title, found.number, out, row.said or "", row.tie or "")
