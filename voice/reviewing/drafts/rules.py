"""A draft before the board: how far it is, and who may do what then. Plain Python."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, TypeAlias

Stage: TypeAlias = Literal["made", "open", "closing", "with_owner", "answered"]

STANCES: Final = ("agree", "change", "not_sure")
OUTCOMES: Final = ("changed", "not_changed")
FEWEST_TO_GATHER: Final = 3
"""Members who must have said something before the board sees how it stands: of two, each would know what the other said."""


def stage(*, laid_on: date | None, until: date | None, closed_on: date | None, answered_on: date | None, on: date) -> Stage:
    """How far a draft is on this day. “closing”: its days are over and it has yet to be sent to its owner."""
    if laid_on is None or until is None:
        return "made"
    if closed_on is None:
        return "open" if on <= until else "closing"
    return "with_owner" if answered_on is None else "answered"


def gathered(stances: dict[str, int], stage_now: Stage) -> dict[str, int]:
    """How many of the board take each stance, in a fixed order; nothing while anybody may still be swayed, nor of so few that each knows who."""
    if stage_now in ("made", "open") or sum(stances.values()) < FEWEST_TO_GATHER:
        return {}
    return {name: stances.get(name, 0) for name in STANCES}
