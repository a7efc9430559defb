"""All pairs: few rows, in which each value of each factor meets each value of every other. The same rows each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product
from typing import TypeAlias

Row: TypeAlias = dict[str, str]
Pair: TypeAlias = frozenset[tuple[str, str]]


def pairs_of(row: Row) -> set[Pair]:
    return {frozenset(pair) for pair in combinations(row.items(), 2)}


def all_pairs(factors: Mapping[str, Sequence[str]], can_be: Callable[[Row], bool] = lambda row: True) -> list[Row]:
    """Rows that together hold every pair that some row can hold.

    Greedy: of all rows there can be, always the one that brings most pairs not met yet (the first of them, where several do).
    """
    whole = [row for values in product(*factors.values()) if can_be(row := dict(zip(factors, values, strict=True)))]
    of = {index: pairs_of(row) for index, row in enumerate(whole)}
    missing: set[Pair] = set().union(*of.values()) if of else set()
    rows: list[Row] = []
    while missing:
        best = max(of, key=lambda index: (len(of[index] & missing), -index))
        missing -= of[best]
        rows.append(whole[best])
    return rows
