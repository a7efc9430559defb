"""What rooms put into the bar of a desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeVar

from flask import g

from voice.config import settings
from voice.storage import changes_of, elsewhere, today
from voice.web.access import signed_in_as
from voice.web.locale import language
from voice.web.slots import slot

T = TypeVar("T")
REMEMBERED: Final = 60.0
"""Seconds, where nothing it was made of is written."""


def in_the_bar(name: str) -> list[Any]:
    """What rooms put into this slot of the desk’s bar for the member who is here: looked for once, and again when something it was made of was
    written (`storage.changes`). It stands on every page of a desk, and asks forty questions. Under test each time, as clocks jump there."""
    found = slot(name)
    if settings().testing:
        return found.fill()
    who, roles = signed_in_as()
    name = f"{name} {who} {' '.join(sorted(roles))} {language().code} {today()}"
    with elsewhere():
        return changes_of().remembered(name, REMEMBERED, lambda: (found.fill(),))[0]  # in a pair of brackets, for an empty slot is remembered too


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
