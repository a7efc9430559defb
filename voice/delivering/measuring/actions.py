"""Entering, correcting and taking out readings; saying a measure’s numbers by hand. Nothing is overwritten: each row stays as it was given."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from voice import audit, counting
from voice.delivering.measuring.models import Measured, MeasureNumbers
from voice.delivering.measuring.periods import Period, period
from voice.delivering.measuring.queries import Numbers, numbers_of
from voice.delivering.measuring.rules import TOP, Few, about_few
from voice.plans import MeasureFacts
from voice.storage import now, session, today

WHOLE_UNITS = ("count",)


class NotTaken(Exception):
    """A reading that cannot be taken; `args[0]` is a code: `unit`, `period`, `future`, `percent`, `count`, `score`, `minus`, `release`, `out_of`,
    `gone`."""


@dataclass(frozen=True)
class Given:
    """A reading as somebody gives it. `when`: a day or period in any form that `periods` reads."""

    when: str
    value: float
    place: str = ""
    out_of: int | None = None
    origin: str | None = None
    story: str | None = None


@dataclass(frozen=True)
class Taken:
    """What became of it: `new`, `corrected` or `same` (it is there already, nothing was added); and why it stays inside, if it does."""

    reading_id: uuid.UUID
    became: str
    few: Few | None


@dataclass(frozen=True)
class Said:
    """What an officer says of a measure; None leaves it as the plan prints it."""

    unit: str | None = None
    per: int | None = None
    of_people: bool = True
    baseline: float | None = None
    target: float | None = None
    due_on: date | None = None
    direction: str | None = None
    months: int | None = None
    owner_id: uuid.UUID | None = None


def enter(measure: MeasureFacts, given: Given, by: uuid.UUID | None, *, source: str = "entered") -> Taken:
    """Keep a reading. Where there is one of the same time and place it takes that one’s place, and the older stays in the history. Flushes.

    Raises:
        NotTaken: it cannot be.
    """
    known = numbers_of([measure])[measure.id]
    when = _check(known, given)
    few = about_few(known.unit, known.per, given.value, given.out_of, of_people=known.of_people)
    last = _last(measure.id, given.place, when.code)
    if last is not None and _is_same(last, given):
        return Taken(last.id, "same", few)
    row = Measured(measure_id=measure.id, place=given.place, slot=when.code, period=when.code, on_day=when.last, source=source)
    row.value, row.out_of, row.origin, row.story = given.value, given.out_of, given.origin, given.story
    row.is_public, row.entered_by = few is None, by
    _add(row, last)
    became = "corrected" if last is not None and last.value is not None else "new"
    audit.record(by, f"reading {became}" if became == "corrected" else "reading entered", "measure", measure.id, when.code)
    return Taken(row.id, became, few)


def tell_story(reading_id: uuid.UUID, story: str | None, by: uuid.UUID) -> uuid.UUID:
    """Another story behind a figure; the figure itself, also one of a release, stays as it is.

    Raises:
        NotTaken: another row has taken its place.
    """
    last = _standing(reading_id)
    row = _copy(last, by)
    row.story, row.value, row.is_public = story, last.value, last.is_public
    _add(row, last)
    audit.record(by, "story behind a reading told", "measure", last.measure_id, last.period)
    return row.id


def take_out(reading_id: uuid.UUID, why: str, by: uuid.UUID) -> None:
    """It no longer counts; what it was stays in the history. `why` goes into the record.

    Raises:
        NotTaken: it is of a release, or another row has taken its place.
    """
    last = _standing(reading_id)
    if last.source == "release":
        raise NotTaken("release")
    row = _copy(last, by)
    row.story, row.value, row.is_public = None, None, False
    _add(row, last)
    audit.record(by, "reading taken out", "measure", last.measure_id, f"{last.period}: {why}")


def say_numbers(measure: MeasureFacts, said: Said, by: uuid.UUID) -> None:
    """What the plan prints stays as it is; what is compared is this. Readings that are there are looked at again: whether they are about few."""
    row = session().get(MeasureNumbers, measure.id) or MeasureNumbers(measure_id=measure.id)
    row.unit, row.per, row.of_people = said.unit, said.per, said.of_people
    row.baseline, row.target, row.due_on = said.baseline, said.target, said.due_on
    row.direction, row.months, row.owner_id = said.direction, said.months, said.owner_id
    row.set_by, row.set_at = by, now()
    session().add(row)
    session().flush()
    audit.record(by, "numbers of a measure said", "measure", measure.id, _in_short(said))
    _look_again(measure, by)


def say_unit(measure: MeasureFacts, unit: str, per: int | None, by: uuid.UUID | None) -> None:
    """What kind of number it is, where nobody has said so."""
    row = session().get(MeasureNumbers, measure.id) or MeasureNumbers(measure_id=measure.id, of_people=True)
    row.unit, row.per, row.set_by, row.set_at = unit, per, by, now()
    session().add(row)
    session().flush()
    audit.record(by, "numbers of a measure said", "measure", measure.id, f"unit {unit}")


def take_from_releases(by: uuid.UUID | None = None) -> int:
    """Readings of what releases say of measures, one for each release and what it counts. Returns how many there are more than before."""
    told = {_slot(each): each for each in counting.told_of_measures()}
    known = _known(told.values())
    new = [each for key, each in told.items() if key not in known]
    for each in new:
        row = Measured(measure_id=each.measure_id, place="", slot=_slot(each)[1], period=each.published_on.isoformat(), on_day=each.published_on)
        row.value, row.out_of, row.said, row.tie = float(each.percent), each.of, each.words, each.tie
        row.source, row.release_id, row.is_public, row.entered_by = "release", each.release_id, True, by
        _add(row, None)
        audit.record(by, "reading came with a release", "measure", each.measure_id, row.period)
    return len(new)


def _slot(told: counting.Told) -> tuple[uuid.UUID, str]:
    return told.measure_id, f"{told.release_id.hex}:{told.tie}"


def _known(told: Collection[counting.Told]) -> set[tuple[uuid.UUID, str]]:
    wanted = Measured.release_id.in_([each.release_id for each in told])
    return {(row.measure_id, row.slot) for row in session().execute(select(Measured.measure_id, Measured.slot).where(wanted))}


def _check(known: Numbers, given: Given) -> Period:
    """The time it is of, where it can be taken."""
    when = period(given.when)
    if known.unit is None:
        raise NotTaken("unit")
    if when is None:
        raise NotTaken("period")
    if when.first > today():
        raise NotTaken("future")
    if given.out_of is not None and not 0 < given.out_of < 2**31:
        raise NotTaken("out_of")
    _check_value(known, given.value)
    return when


def _check_value(known: Numbers, value: float) -> None:
    if value < 0 and known.unit not in ("number", "money"):
        raise NotTaken("minus")
    if known.unit == "percent" and value > TOP:
        raise NotTaken("percent")
    if known.unit in WHOLE_UNITS and value != int(value):
        raise NotTaken("count")
    if known.unit == "score" and known.per and value > known.per:
        raise NotTaken("score")


def _last(measure_id: uuid.UUID, place: str, slot: str) -> Measured | None:
    own = (Measured.measure_id == measure_id, Measured.place == place, Measured.slot == slot)
    return session().scalar(select(Measured).where(*own).order_by(Measured.number.desc()).limit(1))


def _standing(reading_id: uuid.UUID) -> Measured:
    row = session().get_one(Measured, reading_id)
    last = _last(row.measure_id, row.place, row.slot)
    if last is None or last.id != row.id or row.value is None:
        raise NotTaken("gone")
    return row


def _is_same(last: Measured, given: Given) -> bool:
    """A file that says nothing of where it is from, or of the story, takes away neither."""
    same = last.value == given.value and last.out_of == given.out_of
    return same and given.origin in (None, last.origin) and given.story in (None, last.story)


def _copy(last: Measured, by: uuid.UUID | None) -> Measured:
    row = Measured(measure_id=last.measure_id, place=last.place, slot=last.slot, period=last.period, on_day=last.on_day, source=last.source)
    row.out_of, row.release_id, row.tie, row.said, row.origin = last.out_of, last.release_id, last.tie, last.said, last.origin
    row.entered_by = by
    return row


def _add(row: Measured, last: Measured | None) -> None:
    row.number = last.number + 1 if last else 1
    row.supersedes_id = last.id if last else None
    session().add(row)
    session().flush()


def _look_again(measure: MeasureFacts, by: uuid.UUID) -> None:
    """Whether a reading is about few depends on what kind of number it is."""
    known = numbers_of([measure])[measure.id]
    rows = session().scalars(select(Measured).where(Measured.measure_id == measure.id, Measured.value.is_not(None), Measured.source != "release"))
    replaced = set(session().scalars(select(Measured.supersedes_id).where(Measured.measure_id == measure.id)))
    for last in [row for row in rows if row.id not in replaced]:
        few = about_few(known.unit, known.per, last.value or 0.0, last.out_of, of_people=known.of_people)
        if (few is None) != last.is_public:
            row = _copy(last, by)
            row.story, row.value, row.is_public = last.story, last.value, few is None
            _add(row, last)


def _in_short(said: Said) -> str:
    """For the record: what was said, without who owns it."""
    names = {name: value for name, value in vars(replace(said, owner_id=None)).items() if value is not None}
    return ", ".join(f"{name} {value}" for name, value in names.items())
