"""Which answer from the start and which from the end are one person’s, by keyed marks of their codes. Plain Python.

Each answer is looked up in tables of marks, so the work grows with the number of answers and not with its square.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

EXACT, SLIP, JOINED = "exact", "slip", "joined"


class Marks(Protocol):
    """What is kept of a code: a mark of the whole (None where a part was passed over), and one of each code with a part left out."""

    @property
    def whole(self) -> str | None: ...
    @property
    def near(self) -> tuple[str, ...]: ...


Side: TypeAlias = Mapping[uuid.UUID, Marks]
"""All answers of one moment by submission."""


class Pair(NamedTuple):
    """Two submissions of one person. `how`: their codes were the same, or one part of them was not."""

    before: uuid.UUID
    after: uuid.UUID
    how: str


def match(before: Side, after: Side) -> list[Pair]:
    """The same code first, then codes of which one part differs or is missing.

    Two belong together only where neither could belong to anybody else: when two people have one code, or a slip could be either’s, nobody
    is matched. Answers of one moment are never matched with one another.
    """
    exact = [Pair(*each, EXACT) for each in _mutual(_wholes(before), _wholes(after))]
    left_before, left_after = _left(before, after, exact)
    return exact + [Pair(*each, SLIP) for each in _mutual(_nears(left_before), _nears(left_after))]


def match_waves(waves: Sequence[tuple[Side, Side]]) -> list[Pair]:
    """As `match`, where the same questions are asked again and again; `waves` from the oldest on.

    Both times within one wave come first. Who is left over from an earlier one may have answered at the end in a later one.
    """
    found: list[Pair] = []
    waiting: Side = {}
    for before, after in waves:
        here = match(before, after)
        rest_before, rest_after = _left(before, after, here)
        late = match(waiting, rest_after)
        found += here + late
        waiting = {**_left(waiting, {}, late)[0], **rest_before}
    return found


def _left(before: Side, after: Side, pairs: Iterable[Pair]) -> tuple[Side, Side]:
    pairs = list(pairs)
    gone_before, gone_after = {each.before for each in pairs}, {each.after for each in pairs}
    return {id_: each for id_, each in before.items() if id_ not in gone_before}, {id_: each for id_, each in after.items() if id_ not in gone_after}


def _wholes(side: Side) -> Mapping[str, Sequence[uuid.UUID]]:
    return _by_mark((each.whole, id_) for id_, each in side.items() if each.whole)


def _nears(side: Side) -> Mapping[str, Sequence[uuid.UUID]]:
    return _by_mark((mark, id_) for id_, each in side.items() for mark in each.near)


def _by_mark(marked: Iterable[tuple[str, uuid.UUID]]) -> Mapping[str, Sequence[uuid.UUID]]:
    table: dict[str, list[uuid.UUID]] = defaultdict(list)
    for mark, id_ in marked:
        table[mark].append(id_)
    return table


def _mutual(before: Mapping[str, Sequence[uuid.UUID]], after: Mapping[str, Sequence[uuid.UUID]]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Those who could be each other, and nobody else."""
    could_be: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for mark in before.keys() & after.keys():
        # Two are as good as a thousand: whoever could be two people is not matched.
        for one, others in ((before[mark], after[mark][:2]), (after[mark], before[mark][:2])):
            for each in one:
                could_be[each].update(others)
    sure = {id_: next(iter(others)) for id_, others in could_be.items() if len(others) == 1}
    firsts = {id_ for ids in before.values() for id_ in ids}
    return [(one, other) for one, other in sure.items() if one in firsts and sure.get(other) == one]
