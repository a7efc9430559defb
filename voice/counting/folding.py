"""What one submission adds to the tallies. Plain Python."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class Sender:
    """The facts about a sender that figures use. `targeted`: of a group that was asked on purpose, which is in no figure but its own."""

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


def cells_of(answers: Mapping[str, Any], ranked: Iterable[str] = ()) -> list[Cell]:
    """What was picked. A question that was passed over has no cell; one that was answered has one with an empty code."""
    found: list[Cell] = []
    for question, given in answers.items():
        codes = given if isinstance(given, list) else [str(max(-HIGHEST, min(HIGHEST, given)))] if isinstance(given, int) else []
        if codes:
            found += [cell(question, ""), *[cell(question, code) for code in dict.fromkeys(codes)]]
            if question in ranked:
                found += [cell(question + FIRST, ""), cell(question + FIRST, codes[0])]
    return found


@lru_cache(maxsize=1 << 16)
def cell(question: str, code: str) -> Cell:
    """The same one again: making them costs more than counting them."""
    return Cell(question, code)


class Sums:
    """What many submissions add up to. Slices and cells are numbered, because adding up whole numbers is several times as fast."""

    WIDTH: Final = 1 << 24  # cells that can be told apart

    def __init__(self) -> None:
        self._slices: dict[Slice, int] = {}
        self._cells: dict[Cell, int] = {}
        self._of_sender: dict[Sender, list[int]] = {}
        self._people: Counter[tuple[int, int]] = Counter()
        self._cell_counts: Counter[int] = Counter()

    def add(self, sender: Sender, generation: int, cells: Iterable[Cell]) -> None:
        numbers = self._of_sender.get(sender)
        if numbers is None:
            numbers = self._of_sender[sender] = [self._slices.setdefault(each, len(self._slices)) for each in slices_of(sender)]
        own = [self._cells.setdefault(each, len(self._cells)) for each in cells]
        self._people.update([(number, generation) for number in numbers])
        width = self.WIDTH
        self._cell_counts.update([number * width + cell for number in numbers for cell in own])

    def add_words(self, sender: Sender, generation: int, fact: str, value: str, by: int = 1) -> None:
        """`by`: 1, or -1 where it is taken out."""
        for each in word_slices_of(sender, fact, value):
            self._people[(self._slices.setdefault(each, len(self._slices)), generation)] += by

    def add_aside(self, sender: Sender, generation: int, by: int = 1) -> None:
        """Somebody was set aside; -1 where they no longer are."""
        if not sender.targeted:
            each = Slice(sender.activity_id, ASIDE)
            self._people[(self._slices.setdefault(each, len(self._slices)), generation)] += by

    def people(self) -> dict[tuple[Slice, int], int]:
        """People by slice and generation."""
        names = list(self._slices)
        return {(names[number], generation): count for (number, generation), count in self._people.items() if count}

    def cells(self) -> dict[tuple[Slice, Cell], int]:
        slices, cells = list(self._slices), list(self._cells)
        return {(slices[key // self.WIDTH], cells[key % self.WIDTH]): count for key, count in self._cell_counts.items()}
