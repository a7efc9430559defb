"""What rooms put into the bar of a desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import g

T = TypeVar("T")


def once_a_page(make: Callable[[], T]) -> Callable[[], T]:
    """What the bar of a desk and the page under it both tell is looked for once. Only for what is told while a page is drawn: nothing is
    written any more by then."""

    @wraps(make)
    def made() -> T:
        kept: dict[Callable[[], Any], Any] = g.setdefault("voice_once", {})
        if make not in kept:
            kept[make] = make()
        found: T = kept[make]
        return found

    return made


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
