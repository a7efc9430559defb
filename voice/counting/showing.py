"""What of a release is shown: everything public is made from this, and from nothing else. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from voice.counting.composing import FILTERS, PASSED, REACHED, TIED, Centers
from voice.counting.rounding import GROUP_FROM, SHOWN_FROM

SMALL: Final = 20  # a group rounded to this may be under 20: nothing is said that all of it said

Figures = dict[str, Any]
"""{number, everyone, sizes: {fact: {value: people or None}}, questions: {name: {all: row, by: {fact: {value: row}}}}, tied, same: {fact: [value]}};
a row: {of: people, cells: {code: people or None}}, or None where nothing of it is shown. None is “too few to show”, nobody included."""


def figures(centers: Centers) -> Figures:
    """What everyone may see of it."""
    everyone = centers["everyone"]
    return {
        "number": centers["number"],
        "everyone": everyone,
        "sizes": {fact: {value: _group(size, everyone) for value, size in centers["sizes"][fact].items()} for fact in (*FILTERS, *REACHED)},
        "questions": {name: _question(each, everyone) for name, each in centers["questions"].items()},
        "tied": {fact: {value: _group(size, everyone) for value, size in centers["tied"][fact].items()} for fact in TIED},
        "same": {fact: _same(centers, fact) for fact in (*FILTERS, *REACHED)},
    }


def percent(people: int | None, of: int) -> int | None:
    """Out of 100, from rounded figures, whole; never more than 100."""
    return None if people is None else min(100, (200 * people + of) // (2 * of))


def _same(centers: Centers, fact: str) -> list[str]:
    """Groups whose figures were not made anew. It tells nothing that comparing two releases does not."""
    moved: Mapping[str, int] = centers["moved_at"].get(fact, {})
    return [value for value in centers["sizes"][fact] if moved.get(value) != centers["number"]]


def _group(size: int, everyone: int) -> int | None:
    """Nothing of a small activity is said to be so of all who took part."""
    return size if size >= GROUP_FROM and (everyone > SMALL or size < everyone) else None


def _question(each: Mapping[str, Any], everyone: int) -> dict[str, Any]:
    whole = None if each["all"] is None else _row(everyone, each["all"])
    by = {fact: {value: _row(row["of"], row["cells"]) for value, row in rows.items()} for fact, rows in each["by"].items()}
    return {"all": whole, "by": by}


def _row(of: int, cells: Mapping[str, int]) -> dict[str, Any] | None:
    """None where nothing is large enough, or where a small group would be said to be all of one mind."""
    picked = [people for code, people in cells.items() if code != PASSED]
    if max(picked, default=0) < SHOWN_FROM or (of <= SMALL and max(cells.values()) >= of):
        return None
    return {"of": of, "cells": {code: people if people >= SHOWN_FROM else None for code, people in cells.items()}}
