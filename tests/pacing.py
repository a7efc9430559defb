"""How a full run keeps its pace: what takes long begins first, so that no core is left waiting at the end for one module; what shares nothing is
handed out test by test; and what took longest is told. See docs/tests.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import pytest

LONG: Final = (
    "tests/journeys/test_no_signal.py",
    "tests/house/test_matrix.py",
    "tests/journeys/test_grid.py",
    "tests/rooms/listening/test_looks.py",
    "tests/house/test_said_as_text.py",
    "tests/journeys/test_first_day.py",
    "tests/house/test_help_and_leaving.py",
    "tests/journeys/test_no_stranger.py",
    "tests/journeys/test_one_view.py",
    "tests/rooms/asking/test_rules.py",
    "tests/rooms/listening/test_floods.py",
    "tests/journeys/test_hand_over.py",
    "tests/journeys/test_door.py",
    "tests/rooms/safeguarding/test_alike.py",
    "tests/house/test_supply.py",
)
"""Modules that take longest, the longest first: what a full run tells at its end, from time to time put here."""

APART: Final = frozenset(
    {
        "tests/journeys/test_no_signal.py",
        "tests/journeys/test_first_day.py",
        "tests/journeys/test_one_view.py",
        "tests/rooms/asking/test_rules.py",
    }
)
"""Long modules whose tests share nothing that is made for the module: either core may take the next of them."""

TOLD: Final = 15


def module_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def scope_of(nodeid: str) -> str:
    """What goes to one core together: a module, or a test of those apart."""
    return nodeid if module_of(nodeid) in APART else module_of(nodeid)


def in_order(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The long ones first, the rest as they were."""
    rank = {name: place for place, name in enumerate(LONG)}
    return sorted(items, key=lambda item: rank.get(module_of(item.nodeid), len(LONG)))


def slowest(reports: Iterable[pytest.TestReport]) -> list[str]:
    """Lines for the end of a run: the modules that took longest, and how long all took."""
    took: dict[str, float] = defaultdict(float)
    for each in reports:
        took[module_of(each.nodeid)] += each.duration
    first = sorted(took.items(), key=lambda pair: -pair[1])[:TOLD]
    return [f"{seconds:7.1f} s  {name}" for name, seconds in first] + [f"{sum(took.values()):7.1f} s  all {len(took)} modules"]
