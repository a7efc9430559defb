"""Facts about senders in a file of one row each: which are left out, so that nobody stands out by them. Plain Python.

Local suppression to k-anonymity: a row keeps as many of its facts as it can while at least `fewest` rows of the file share all that is left,
“too few” counting as a fact like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final, TypeAlias

Facts: TypeAlias = tuple[str, ...]
"""What one row says of its sender, in the order of the file’s columns; empty where it was not said."""

TOO_FEW: Final = "too_few"


def blanked(rows: Mapping[Facts, int], fewest: int, worth: Sequence[int]) -> dict[Facts, Facts]:
    """What stands in the file for each combination of facts, of which there are so many rows.

    `worth` says of each fact how dear it is: of two ways to make rows alike the cheaper is taken. What at least `fewest` rows share stays as
    it is, but for the smallest such combination, which is left out where the rows that nothing else could hide need company.

    Raises:
        ValueError: fewer rows than `fewest` in all.
    """
    if sum(rows.values()) < fewest:
        raise ValueError("Too few rows for any file.")
    standing: dict[Facts, Facts] = {}
    left = dict(rows)
    for hidden in _ways(_telling(rows), worth):
        sums: Counter[Facts] = Counter()
        for facts, count in left.items():
            sums[_without(facts, hidden)] += count
        settled = {facts: short for facts in left if sums[short := _without(facts, hidden)] >= fewest}
        standing.update(settled)
        left = {facts: count for facts, count in left.items() if facts not in settled}
        if not left:
            return standing
    return _with_company(standing, left, rows)


def _telling(rows: Mapping[Facts, int]) -> list[int]:
    """Which facts tell rows apart at all."""
    values = [set(column) for column in zip(*rows, strict=True)]
    return [number for number, each in enumerate(values) if len(each) > 1]


def _ways(telling: Sequence[int], worth: Sequence[int]) -> list[tuple[int, ...]]:
    """Everything that may be left out together, the cheapest first: nothing, one fact, ..., all that tell rows apart."""
    ways = [each for size in range(len(telling) + 1) for each in combinations(telling, size)]
    return sorted(ways, key=lambda each: (sum(worth[number] for number in each), len(each), each))


def _without(facts: Facts, hidden: Sequence[int]) -> Facts:
    if not hidden:
        return facts
    return tuple(TOO_FEW if number in hidden else value for number, value in enumerate(facts))


def _with_company(standing: dict[Facts, Facts], left: Mapping[Facts, int], rows: Mapping[Facts, int]) -> dict[Facts, Facts]:
    """The last few lose every fact that tells; the smallest combination that stands loses them as well, so that they are enough together."""
    sizes: Counter[Facts] = Counter()
    for facts, short in standing.items():
        sizes[short] += rows[facts]
    given_up = min(sizes, key=lambda each: (sizes[each], each))
    hidden = _telling(rows)
    lost = {facts: _without(facts, hidden) for facts, short in standing.items() if short == given_up}
    return standing | lost | {facts: _without(facts, hidden) for facts in left}
