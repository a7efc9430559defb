"""How far a meeting or an ask is, when a round is over, and what a round’s papers come to."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

Theme = TypeVar("Theme", bound=Hashable)
LONDON: Final = ZoneInfo("Europe/London")
FEWEST_PAPERS: Final = 3
"""Of fewer papers no order is made: of two, each would know the other’s; the one alone would be read out."""
WEIGHTS: Final = (1, 2, 3)
LASTS: Final = (15, 30, 60, 24 * 60, 3 * 24 * 60)
"""How long a round may be open, in minutes."""


def meeting_standing(day: date, on: date, *, ended: bool, called_off: bool) -> str:
    """`called_off`, `over`, `today` or `to_come`."""
    if called_off:
        return "called_off"
    if ended or day < on:
        return "over"
    return "today" if day == on else "to_come"


def ask_standing(due_on: date, on: date, *, answered: bool) -> str:
    """`answered`, `late` once its day is over, or `open`."""
    return "answered" if answered else "late" if on > due_on else "open"


def local(moment: datetime) -> datetime:
    """A moment on the clock of the county."""
    return moment.astimezone(LONDON)


def marks_of(said: Mapping[str, str], themes: Collection[str]) -> dict[str, int]:
    """What a member’s form says of these themes; what is passed, or no weight, is not in it."""
    return {each: int(said[each]) for each in themes if said.get(each) in {str(weight) for weight in WEIGHTS}}


def fold(papers: Sequence[Mapping[str, int]], themes: Iterable[str]) -> dict[str, tuple[int, int]] | None:
    """Theme -> sum of the weights, and how many weighed it; None where there are too few papers to hide any one of them."""
    if len(papers) < FEWEST_PAPERS:
        return None
    return {theme: (sum(paper.get(theme, 0) for paper in papers), sum(theme in paper for paper in papers)) for theme in themes}


def score(weights: float, voices: int) -> tuple[float, int]:
    """The mean weight, then how many gave one: passing does not pull a theme down."""
    return (weights / voices if voices else 0.0, voices)


def in_order(scores: Mapping[Theme, tuple[float, int]]) -> list[tuple[int, list[Theme]]]:
    """Places from 1, each with the themes that share it; after two that share the first comes the third."""
    found: list[tuple[int, list[Theme]]] = []
    for value in sorted(set(scores.values()), reverse=True):
        found.append((1 + sum(len(themes) for _place, themes in found), [each for each in scores if scores[each] == value]))
    return found
