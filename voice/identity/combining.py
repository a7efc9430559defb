"""Which roles one person may hold together, and why not the others (decision 14). Held again by a trigger in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from voice.identity.rules import LEADS, ROLES

READS_WORDS: Final = frozenset({"officer"}) | LEADS
"""Roles that open what children wrote before anyone has cleared it."""
SECOND_PERSON: Final = READS_WORDS | {"board_worker"}
"""Roles that may give a second person's yes, so that words may leave as a file."""


@dataclass(frozen=True)
class Apart:
    """Nobody holds one of `these` and one of `those`."""

    these: frozenset[str]
    those: frozenset[str]
    why: str


def _all_but(*roles: str) -> frozenset[str]:
    return frozenset(ROLES) - set(roles)


APART: Final = (
    Apart(
        frozenset({"board_member"}),
        _all_but("board_member"),
        "A board member is a young person who weighs what was said. They hold no other role.",
    ),
    Apart(
        frozenset({"administrator"}),
        SECOND_PERSON,
        "Whoever gives out accounts must not read what children wrote, and must not be the second person either.",
    ),
    Apart(frozenset({"analyst"}), READS_WORDS, "An analyst sees numbers alone. Beside the words, a number can point to one child."),
    Apart(
        frozenset({"school"}),
        _all_but("school", "partner"),
        "A school or setting sees what came of its own groups, and nothing of others.",
    ),
    Apart(
        frozenset({"partner"}),
        READS_WORDS | {"publisher", "analyst", "administrator"},
        "A partner is another organisation. It answers and pledges, and does not do the council’s work.",
    ),
)


def clash(roles: Iterable[str]) -> str | None:
    """Why these roles may not be held together, as a sentence; None where they may."""
    held = frozenset(roles)
    for rule in APART:
        if any(one != other for one in held & rule.these for other in held & rule.those):
            return rule.why
    return None


def forbidden_pairs() -> frozenset[frozenset[str]]:
    """Every two roles that nobody holds together."""
    return frozenset(frozenset(pair) for pair in combinations(ROLES, 2) if clash(pair))


def shared_duties(roles: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Duties one person can take over from another for a while: only those of roles that both hold. A hand-over never gives a role."""
    mine, theirs = frozenset(roles), frozenset(others)
    return (mine & theirs) | (LEADS if mine & LEADS and theirs & LEADS else frozenset())
