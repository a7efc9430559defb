"""What rooms put into the bar of a desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DeskLink:
    """One way into a room’s work, for the slot `desk_nav`: the page, what it is called, and how much waits there."""

    endpoint: str
    words: Any
    number: int | None = None
    says: Any = ""  # what there is to do, for the first page of whoever sees this link
    seldom: bool = False  # in the bar only while something waits there; always on the first page


@dataclass(frozen=True)
class DeskNote:
    """A line that stands over every page of a desk while it is true, for the slot `desk_notes`."""

    words: Any
    endpoint: str


@dataclass(frozen=True)
class DeskBanner:
    """Something everyone at a desk must see at once, for the slot `desk_banner`."""

    words: Any
