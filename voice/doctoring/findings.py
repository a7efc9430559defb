"""What the doctor says of one thing. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Level: TypeAlias = Literal["ok", "look", "broken"]
LEVELS: Final[tuple[Level, ...]] = ("ok", "look", "broken")
CALLED: Final = {"ok": "ok", "look": "look at this", "broken": "broken"}


@dataclass(frozen=True)
class Finding:
    """`about`: what was looked at; `found`: how it stands; `do`: what to do about it, in a sentence; empty where all is well."""

    about: str
    level: Level
    found: str
    do: str = ""

    def __post_init__(self) -> None:
        if bool(self.do) == (self.level == "ok"):
            raise ValueError("What is not well has something to do about it, and what is well has nothing.")


def ok(about: str, found: str) -> Finding:
    return Finding(about, "ok", found)


def look(about: str, found: str, do: str) -> Finding:
    return Finding(about, "look", found, do)


def broken(about: str, found: str, do: str) -> Finding:
    return Finding(about, "broken", found, do)


def worst(findings: Iterable[Finding]) -> int:
    """0: all is well; 1: something to look at; 2: something is broken. What the command ends with."""
    return max((LEVELS.index(each.level) for each in findings), default=0)
