"""The tallies that these pages are made from: sums of sums, as many as there are kinds of people, never as many as there are people."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, func, or_, select

from voice import plans
from voice.asking import ActivityFacts
from voice.counting.folding import ASIDE, FACTS, HEARD
from voice.counting.reaching.ranges import FEWEST
from voice.counting.reaching.rules import FEW, SHOWN, Cell, Part, by_two, part, protect, together
from voice.counting.tally_models import TallyPeople, TallySlice
from voice.storage import session
from voice.web.ages import AGES

STEPS: Final = ("words", "read", "priority", "theme", "answered")
WITHHELD: Final = "withheld:"
Group = tuple[str, str]  # a fact and its value; ("", "") is everyone
Counted = dict[tuple[str, str, str, str], int]  # fact, value, other fact, other value -> people
Sums = tuple[uuid.UUID, str, str, str, str, int]
EVERYONE: Final[Group] = ("", "")
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
    counted, places = _pairs(activities), [each.code for each in plans.places(plan_id)]
    by_activity = [_cells(counted.get(each.id, {}), places) for each in activities]
    return _by_years(activities, by_activity)


def took_part(activities: Sequence[ActivityFacts]) -> Took:
    """Groups by one fact, over these activities."""
    counted = _singles(activities)
    each = [_took(counted.get(activity.id, {})) for activity in activities]
    return Took(
        _by_years(activities, [one.groups for one in each]),
        _by_years(activities, [one.words for one in each]),
        _by_years(activities, [one.withheld for one in each]),
        together([one.aside for one in each]),
    )


def _cells(counted: Mapping[Cell, int], places: Sequence[str]) -> dict[Cell, Part]:
    rows = dict.fromkeys([*places, *(place for place, _age in counted), ""])
    ages = dict.fromkeys([*AGES, *(age for _place, age in counted), ""])
    counts = {(place, age): counted.get((place, age), 0) for place in rows for age in ages}
    states = by_two(counts)
    return {cell: part((people,), states[cell]) for cell, people in counts.items()}


def _took(counted: Counted) -> Took:
    everyone = counted.get(("", "", "", ""), 0)
    people = {(fact, value): count for (fact, value, other, _at), count in counted.items() if fact in FACTS and not other}
    groups = {key: part((count,), _state(people, key[0])[key]) for key, count in people.items()} | {EVERYONE: _whole((everyone,))}
    aside = _whole((counted.get((ASIDE, "", "", ""), 0),))
    return Took(groups, _words(counted, people), _withheld(counted), aside)


def _words(counted: Counted, people: Collection[Group]) -> dict[Group, Part]:
    rows = {key: tuple(counted.get((*key, HEARD, step), 0) for step in STEPS) for key in people}
    spoke = {key: row[0] for key, row in rows.items()}
    found = {key: part(row, _state(spoke, key[0])[key]) for key, row in rows.items()}
    return found | {EVERYONE: _whole(tuple(counted.get((HEARD, step, "", ""), 0) for step in STEPS))}


def _withheld(counted: Counted) -> dict[str, Part]:
    reasons = {value: count for (fact, value, other, _at), count in counted.items() if fact == HEARD and value.startswith(WITHHELD) and not other}
    return {value.removeprefix(WITHHELD): _whole((count,)) for value, count in reasons.items()}


def _state(counts: Mapping[Group, int], fact: str) -> dict[Group, str]:
    """What is shown of the groups of one fact: they add up to everyone."""
    own = {key: count for key, count in counts.items() if key[0] == fact}
    return protect(own, [list(own)])


def _whole(counts: tuple[int, ...]) -> Part:
    """A figure that is no part of another."""
    return part(counts, SHOWN if counts[0] >= FEWEST else FEW)


def _by_years(activities: Sequence[ActivityFacts], parts: Sequence[Mapping[Key, Part]]) -> dict[Key, Part]:
    """Activities put together year by year, and the years then: so a year’s figure is a piece of the plan’s."""
    years = dict[int, list[Mapping[Key, Part]]]()
    for activity, own in zip(activities, parts, strict=True):
        years.setdefault(activity.opens_on.year, []).append(own)
    return _together([_together(own) for own in years.values()])


def _together(parts: Sequence[Mapping[Key, Part]]) -> dict[Key, Part]:
    """A group that is not in one of them has nobody there, which is hidden as few people are."""
    sizes = {key: len(part.counts) for own in parts for key, part in own.items()}
    return {key: together([own.get(key, Part((0,) * size, (0,) * size)) for own in parts]) for key, size in sizes.items()}


def _pairs(activities: Sequence[ActivityFacts]) -> dict[uuid.UUID, dict[Cell, int]]:
    """Activity -> place and age -> people."""
    found: dict[uuid.UUID, dict[Cell, int]] = {}
    for activity_id, _fact, age, _other, place, people in _sums(activities, TallySlice.fact == "age_band", TallySlice.other_fact == "place"):
        found.setdefault(activity_id, {})[(place, age)] = people
    return found


def _singles(activities: Sequence[ActivityFacts]) -> dict[uuid.UUID, Counted]:
    """Activity -> everything by one fact, and beside one how far words came."""
    found: dict[uuid.UUID, Counted] = {}
    wanted = TallySlice.fact.in_(("", *FACTS, HEARD, ASIDE)), or_(TallySlice.other_fact == "", TallySlice.other_fact == HEARD)
    for activity_id, *key, people in _sums(activities, *wanted):
        fact, value, other, at = key
        found.setdefault(activity_id, {})[(fact, value, other, at)] = people
    return found


def _sums(activities: Sequence[ActivityFacts], *wanted: ColumnElement[bool]) -> Iterable[Sums]:
    row = TallySlice
    kind = (row.activity_id, row.fact, row.value, row.other_fact, row.other_value)
    own = row.activity_id.in_([each.id for each in activities])
    people = select(*kind, func.sum(TallyPeople.people)).join(TallyPeople, TallyPeople.slice_id == row.id)
    return [each._tuple() for each in session().execute(people.where(own, *wanted).group_by(*kind))]
