"""What somebody can find out who has every release, knows the rules and can do sums (bars P2, P3). Figures are printed; all of it in `make bench`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from tests.rooms.counting.attacker import OURS, USUAL, Impossible, Key, System, attack, cells, fresh, invented
from voice.counting.composing import EVERYONE, Asked, Centers, Group, Truth, compose
from voice.counting.rounding import HIDDEN_TO
from voice.counting.showing import figures

ASKED = (Asked("one", False, ("a", "b", "c", "d")), Asked("some", True, ("x", "y", "z")), Asked("yes", False, ("yes", "no")))
SHORT = (Asked("one", False, ("a", "b", "c")), Asked("some", True, ("x", "y")))
VALUES = {"age_band": ("11_13", "14_16", "17_19", ""), "place": ("ross", "leominster", "kington"), "way_in": ("web", "qr")}
FEWER = {"age_band": VALUES["age_band"], "place": VALUES["place"]}
LEAST = 5  # values that must be possible
SIZES = (15, 25, 40, 60, 120, 300)


def groups(person: Mapping[str, Any], values: Mapping[str, Any]) -> list[Group]:
    return [EVERYONE, *(Group(fact, person[fact]) for fact in values), *(Group(*each) for each in person["tied"])]


def truth(people: Mapping[int, Mapping[str, Any]], asked: Sequence[Asked], values: Mapping[str, Any], then: Mapping[Group, set[int]]) -> Truth:
    """The tallies of these people; `then`: who was in each group when its figures were last made."""
    now: dict[Group, set[int]] = {}
    answered: dict[tuple[Group, str], int] = {}
    counts: dict[tuple[Group, str, str], int] = {}
    for number, person in people.items():
        for own in groups(person, values):
            now.setdefault(own, set()).add(number)
            for each in asked:
                answered[(own, each.name)] = answered.get((own, each.name), 0) + bool(person[each.name])
                for code in person[each.name]:
                    counts[(own, each.name, code)] = counts.get((own, each.name, code), 0) + 1
    changed = {own: len(now.get(own, set()) ^ then.get(own, set())) for own in {*now, *then}}
    return Truth({own: len(found) for own, found in now.items()}, changed, answered, counts)


def one_release(seed: int) -> tuple[Centers | None, Truth]:
    chance = random.Random(seed)
    people = dict(enumerate(invented(chance, chance.choice(SIZES), ASKED, VALUES)))
    found = truth(people, ASKED, VALUES, {})
    return compose(found, ASKED, None, 1, chance), found


def narrow(system: System, keys: Sequence[Key]) -> list[tuple[Key, tuple[int, int]]]:
    """Figures of which fewer than five values are possible."""
    return [(key, found) for key, found in system.ranges(keys).items() if found[1] - found[0] + 1 < LEAST]


def single(seeds: Sequence[int]) -> tuple[int, int, list[Any]]:
    """One release each: how many there were, how many figures, and what was found out."""
    made = looked_at = 0
    found_out: list[Any] = []
    for seed in seeds:
        centers, _true = one_release(seed)
        if centers:
            system = attack([figures(centers)], ASKED, [fresh(centers)])
            keys = cells(system)
            made, looked_at = made + 1, looked_at + len(keys)
            found_out += narrow(system, keys)
    return made, looked_at, found_out


class County:
    """Releases of a county in which people come and go."""

    def __init__(self, seed: int, many: int = 20) -> None:
        self.chance = random.Random(seed)
        self.people: dict[int, Mapping[str, Any]] = {}
        self.pool = iter(enumerate(invented(self.chance, 3000, SHORT, FEWER)))
        self.then: dict[Group, set[int]] = {}
        self.shown: list[Mapping[str, Any]] = []
        self.fresh: list[Any] = []
        self.still: list[Any] = []
        last, number = None, 0
        while len(self.shown) < many:
            number += 1
            last = self._go_on(last, number) or last

    def _go_on(self, last: Centers | None, number: int) -> Centers | None:
        for _ in range(self.chance.choice((0, 3, 8, 15, 25))):
            at, person = next(self.pool)
            self.people[at] = person
        for at in self.chance.sample(sorted(self.people), min(len(self.people), self.chance.choice((0, 0, 1, 3, 6, 12)))):
            del self.people[at]
        true = truth(self.people, SHORT, FEWER, self.then)
        centers = compose(true, SHORT, last, number, self.chance)
        if centers:
            self._keep(centers, true)
        return centers

    def _keep(self, centers: Centers, true: Truth) -> None:
        for own in true.changed:
            if centers["moved_at"].get(own.fact, {}).get(own.value) == centers["number"]:
                self.then[own] = {at for at, person in self.people.items() if own in groups(person, FEWER)}
        self.shown.append(figures(centers))
        self.fresh.append(fresh(centers))
        self.still.append({(own.fact, own.value) for own in true.changed if not true.moves(own)})


def over_time(seeds: Sequence[int], many: int = 20) -> tuple[int, int, list[Any]]:
    """Many releases each, all of them known together: how many figures there were, how many increments, and what was found out."""
    figures_there, increments, found_out = 0, 0, list[Any]()
    for seed in seeds:
        county = County(seed, many)
        system = attack(county.shown, SHORT, county.fresh, county.still)
        keys = cells(system)
        differences = _differences(system, keys)
        figures_there, increments = figures_there + len(keys), increments + len(differences)
        found_out += narrow(system, keys)
        found_out += [each for each in narrow(system, differences) if each[1][0] == each[1][1]]
    return figures_there, increments, found_out


def _differences(system: System, keys: Sequence[Any]) -> list[Key]:
    """How much each group and each answer of everyone grew from one release to the next, as unknown numbers of their own."""
    found: list[Key] = []
    for key in keys:
        before = (key[0] - 1, *key[1:])
        if key[1] == "" and before in system.index:
            more = ("more", key)
            system.within(more, 0, 1e6)
            system.equal.append(({system.number(more): 1.0, system.number(key): -1.0, system.number(before): 1.0}, 1000.0))  # never below 0
            found.append(more)
    return found


# --- the short form; the long one is in measure.py


def test_no_cell_of_a_release_can_be_worked_out(record_property: Callable[..., None]) -> None:
    begun = time.perf_counter()
    made, looked_at, found_out = single(range(12))
    assert not found_out
    assert made >= 8
    record_property(
        "budget", f"P2: {made} releases, {looked_at} figures, each with at least {LEAST} possible values ({time.perf_counter() - begun:.1f} s)"
    )


def test_nothing_can_be_worked_out_over_twenty_releases(record_property: Callable[..., None]) -> None:
    figures_there, increments, found_out = over_time([1])
    assert not found_out
    record_property(
        "budget", f"P3: 20 releases, {figures_there} figures each with at least {LEAST} possible values, 0 of {increments} increments known"
    )


def test_the_truth_is_within_what_the_rules_leave_open() -> None:
    """Else the attacker would be fighting a county that is not there."""
    for seed in range(40):
        centers, true = one_release(seed)
        if centers is None:
            continue
        system = attack([figures(centers)], ASKED, [fresh(centers)], rules=OURS)
        for key in cells(system):
            assert isinstance(key, tuple)
            low, high = system.bounds[system.index[key]]
            assert low <= _true_of(true, key) <= high, key


def _true_of(true: Truth, key: Any) -> int:
    _at, fact, value, question, code = key
    own = Group(fact, value)
    if not question:
        return true.people.get(own, 0)
    return true.cells.get((own, question, code), 0) if code else true.people.get(own, 0) - true.answered.get((own, question), 0)


def _usual(true: Truth) -> dict[str, Any]:
    """What is often published: how many took part as it is, and every answer by itself, up to 7 hidden, the rest to the nearest 5."""

    def shown(people: int) -> int | None:
        return None if people <= HIDDEN_TO else 5 * ((people + 2) // 5)

    def row(own: Group, each: Asked) -> dict[str, Any]:
        codes = {code: true.cells.get((own, each.name, code), 0) for code in each.codes}
        passed = {} if each.many else {"": true.people.get(own, 0) - true.answered.get((own, each.name), 0)}
        return {"cells": {code: shown(people) for code, people in (codes | passed).items()}}

    by = {fact: {own.value: people for own, people in true.people.items() if own.fact == fact} for fact in VALUES}
    rows = {each.name: {fact: {value: row(Group(fact, value), each) for value in by[fact]} for fact in ("age_band", "place")} for each in ASKED}
    questions = {each.name: {"all": row(EVERYONE, each), "by": rows[each.name] | {"speaker": {}}} for each in ASKED}
    return {"everyone": true.people[EVERYONE], "sizes": by | {"speaker": {}}, "questions": questions, "tied": {}}


def test_the_attacker_has_teeth(record_property: Callable[..., None]) -> None:
    """Against tables that hide and round each answer by itself beside true totals, the same sums find out a great deal."""
    looked_at = known = narrowed = 0
    for seed in range(4):
        true = one_release(seed)[1]
        shown = _usual(true)
        made = {(fact, value, name) for fact in VALUES for value in shown["sizes"][fact] for name in ("", *(each.name for each in ASKED))}
        made -= {each for each in made if each[0] == "way_in" and each[2]}
        system = attack([shown], ASKED, [made], rules=USUAL)
        keys = cells(system)
        ranges = system.ranges(keys)
        looked_at, known = looked_at + len(keys), known + sum(low == high for low, high in ranges.values())
        narrowed += sum(high - low + 1 < LEAST for low, high in ranges.values())
    assert narrowed > looked_at / 10
    told = f"of {looked_at} figures {narrowed} under {LEAST} possible values, {known} known exactly"
    record_property("budget", f"P2, the usual way (true totals; answers hidden to 7, rounded to 5): {told}")


def test_what_cannot_be_is_said() -> None:
    system = System()
    system.within("all", 10, 10)
    system.within("part", 11, 20)
    system.no_more("part", "all")
    with pytest.raises(Impossible):
        system.ranges(["part"])
