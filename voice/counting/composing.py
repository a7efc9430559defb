"""Composing a release: which groups move, and figures for them that add up. Plain Python; `rounding` does the sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random, SystemRandom
from typing import Any, Final, NamedTuple

from voice.counting.rounding import GROUP_FROM, GROUP_HIDDEN_TO, STEP, Grid, Range, add_up, answers, between, group, loose, near
from voice.counting.rules import FEWEST, MOVES_BY

FILTERS: Final = ("age_band", "place", "speaker")
"""What a public table may be cut by: one at a time, beside the question. Nobody can ask for anything else."""
REACHED: Final = ("way_in", "language")
"""Facts of which it is said how many they are, and no more."""
TIED: Final = ("priority", "theme")
OWN: Final = ("group",)
"""Groups of schools and settings: how many of one came is said to its school alone, and only as a release was made."""
PASSED: Final = ""
"""The code of not answering a question."""
LARGEST_UNSEEN: Final = 2 * STEP

Centers = dict[str, Any]
"""A release as it is kept: {number, everyone, sizes: {fact: {value: people}}, questions: {name: {all, by}}, tied, own: {fact: {value: people}},
moved_at: {fact: {value: number}}}; `by`: {fact: {value: {of: people, cells: {code: people}, at: number}}}. People in multiples of 5 throughout,
those that are not shown too; `at` and `moved_at`: the release in which figures were made."""


class Group(NamedTuple):
    """Some people of an activity; without a fact, everyone."""

    fact: str = ""
    value: str = ""


EVERYONE: Final = Group()


class Asked(NamedTuple):
    """A question that is counted. `many`: more than one answer fits."""

    name: str
    many: bool
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """What the tallies hold, exact. `changed`: how many came to a group or left it since its figures last moved."""

    people: Mapping[Group, int]
    changed: Mapping[Group, int]
    answered: Mapping[tuple[Group, str], int] = field(default_factory=dict)
    cells: Mapping[tuple[Group, str, str], int] = field(default_factory=dict)

    def moves(self, group: Group) -> bool:
        return self.changed.get(group, 0) >= MOVES_BY

    def values(self, fact: str) -> set[str]:
        return {each.value for each in self.people if each.fact == fact}


def compose(truth: Truth, asked: Sequence[Asked], last: Centers | None, number: int, lot: Random | None = None) -> Centers | None:
    """The next release after `last`; None where too few changed, or are, for there to be one.

    `lot` draws to which of the two multiples of 5 beside it the number of all people goes; all else has to add up to that.
    """
    if not truth.moves(EVERYONE) or truth.people.get(EVERYONE, 0) <= GROUP_HIDDEN_TO:
        return None
    return _Composing(truth, last or {}, number, drawn(truth.people[EVERYONE], lot or SystemRandom())).whole(asked)


def drawn(people: int, lot: Random) -> int:
    """One of the multiples of 5 beside it, the nearer one the likelier: so that nobody knows which way it went."""
    down, rest = people - people % STEP, people % STEP
    return max(GROUP_FROM, down + STEP if lot.randrange(STEP) < rest else down)


class _Composing:
    """`last` as it was, and what is found of the new one: `now` holds how large each group is taken to be at this moment. Of a group whose figures
    stay, that may be 5 more or less than what is shown: five people came or went, which is fewer than ten, and its table stays as it is."""

    def __init__(self, truth: Truth, last: Mapping[str, Any], number: int, everyone: int) -> None:
        self.truth, self.last, self.number, self.everyone = truth, last, number, everyone
        self.moved_at: dict[str, dict[str, int]] = {fact: dict(values) for fact, values in last.get("moved_at", {}).items()}
        self.now: dict[str, dict[str, int] | None] = {}

    def whole(self, asked: Sequence[Asked]) -> Centers:
        self.moved_at[""] = {"": self.number}
        sizes = {fact: self._sizes(fact) for fact in (*FILTERS, *REACHED)}
        tied, own = ({fact: self._alone(fact, part) for fact in facts} for part, facts in (("tied", TIED), ("own", OWN)))
        questions = {each.name: self._question(each, sizes) for each in asked}
        found = {"number": self.number, "everyone": self.everyone, "sizes": sizes, "questions": questions, "tied": tied, "own": own}
        return found | {"moved_at": self.moved_at}

    def _sizes(self, fact: str) -> dict[str, int]:
        """How large each group is shown to be. Where no such figures are to be had, all of them stay as they were."""
        before: dict[str, int] = self.last.get("sizes", {}).get(fact, {})
        values = sorted({*before, *self.truth.values(fact)})
        self.now[fact] = found = add_up({value: self._size(Group(fact, value), before.get(value, 0)) for value in values}, self.everyone)
        if found is None:
            return before
        moved = [value for value in values if self.truth.moves(Group(fact, value))]
        self.moved_at.setdefault(fact, {}).update(dict.fromkeys(moved, self.number))
        return found | {value: before[value] for value in before if value not in moved and before[value] >= GROUP_FROM}

    def _size(self, each: Group, before: int) -> Range:
        people = self.truth.people.get(each, 0)
        if self.truth.moves(each):
            own = group(people)
            return own if people > GROUP_HIDDEN_TO else Range(people, own.lowest, own.highest, loose=True)
        return near(people, before) if before >= GROUP_FROM else loose(people, LARGEST_UNSEEN)

    def _alone(self, fact: str, part: str) -> dict[str, int]:
        """Where nothing adds up: priorities and themes, as one person may be in many; groups of schools, as most people are in none."""
        before: dict[str, int] = self.last.get(part, {}).get(fact, {})
        moved = [value for value in sorted({*before, *self.truth.values(fact)}) if self.truth.moves(Group(fact, value))]
        self.moved_at.setdefault(fact, {}).update(dict.fromkeys(moved, self.number))
        people = {value: self.truth.people.get(Group(fact, value), 0) for value in moved}
        return before | {value: min(self.everyone, STEP * group(count).nearest) for value, count in people.items()}

    def _question(self, asked: Asked, sizes: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
        whole = self._all(asked)
        by = {}
        for fact in FILTERS:
            before = self._before(asked, fact)
            rows = None if whole is None else self._rows(asked, fact, sizes[fact], whole)
            by[fact] = before if rows is None else rows
        return {"all": whole, "by": by}

    def _before(self, asked: Asked, fact: str) -> dict[str, Any]:
        found: dict[str, Any] = self.last.get("questions", {}).get(asked.name, {}).get("by", {}).get(fact, {})
        return found

    def _all(self, asked: Asked) -> dict[str, int] | None:
        """Of everyone; None where too few answered."""
        if self.truth.answered.get((EVERYONE, asked.name), 0) < FEWEST:
            return None
        true = self._true(asked, EVERYONE)
        if asked.many:
            return {code: STEP * answers(people, self.everyone).nearest for code, people in true.items()}
        return add_up({code: answers(people) for code, people in true.items()}, self.everyone)

    def _true(self, asked: Asked, each: Group) -> dict[str, int]:
        picked = {code: self.truth.cells.get((each, asked.name, code), 0) for code in asked.codes}
        passed = self.truth.people.get(each, 0) - self.truth.answered.get((each, asked.name), 0)
        return picked if asked.many else picked | {PASSED: passed}

    def _rows(self, asked: Asked, fact: str, sizes: Mapping[str, int], whole: Mapping[str, int]) -> dict[str, Any] | None:
        """Each group’s answers, adding up to everyone’s; None where no such table is to be had, and the one before stays."""
        now, before = self.now[fact], self._before(asked, fact)
        if now is None:
            return None
        own = {value: self._row(asked, Group(fact, value), sizes[value], now[value], before.get(value)) for value in now}
        cells: dict[tuple[str, str], Range] = {}
        for value, row in own.items():
            open_row = {code: loose(people, now[value]) for code, people in self._true(asked, Group(fact, value)).items()}
            cells |= {(value, code): each for code, each in (row or open_row).items()}
        found = self._columns(cells, whole) if asked.many else Grid(cells, now, whole).solve()
        if found is None:
            return None
        kept = {value: row for value, row in before.items() if not self.truth.moves(Group(fact, value))}
        new = [value for value, row in own.items() if row is not None and self.truth.moves(Group(fact, value))]
        return kept | {value: self._made(sizes[value], {code: found[(value, code)] for code in whole}) for value in new}

    def _made(self, size: int, cells: Mapping[str, int]) -> dict[str, Any]:
        return {"of": size, "cells": cells, "at": self.number}

    def _row(self, asked: Asked, each: Group, size: int, now: int, before: Mapping[str, Any] | None) -> dict[str, Range] | None:
        """What the answers of a group may be at this moment; None where nothing of them binds: they are not shown, or were long ago."""
        true = self._true(asked, each)
        if not self.truth.moves(each):
            last_moved = self.moved_at.get(each.fact, {}).get(each.value)
            bound = before is not None and before["at"] == last_moved and size >= GROUP_FROM
            return {code: between(true[code], before["cells"].get(code, 0), now - size) for code in true} if before and bound else None
        if size < GROUP_FROM or self.truth.answered.get((each, asked.name), 0) < FEWEST:
            return None
        return {code: answers(people, size) for code, people in true.items()}

    @staticmethod
    def _columns(cells: Mapping[tuple[str, str], Range], whole: Mapping[str, int]) -> dict[tuple[str, str], int] | None:
        """Where many answers fit, only each answer adds up, over the groups."""
        found: dict[tuple[str, str], int] = {}
        for code, total in whole.items():
            column = add_up({key: each for key, each in cells.items() if key[1] == code}, total)
            if column is None:
                return None
            found |= column
        return found
