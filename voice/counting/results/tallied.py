"""Reading the tallies of an activity for those inside. What is read costs the same however many answered."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, and_, func, or_, select

from voice.counting.folding import FACTS, FIRST
from voice.counting.results.hiding import hidden, hidden_pairs
from voice.counting.rules import FEWEST
from voice.counting.tally_models import Tally, TallyPeople, TallySlice
from voice.storage import session

Who: TypeAlias = tuple[str | None, ...]
"""One value for each fact that people are split by; None where they are not split by it."""
SIZE: Final = ""
"""In place of a question’s name: how many people there are."""


@dataclass(frozen=True)
class Tallied:
    """An activity’s exact figures, split by at most two facts (`by`). `people`: how many, by question (`SIZE`: all of them, else those who
    answered it at all); `cells`: how many gave each answer. Nothing shows these but through `size`, `answered` and `given`."""

    by: tuple[str, ...]
    people: dict[str, dict[Who, int]] = field(default_factory=dict)
    cells: dict[tuple[str, Who], dict[str, int]] = field(default_factory=dict)
    _hidden: dict[str, frozenset[Who]] = field(default_factory=dict)

    @property
    def everyone(self) -> Who:
        return (None,) * len(self.by)

    def groups(self) -> list[Who]:
        """Everyone of whom there is anybody, shown or not."""
        return list(self.people.get(SIZE, ()))

    def values(self, at: int) -> list[str]:
        """What the fact in this place of `by` is for anybody."""
        return sorted({value for who in self.groups() if (value := who[at]) is not None})

    def size(self, who: Who) -> int | None:
        """How many people; None where they are too few to show, or where too few could be worked out from it."""
        return self._shown(SIZE, who)

    def answered(self, who: Who, question: str) -> int | None:
        """How many of them answered a question at all; None as for `size`."""
        return self._shown(question.removesuffix(FIRST), who)

    def given(self, who: Who, question: str) -> dict[str, int] | None:
        """How many of them gave each answer that anybody gave; None as for `size`."""
        return None if self.answered(who, question) is None else self.cells.get((question, who), {})

    def _shown(self, question: str, who: Who) -> int | None:
        return None if who in self._not_shown(question) else self.people.get(question, {}).get(who)

    def _not_shown(self, question: str) -> frozenset[Who]:
        if question not in self._hidden:
            self._hidden[question] = self._hide(question)
        return self._hidden[question]

    def _hide(self, question: str) -> frozenset[Who]:
        counted = self.people.get(question, {})
        people = {who: counted.get(who, 0) for who in self.groups()}
        before = self._not_shown(SIZE) if question else frozenset()
        if people.get(self.everyone, 0) < FEWEST:
            return frozenset(people)
        singles = [self._singles(people, before, at) for at in range(len(self.by))]
        gone = {self._single(value, at) for at, (_shown, closed) in enumerate(singles) for value in closed}
        if len(self.by) == 2:
            gone |= self._pairs(people, before, singles[0][0], singles[1][0])
        return frozenset(gone)

    def _single(self, value: str, at: int) -> Who:
        return tuple(value if place == at else None for place in range(len(self.by)))

    def _singles(self, people: dict[Who, int], before: frozenset[Who], at: int) -> tuple[set[str], frozenset[str]]:
        """Of the fact in this place: the values that are shown, and those that are not."""
        own = {value: people.get(self._single(value, at), 0) for value in self.values(at)}
        closed = hidden(own, {value for value in own if self._single(value, at) in before})
        return own.keys() - closed, closed

    def _pairs(self, people: dict[Who, int], before: frozenset[Who], rows: set[str], columns: set[str]) -> set[Who]:
        cells = {pair: people.get(pair, 0) for pair in product(self.values(0), self.values(1))}
        return set(hidden_pairs(cells, rows, columns, (pair for pair in cells if pair in before)))


def tallied(activity_id: uuid.UUID, by: Sequence[str] = (), questions: Collection[str] | None = None) -> Tallied:
    """The exact figures of an activity, split by nothing, one fact or two of `folding.FACTS`; of these questions alone, where they are named.

    Raises:
        ValueError: there are no tallies by these facts.
    """
    return tallied_each([activity_id], by, questions)[activity_id]


def tallied_each(activity_ids: Collection[uuid.UUID], by: Sequence[str] = (), questions: Collection[str] | None = None) -> dict[uuid.UUID, Tallied]:
    """Of several activities, in two queries."""
    if len(by) > 2 or len(set(by)) != len(by) or not set(by) <= set(FACTS):
        raise ValueError("Nobody is counted by this.")
    found = {each: Tallied(tuple(by)) for each in activity_ids}
    wanted = and_(TallySlice.activity_id.in_(activity_ids), or_(*_slices(by)))
    own = (TallySlice.activity_id, TallySlice.fact, TallySlice.value, TallySlice.other_fact, TallySlice.other_value)
    people = select(*own, func.sum(TallyPeople.people)).join(TallyPeople, TallyPeople.slice_id == TallySlice.id).where(wanted).group_by(*own)
    for activity_id, *names, count in session().execute(people):
        found[activity_id].people.setdefault(SIZE, {})[_who(by, names)] = int(count)
    if questions is not None and not questions:
        return found
    cells = select(*own, Tally.question, Tally.code, Tally.people).join(Tally, Tally.slice_id == TallySlice.id).where(wanted)
    if questions is not None:
        cells = cells.where(Tally.question.in_([each for name in questions for each in (name, name + FIRST)]))
    for activity_id, *names, question, code, count in session().execute(cells):
        who = _who(by, names)
        if code:
            found[activity_id].cells.setdefault((question, who), {})[code] = count
        else:
            found[activity_id].people.setdefault(question, {})[who] = count
    return found


def tied(activity_id: uuid.UUID, by: str = "") -> dict[tuple[str, str, str], int]:
    """How many people’s words are tied to each priority and theme: (fact, value, whom) -> people; whom is empty for everyone where `by` is, else
    a value of it (of `folding.WORD_FACTS`). Exact: shown beside the sizes of `Tallied` alone."""
    row = TallySlice
    kinds = ("priority", "theme")
    if by:
        columns, wanted = (row.other_fact, row.other_value, row.value), and_(row.fact == by, row.other_fact.in_(kinds))
    else:
        columns, wanted = (row.fact, row.value, row.other_value), and_(row.fact.in_(kinds), row.other_fact == "")
    summed = select(*columns, func.sum(TallyPeople.people)).join(TallyPeople, TallyPeople.slice_id == row.id)
    found = session().execute(summed.where(row.activity_id == activity_id, wanted).group_by(*columns))
    return {(fact, value, whom): int(count) for fact, value, whom, count in found}


def _slices(by: Sequence[str]) -> list[ColumnElement[bool]]:
    """Everyone, the values of each fact, and those of both."""
    single = TallySlice.other_fact == ""
    found = [and_(TallySlice.fact == fact, single) for fact in ("", *by)]
    if len(by) == 2:
        one, other = sorted(by, key=FACTS.index)
        found.append(and_(TallySlice.fact == one, TallySlice.other_fact == other))
    return found


def _who(by: Sequence[str], own: Sequence[str]) -> Who:
    fact, value, other_fact, other_value = own
    said = {fact: value, other_fact: other_value}
    return tuple(said.get(each) for each in by)
