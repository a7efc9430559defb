"""How we listen, in figures that come once a quarter and tell of no one. Plain Python; why it is so: docs/decisions/0020-how-we-listen.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any, Final

from voice.counting.composing import EVERYONE, PASSED, Asked, Centers, Truth, compose
from voice.counting.rules import MOVES_BY
from voice.counting.showing import figures

SHARE_FROM: Final = 50  # people; of fewer, a tenth would be fewer than five

Kinds = Mapping[str, int]
"""Kind of person -> how many, exact. Each person is of one kind."""
Picks = Mapping[str, Kinds]
"""Question -> what was picked -> people; all questions are of the same people, and who passed one over picked `PASSED`."""


def quarter_of(day: date) -> date:
    """The first day of the quarter of the year."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def changed(now: Kinds, before: Kinds) -> int:
    """At least so many people came, went or became another kind: nobody need be remembered to know it."""
    more = [now.get(kind, 0) - before.get(kind, 0) for kind in {*now, *before}]
    return max(sum(each for each in more if each > 0), -sum(each for each in more if each < 0))


def moves(now: Kinds, before: Kinds) -> bool:
    return changed(now, before) >= MOVES_BY


def in_ten(part: int, whole: int) -> int | None:
    """A share in tenths, from 1 (“or fewer”) to 9 (“or more”), so that it is never said of all or of nobody; None of too few."""
    return None if whole < SHARE_FROM else max(1, min(9, (20 * part + whole) // (2 * whole)))


def said(now: Picks, before: Picks, last: Centers | None, number: int, lot: Random | None = None) -> tuple[Centers, Any] | None:
    """What the same people picked of some questions, rounded as a release is and to one number of people: what the next one goes on from, and
    {question: row} as everyone sees it. None where too few changed, or are, for there to be anything new.
    """
    people = max(sum(kinds.values()) for kinds in now.values())
    truth = Truth(
        {EVERYONE: people},
        {EVERYONE: max(changed(kinds, before.get(name, {})) for name, kinds in now.items())},
        {(EVERYONE, name): people - kinds.get(PASSED, 0) for name, kinds in now.items()},
        {(EVERYONE, name, kind): count for name, kinds in now.items() for kind, count in kinds.items() if kind != PASSED},
    )
    asked = [Asked(name, False, tuple(kind for kind in kinds if kind != PASSED)) for name, kinds in now.items()]
    centers = compose(truth, asked, last, number, lot)
    return None if centers is None else (centers, {name: each["all"] for name, each in figures(centers)["questions"].items()})
