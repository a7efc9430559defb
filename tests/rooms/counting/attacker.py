"""Somebody who wants to know what one child said, has every figure that was ever published, knows all the rules, and can do sums.

Every published figure becomes an unknown whole number within what the rules leave open, and everything that must be so becomes an equation:
groups add up to everyone, answers add up to groups, over all tables of a release; a group whose figures did not move had fewer than ten
people come or go. Linear programming (HiGHS) then finds the smallest and the largest that each number can be. The attacker is told more than
anybody could know: which groups moved, and that no group and no answer is missing from the tables.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from voice.counting.composing import FILTERS, Asked
from voice.counting.showing import SMALL

Key = Hashable
MANY = 1e6
TIED_TO = (("priority", "one"), ("priority", "two"), ("theme", "bus"), ("theme", "park"))


@dataclass(frozen=True)
class Box:
    """What the rules leave open for a figure: `shown(figure)` and, where none is shown, `hidden`."""

    shown: Callable[[int], tuple[int, int]]
    hidden: tuple[int, int]


@dataclass(frozen=True)
class Rules:
    everyone: Box
    group: Box
    answer: Box
    tied: Box  # of a priority or a theme: always the nearest multiple of 5, as nothing has to add up


OURS = Rules(
    everyone=Box(lambda figure: (max(13, figure - 4), figure + 4), (0, 12)),
    group=Box(lambda figure: (max(13, figure - 5), figure + 5), (0, 24)),
    answer=Box(lambda figure: (max(8, figure - 5), figure + 5), (0, 10)),
    tied=Box(lambda figure: (max(13, figure - 2), figure + 2), (0, 12)),
)
EXACT = Box(lambda figure: (figure, figure), (0, 0))
USUAL = Rules(EXACT, EXACT, Box(lambda figure: (max(8, figure - 2), figure + 2), (0, 7)), EXACT)
"""How many took part as it is, and each answer by itself: up to 7 hidden, the rest to the nearest 5. What is often done, to see what this attacker
makes of it."""


@dataclass
class System:
    """Unknown numbers with bounds, and what must hold between them."""

    index: dict[Key, int] = field(default_factory=dict)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def number(self, key: Key) -> int:
        if key not in self.index:
            self.index[key] = len(self.bounds)
            self.bounds.append((0, MANY))
        return self.index[key]

    def within(self, key: Key, low: float, high: float) -> None:
        at = self.number(key)
        self.bounds[at] = (max(self.bounds[at][0], low), min(self.bounds[at][1], high))

    def adds_up(self, parts: Collection[Key], total: Key) -> None:
        row = {self.number(each): 1.0 for each in parts}
        self.equal.append((row | {self.number(total): -1.0}, 0.0))

    def no_more(self, one: Key, other: Key, by: float = 0.0) -> None:
        """One is at most the other and so many."""
        self.at_most.append(({self.number(one): 1.0, self.number(other): -1.0}, by))

    def ranges(self, keys: Sequence[Key]) -> dict[Key, tuple[int, int]]:
        """The smallest and the largest each can be. Points that were found on the way serve for all others too."""
        solve, ends = self._solver(), {key: [MANY, -MANY] for key in keys}
        chance = np.random.default_rng(1)
        for objective in self._objectives(keys, chance):
            self._widen(ends, solve(objective))
        for key in keys:
            for way in (1.0, -1.0):
                if ends[key][1] - ends[key][0] < 4:
                    objective = np.zeros(len(self.bounds))
                    objective[self.index[key]] = way
                    self._widen(ends, solve(objective))
        return {key: (int(np.ceil(low - 1e-6)), int(np.floor(high + 1e-6))) for key, (low, high) in ends.items()}

    def _objectives(self, keys: Sequence[Key], chance: np.random.Generator) -> Iterator[np.ndarray]:
        at = [self.index[key] for key in keys]
        for turn in range(5):
            objective = np.zeros(len(self.bounds))
            objective[at] = (1, -1)[turn] if turn < 2 else chance.choice([-1.0, 1.0], len(at))
            yield objective

    def _widen(self, ends: Mapping[Key, list[float]], point: np.ndarray) -> None:
        for key, each in ends.items():
            value = point[self.index[key]]
            each[0], each[1] = min(each[0], value), max(each[1], value)

    def _solver(self) -> Callable[[np.ndarray], np.ndarray]:
        equal, at_most = self._matrix(self.equal), self._matrix(self.at_most)

        def solve(objective: np.ndarray) -> np.ndarray:
            found = linprog(objective, A_ub=at_most[0], b_ub=at_most[1], A_eq=equal[0], b_eq=equal[1], bounds=self.bounds, method="highs")
            if found.status != 0:
                raise Impossible(found.message)
            point: np.ndarray = found.x
            return point

        return solve

    def _matrix(self, rows: Sequence[tuple[Mapping[int, float], float]]) -> tuple[Any, Any]:
        if not rows:
            return None, None
        places = [(number, at, value) for number, (row, _right) in enumerate(rows) for at, value in row.items()]
        numbers, ats, values = zip(*places, strict=True)
        return csr_matrix((values, (numbers, ats)), shape=(len(rows), len(self.bounds))), np.array([right for _row, right in rows])


class Impossible(Exception):
    """What was published cannot be true of any county: the attacker believes something that is not so."""


Fresh = Collection[tuple[str, str, str]]
"""Of one release, the (fact, value, question) whose figures were made then; an empty question is the size of the group."""


def fresh(centers: Mapping[str, Any]) -> Fresh:
    """What the attacker is told besides: in which release each figure was made."""
    number, found = centers["number"], set[tuple[str, str, str]]()
    for fact, values in centers["moved_at"].items():
        found |= {(fact, value, "") for value, at in values.items() if at == number}
    for name, question in centers["questions"].items():
        for fact, rows in question["by"].items():
            found |= {(fact, value, name) for value, row in rows.items() if row["at"] == number}
    return found


def attack(
    releases: Sequence[Mapping[str, Any]], asked: Sequence[Asked], fresh: Sequence[Fresh], still: Sequence[Collection[Any]] = (), rules: Rules = OURS
) -> System:
    """Everything that can be known from these releases (as `showing.figures` gives them). `still`: of each, the (fact, value) of groups in which
    nine people at most had changed."""
    system = System()
    for at, figures in enumerate(releases):
        _release(system, at, figures, asked, rules, fresh[at])
        _tables(system, at, figures, asked)
    if still:
        _over_time(system, releases, asked, fresh, still)
    return system


def cells(system: System) -> list[Key]:
    """The numbers that figures were made of, shown or hidden; each at the moment it is of."""
    return [key for key in system.index if system.bounds[system.index[key]][1] < MANY]


def _bound(system: System, key: Key, figure: int | None, box: Box) -> None:
    system.within(key, *(box.hidden if figure is None else box.shown(figure)))


def _release(system: System, at: int, figures: Mapping[str, Any], asked: Sequence[Asked], rules: Rules, fresh: Fresh) -> None:
    """Bounds of every figure that was made now; the others are of an earlier moment, and known already."""
    _bound(system, (at, "", "", "", ""), figures["everyone"], rules.everyone)
    for question in asked:
        for code, figure in _cells(figures["questions"][question.name]["all"]):
            _bound(system, (at, "", "", question.name, code), figure, rules.answer)
    for fact, value, name in sorted(fresh):
        if fact in figures["tied"]:
            _bound_tied(system, (at, fact, value, "", ""), figures["tied"][fact][value], figures["everyone"], rules)
        if fact not in figures["sizes"]:
            continue
        if not name:
            _bound(system, (at, fact, value, "", ""), figures["sizes"][fact][value], rules.group)
        for code, figure in _cells(figures["questions"][name]["by"][fact][value]) if name else ():
            _bound(system, (at, fact, value, name, code), figure, rules.answer)


def _bound_tied(system: System, key: Key, figure: int | None, everyone: int, rules: Rules) -> None:
    """No more than everyone, whatever everyone was rounded to: only there may it be further from the truth than 2."""
    _bound(
        system, key, figure, rules.tied if figure != everyone and everyone > SMALL else Box(lambda shown: (max(13, shown - 2), shown + 9), (0, 24))
    )


def _cells(row: Mapping[str, Any] | None) -> Iterator[tuple[str, int | None]]:
    yield from (row["cells"].items() if row else ())


def _tables(system: System, at: int, figures: Mapping[str, Any], asked: Sequence[Asked]) -> None:
    """What adds up at this moment, whether it is shown or not."""
    for fact, values in figures["sizes"].items():
        if values:
            system.adds_up([(at, fact, value, "", "") for value in values], (at, "", "", "", ""))
    for fact, values in figures["tied"].items():
        for value in values:
            system.no_more((at, fact, value, "", ""), (at, "", "", "", ""))
    for question in asked:
        codes = [*question.codes, *([] if question.many else [""])]
        _answers(system, at, "", "", question, codes)
        for fact in FILTERS:
            for value in figures["sizes"][fact]:
                _answers(system, at, fact, value, question, codes)
            for code in codes if figures["sizes"][fact] else ():
                parts = [(at, fact, value, question.name, code) for value in figures["sizes"][fact]]
                system.adds_up(parts, (at, "", "", question.name, code))


def _answers(system: System, at: int, fact: str, value: str, question: Asked, codes: Collection[str]) -> None:
    size, own = (at, fact, value, "", ""), [(at, fact, value, question.name, code) for code in codes]
    if question.many:
        for each in own:
            system.no_more(each, size)
    else:
        system.adds_up(own, size)


def _over_time(system: System, releases: Sequence[Mapping[str, Any]], asked: Sequence[Asked], fresh: Sequence[Fresh], still: Sequence[Any]) -> None:
    """A group whose figures stayed had nine people come or go at most since they were made."""
    since: dict[tuple[str, str], int] = {}
    for at, figures in enumerate(releases):
        for fact, values in (*figures["sizes"].items(), *figures["tied"].items()):
            for value in values:
                if (fact, value, "") in fresh[at]:
                    since[(fact, value)] = at
                elif (fact, value) in since and (fact, value) in still[at]:
                    _near(system, since[(fact, value)], at, (fact, value), asked)


def _near(system: System, then: int, at: int, group: tuple[str, str], asked: Sequence[Asked]) -> None:
    for question, code in (("", ""), *((each.name, code) for each in asked for code in (*each.codes, ""))):
        one, other = (then, *group, question, code), (at, *group, question, code)
        if one in system.index and other in system.index:
            system.no_more(one, other, 9)
            system.no_more(other, one, 9)


def invented(chance: random.Random, people: int, asked: Sequence[Asked], values: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Invented people, some kinds of them rare; what they said is tied to none, one or more of `TIED_TO`."""
    weights = {fact: [chance.random() ** 2 + 0.02 for _ in own] for fact, own in values.items()}
    liking = {each.name: [chance.random() ** 2 + 0.02 for _ in each.codes] for each in asked}
    wanted = {each: chance.random() ** 2 for each in TIED_TO}
    found = [_person(chance, asked, values, weights, liking) for _ in range(people)]
    return [each | {"tied": [one for one, like in wanted.items() if chance.random() < like]} for each in found]


def _person(chance: random.Random, asked: Sequence[Asked], values: Any, weights: Any, liking: Any) -> dict[str, Any]:
    person: dict[str, Any] = {fact: chance.choices(own, weights[fact])[0] for fact, own in values.items()}
    for each in asked:
        picked = [code for code, like in zip(each.codes, liking[each.name], strict=True) if chance.random() < like]
        person[each.name] = picked if each.many else chance.choices(each.codes, liking[each.name])[:1] if chance.random() < 0.9 else []
    return person
