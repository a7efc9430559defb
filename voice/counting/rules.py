"""When a theme may be shown, and how its size is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 10  # below this: words without numbers, and never “many”
STEPS = (1000, 500, 100, 50, FEWEST)  # how many answered is said in these steps alone: nobody can watch one child being added
FEWEST_SENDERS = 3  # below this a theme stays inside, unless its sender gave permission and a second person checked


def band(senders: int, before: str | None = None) -> str:
    """“some” or “many”. Once given out, “many” holds: a group that shrinks by one must not tell so."""
    return "many" if senders >= FEWEST or before == "many" else "some"


def step_below(answers: int) -> int | None:
    """The last step that this many reach; None where they are too few to say."""
    return next((step for step in STEPS if answers >= step), None)


MOVES_BY = 10
"""A figure that was given out changes only once so many people have: nobody can watch one child being added or taken out."""
HIDDEN_TO = 7
NEAREST = 5


def moves(before: int, now: int) -> bool:
    """Whether a figure given out when there were `before` people is given out anew now that there are `now`."""
    return abs(now - before) >= MOVES_BY


def shown(counted: int) -> int | None:
    """What may be said of so many people: to the nearest 5; None for 0 to 7, so that nobody and too few look the same."""
    return None if counted <= HIDDEN_TO else NEAREST * round(counted / NEAREST)


@dataclass(frozen=True)
class Table:
    """Figures that stand together. The total is the sum of what is shown, so that taking away leaves nothing of what is hidden."""

    cells: Mapping[str, int | None]
    total: int | None


def table(counted: Mapping[str, int]) -> Table:
    """The figures of one breakdown, as they may be shown."""
    cells = {code: shown(people) for code, people in counted.items()}
    seen = [each for each in cells.values() if each is not None]
    return Table(cells, sum(seen) if seen else None)
