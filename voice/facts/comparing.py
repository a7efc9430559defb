"""What changed since an older file of facts: fact by fact, by its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

PASSED_OVER = ("made_at", "changes")


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What came, what went and what is otherwise, each with its place such as `data_map / tables / view / readers`."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    return {
        "since": before.get("made_at"),
        "came": {place: new[place] for place in sorted(new.keys() - old.keys())},
        "went": {place: old[place] for place in sorted(old.keys() - new.keys())},
        "changed": {place: [old[place], new[place]] for place in sorted(old.keys() & new.keys()) if old[place] != new[place]},
    }


def _leaves(node: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Mapping):
        for name, each in node.items():
            if place or name not in PASSED_OVER:
                yield from _leaves(each, (*place, str(name)))
    elif isinstance(node, list) and node and isinstance(node[0], Mapping):
        for number, each in enumerate(node):
            yield from _leaves(each, (*place, str(each.get("id") or each.get("rule") or number)))
    else:
        yield " / ".join(place), node
