"""What one submission adds to the tallies. Plain Python."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, Final, NamedTuple

FACTS: Final = ("age_band", "place", "speaker", "way_in", "language")
"""Facts that are counted alone and two by two. A group is counted alone."""
WORD_FACTS: Final = ("age_band", "place", "speaker")
"""Facts that are counted beside what words were tied to."""
HEARD: Final = "heard"
"""How far somebody’s words came: `words` (there are any), `read`, `priority`, `theme`, `answered`, `withheld:REASON`. Counted beside every fact."""
ASIDE: Final = "aside"
"""Those who are set aside: in no other slice, and here alone."""
FIRST: Final = "#1"
"""After a question’s name: what was put first, where choices were put in order."""
HIGHEST: Final = 100  # of typed numbers; what is beyond is counted as this


class Slice(NamedTuple):
    """Some people of an activity. Empty facts: everyone."""

    activity_id: uuid.UUID
    fact: str = ""
    value: str = ""
    other_fact: str = ""
    other_value: str = ""


class Cell(NamedTuple):
    question: str
    code: str  # empty: answered at all


@dataclass(frozen=True, slots=True, eq=False)
class Sender:
    """The facts about a sender that figures use. `targeted`: of a group that was asked on purpose, which is in no figure but its own.

    One serves for everybody of whom all of it is the same: two are told apart by which they are, as hashing what they hold costs more than counting.
    """

    activity_id: uuid.UUID
    facts: tuple[str, ...]  # in the order of FACTS; empty where not said
    group_id: uuid.UUID | None
    targeted: bool


def slices_of(sender: Sender) -> list[Slice]:
    """Every slice this sender is in: at most 17."""
    activity, own = sender.activity_id, list(zip(FACTS, sender.facts, strict=True))
    group = [Slice(activity, "group", str(sender.group_id))] if sender.group_id else []
    if sender.targeted:
        return group
    singles = [Slice(activity, *each) for each in own]
    pairs = [Slice(activity, *one, *other) for one, other in combinations(own, 2)]
    return [Slice(activity), *singles, *pairs, *group]


def word_slices_of(sender: Sender, fact: str, value: str) -> list[Slice]:
    """The slices of a sender whose words were tied to this priority or theme."""
    if sender.targeted:
        return []
    own, beside = dict(zip(FACTS, sender.facts, strict=True)), FACTS if fact == HEARD else WORD_FACTS
    return [Slice(sender.activity_id, fact, value), *(Slice(sender.activity_id, each, own[each], fact, value) for each in beside)]


def cells_of(answers: Mapping[str, Any], ranked: Collection[str] = ()) -> list[Cell]:
    """What was picked. A question that was passed over has no cell; one that was answered has one with an empty code."""
    found: list[Cell] = []
    for question, given in answers.items():
        if isinstance(given, list):
            found += picked(question, tuple(given), question in ranked)
        elif isinstance(given, int):
            found += picked(question, (str(max(-HIGHEST, min(HIGHEST, given))),), question in ranked)
    return found


@lru_cache(maxsize=1 << 16)
def picked(question: str, codes: tuple[str, ...], in_order: bool) -> tuple[Cell, ...]:
    """The cells of one answer; the same ones again, because making them costs more than counting them."""
    if not codes:
        return ()
    first = (Cell(question + FIRST, ""), Cell(question + FIRST, codes[0])) if in_order else ()
    return (Cell(question, ""), *(Cell(question, code) for code in dict.fromkeys(codes)), *first)


class _Alike:
    """Everybody with the same facts: which slices they are in, how many by generation, and what they picked that is in no sum yet."""

    __slots__ = ("cells", "people", "slices")

    def __init__(self, slices: list[int]) -> None:
        self.slices = slices
        self.people: Counter[int] = Counter()
        self.cells: list[int] = []


class Sums:
    """What many submissions add up to. Slices and cells are numbered, and whoever is alike is added up first, because that is ten times as fast."""

    MOST_HELD: Final = 1 << 14  # cells of people who are alike, until they are added up

    def __init__(self) -> None:
        self.slices: dict[Slice, int] = {}
        self._cells: dict[Cell, int] = {}
        self._alike: dict[Sender, _Alike] = {}
        self._words: Counter[tuple[int, int]] = Counter()
        self._counts: dict[int, Counter[int]] = {}

    def add(self, sender: Sender, generation: int, cells: Iterable[Cell]) -> None:
        alike = self._alike.get(sender)
        if alike is None:
            alike = self._alike[sender] = _Alike([self._number(each) for each in slices_of(sender)])
        alike.people[generation] += 1
        known = self._cells
        alike.cells += [known.setdefault(each, len(known)) for each in cells]
        if len(alike.cells) > self.MOST_HELD:
            self._add_up(alike)

    def add_words(self, sender: Sender, generation: int, fact: str, value: str, by: int = 1) -> None:
        """`by`: 1, or -1 where it is taken out."""
        for each in word_slices_of(sender, fact, value):
            self._words[(self._number(each), generation)] += by

    def people_rows(self) -> Iterator[tuple[int, int, int]]:
        """The number of a slice, a generation, how many people."""
        found = self._words.copy()
        for alike in self._alike.values():
            for generation, count in alike.people.items():
                found.update(dict.fromkeys([(number, generation) for number in alike.slices], count))
        return ((number, generation, count) for (number, generation), count in found.items() if count)

    def cell_rows(self) -> Iterator[tuple[int, Cell, int]]:
        """The number of a slice, what was picked, by how many people."""
        for alike in self._alike.values():
            self._add_up(alike)
        names = list(self._cells)
        return ((number, names[cell], count) for number, counts in self._counts.items() for cell, count in counts.items())

    def add_aside(self, sender: Sender, generation: int, by: int = 1) -> None:
        """Somebody was set aside; -1 where they no longer are."""
        if not sender.targeted:
            self._words[(self._number(Slice(sender.activity_id, ASIDE)), generation)] += by

    def people(self) -> dict[tuple[Slice, int], int]:
        """People by slice and generation."""
        names = list(self.slices)
        return {(names[number], generation): count for number, generation, count in self.people_rows()}

    def cells(self) -> dict[tuple[Slice, Cell], int]:
        names = list(self.slices)
        return {(names[number], cell): count for number, cell, count in self.cell_rows()}

    def _number(self, each: Slice) -> int:
        return self.slices.setdefault(each, len(self.slices))

    def _add_up(self, alike: _Alike) -> None:
        for number in alike.slices:
            self._counts.setdefault(number, Counter()).update(alike.cells)
        alike.cells = []
