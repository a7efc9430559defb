"""When a theme may be shown, and how its size is said."""

from __future__ import annotations

FEWEST = 10  # below this: words without numbers
MANY_FROM = 13  # “many”; as for a group that has figures: beside “too few to show”, many from 10 on would leave three numbers, 10 to 12
STEPS = (1000, 500, 100, 50, FEWEST)  # how many answered is said in these steps alone: nobody can watch one child being added
FEWEST_SENDERS = 3  # below this a theme stays inside, unless its sender gave permission and a second person checked


def band(senders: int, before: str | None = None) -> str:
    """“some” or “many”. Once given out, “many” holds: a group that shrinks by one must not tell so."""
    return "many" if senders >= MANY_FROM or before == "many" else "some"


def step_below(answers: int) -> int | None:
    """The last step that this many reach; None where they are too few to say."""
    return next((step for step in STEPS if answers >= step), None)


MOVES_BY = 10
"""A figure that was given out is made anew only once so many people came or went since: nobody can watch one child being added or taken out."""
