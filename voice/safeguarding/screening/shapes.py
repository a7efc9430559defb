"""Senses that stand near each other, in any order: what is unmistakable in every language the screen has senses for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from . import data

NEAR = 9  # words


@dataclass(frozen=True)
class Shape:
    """The senses that must be met near each other (each place may be filled by any of several), and what they speak of."""

    kind: str
    places: tuple[frozenset[str], ...]
    immediate: bool


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes."""
    found: list[Shape] = []
    kind = ""
    for line in data.lines("shapes"):
        if line.startswith(("- ", "! ")):
            found.append(Shape(kind, tuple(frozenset(place.split("|")) for place in line[2:].split()), line.startswith("!")))
        else:
            kind = line.rstrip(":")
    return tuple(found)


def met(senses: Sequence[frozenset[str]]) -> list[tuple[Shape, tuple[int, int]]]:
    """The shapes met, each with the first and last word of the first place where it is."""
    present = frozenset().union(*senses)
    able = [shape for shape in shapes() if not any(place.isdisjoint(present) for place in shape.places)]
    return [(shape, span) for shape in able if (span := _span(shape, senses))]


def _span(shape: Shape, senses: Sequence[frozenset[str]]) -> tuple[int, int] | None:
    where = [[at for at, here in enumerate(senses) if not place.isdisjoint(here)] for place in shape.places]
    for first in sorted({at for places in where for at in places}):
        filled = [next((at for at in places if first <= at < first + NEAR), None) for places in where]
        chosen = [at for at in filled if at is not None]
        if len(chosen) == len(filled) and len(set(chosen)) == len(chosen):
            return min(chosen), max(chosen)
    return None
