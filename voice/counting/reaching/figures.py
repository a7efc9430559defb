"""The tallies that these pages are made from: sums of sums, as many as there are kinds of people, never as many as there are people. Which of them
are seen, `results` decides; a figure here is one that stands there, or a sum of such."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import func, or_, select

from voice import plans
from voice.asking import ActivityFacts
from voice.counting.folding import ASIDE, FACTS, HEARD
from voice.counting.reaching.rules import FEW, SHOWN, Cell, Part, nobody, part, together, told, told_by_two
from voice.counting.results.hiding import hidden
from voice.counting.results.tallied import SIZE, Tallied, tallied_each
from voice.counting.rules import FEWEST
from voice.counting.tally_models import TallyPeople, TallySlice
from voice.storage import session
from voice.web.ages import AGES

STEPS: Final = ("words", "read", "priority", "theme", "answered")
WITHHELD: Final = "withheld:"
EVERYONE: Final = ("", "")
Group = tuple[str, str]  # a fact and its value; ("", "") is everyone
Heard = dict[tuple[str, str, str, str], int]  # fact, value, other fact, other value -> people
Key = TypeVar("Key", str, tuple[str, str])


@dataclass(frozen=True)
class Took:
    """Who took part, and how far their words came, of one activity or of several: as a member inside may see it."""

    groups: Mapping[Group, Part]  # people
    words: Mapping[Group, Part]  # people who wrote words, and how many of them came to each step after
    withheld: Mapping[str, Part]  # reason -> people
    aside: Part


def cells_of(activities: Sequence[ActivityFacts], plan_id: uuid.UUID) -> dict[Cell, Part]:
    """How many of each place and age took part, as a member inside may see it. Every place and age of the plan is there."""
    counted = tallied_each([each.id for each in activities], ("place", "age_band"), ())
    places = [each.code for each in plans.places(plan_id)]
    return _together([_cells(found, places) for found in counted.values()])


def took_part(activities: Sequence[ActivityFacts]) -> Took:
    """Groups by one fact, over these activities: year by year, and the years then, so that a year’s figure is a piece of the plan’s."""
    ids = [each.id for each in activities]
    by_fact = [tallied_each(ids, (fact,), ()) for fact in FACTS]
    counted = _heard(ids)
    years = dict[int, list[Took]]()
    for activity in activities:
        own = [found[activity.id] for found in by_fact]
        years.setdefault(activity.opens_on.year, []).append(_took(own, counted.get(activity.id, {})))
    return _all([_all(own) for own in years.values()])


def _all(took: Sequence[Took]) -> Took:
    return Took(
        _together([each.groups for each in took]),
        _together([each.words for each in took]),
        _together([each.withheld for each in took]),
        together([each.aside for each in took]) if took else nobody(),
    )


def _together(parts: Sequence[Mapping[Key, Part]]) -> dict[Key, Part]:
    """A group that is not in one of them has nobody there, which is hidden as few people are."""
    sizes = {key: len(part.counts) for own in parts for key, part in own.items()}
    return {key: together([own.get(key, nobody(size)) for own in parts]) for key, size in sizes.items()}


def _cells(found: Tallied, places: Sequence[str]) -> dict[Cell, Part]:
    rows, ages = dict.fromkeys([*places, *found.values(0), ""]), dict.fromkeys([*AGES, *found.values(1), ""])
    people = found.people.get(SIZE, {})
    counts = {(place, age): people.get((place, age), 0) for place in rows for age in ages}
    states = told_by_two(counts, {cell for cell in counts if found.size(cell) is not None})
    return {cell: part((count,), states[cell]) for cell, count in counts.items()}


def _took(by_fact: Sequence[Tallied], heard: Heard) -> Took:
    groups: dict[Group, Part] = {}
    spoke: dict[Group, Part] = {}
    for found in by_fact:
        groups |= _of_fact(found)
        spoke |= _words(found, heard)
    everyone = by_fact[0].people.get(SIZE, {}).get((None,), 0) if by_fact else 0
    groups[EVERYONE] = _alone((everyone,))
    spoke[EVERYONE] = _alone(tuple(heard.get((HEARD, step, "", ""), 0) for step in STEPS))
    withheld = {key[1].removeprefix(WITHHELD): _alone((count,)) for key, count in heard.items() if _is_withheld(key)}
    return Took(groups, spoke, withheld, _alone((heard.get((ASIDE, "", "", ""), 0),)))


def _of_fact(found: Tallied) -> dict[Group, Part]:
    """The groups of one fact; they add up to everyone."""
    fact, people = found.by[0], found.people.get(SIZE, {})
    counts = {value: people.get((value,), 0) for value in found.values(0)}
    states = told(counts, {value for value in counts if found.size((value,)) is not None}, [list(counts)])
    return {(fact, value): part((count,), states[value]) for value, count in counts.items()}


def _words(found: Tallied, heard: Heard) -> dict[Group, Part]:
    """Those of each group who wrote words. They add up as groups do, so a small one among them hides another."""
    fact = found.by[0]
    rows = {value: tuple(heard.get((fact, value, HEARD, step), 0) for step in STEPS) for value in found.values(0)}
    counts = {value: row[0] for value, row in rows.items()}
    closed = hidden(counts, {value for value in counts if found.size((value,)) is None})
    states = told(counts, counts.keys() - closed, [list(counts)])
    return {(fact, value): part(row, states[value]) for value, row in rows.items()}


def _alone(counts: tuple[int, ...]) -> Part:
    """A figure that is no part of another."""
    return part(counts, SHOWN if counts[0] >= FEWEST else FEW)


def _is_withheld(key: tuple[str, str, str, str]) -> bool:
    fact, value, other, _at = key
    return fact == HEARD and value.startswith(WITHHELD) and not other


def _heard(activity_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Heard]:
    """Activity -> how far words came, of everyone and beside each fact, and who is set aside."""
    row = TallySlice
    kind = (row.activity_id, row.fact, row.value, row.other_fact, row.other_value)
    people = select(*kind, func.sum(TallyPeople.people)).join(TallyPeople, TallyPeople.slice_id == row.id)
    wanted = or_(row.fact.in_((HEARD, ASIDE)), row.other_fact == HEARD)
    found: dict[uuid.UUID, Heard] = {}
    for activity_id, fact, value, other, at, count in session().execute(people.where(row.activity_id.in_(activity_ids), wanted).group_by(*kind)):
        found.setdefault(activity_id, {})[(fact, value, other, at)] = int(count)
    return found
