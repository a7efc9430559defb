"""What other rooms know about how long a submission stays: when it was answered, what locks it, what must be settled when its receipt ends."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date

from flask import Flask, current_app
from sqlalchemy import Select

from voice.keeping.erasers import Eraser

Published = Callable[[], Select[uuid.UUID, date | None]]
Locked = Callable[[], Select[uuid.UUID] | Select[uuid.UUID | None]]
Refused = Callable[[], Select[uuid.UUID, date]]


class Lifetimes:
    """Registered by rooms in wiring; nothing registered means: never answered, never locked."""

    def __init__(self) -> None:
        self.published: Published | None = None
        self._locks: dict[str, Locked] = {}
        self._at_link_end: dict[str, Eraser] = {}
        self._picture_locks: dict[str, Locked] = {}
        self.refused_pictures: Refused | None = None

    def first_answered(self, published: Published) -> None:
        """`published()` selects submission ids with the day of the first “you said, we did” they are part of; each id once."""
        self.published = published

    def lock(self, name: str, submissions: Locked) -> None:
        """`submissions()` selects ids that no rule may touch while they are in it, such as those with an open concern. Nulls are
        allowed. Taking back by receipt is not stopped by it."""
        self._locks[name] = submissions

    def at_link_end(self, name: str, settle: Eraser) -> None:
        """`settle(submission_id, view_ids)` leaves only what nobody could be known by, as no receipt can take it out from then on."""
        self._at_link_end[name] = settle

    def lock_pictures(self, name: str, pictures: Locked) -> None:
        """`pictures()` selects picture ids that stay while they are in it, also when what they came with is taken back: they are then
        joined to nothing. For what a safeguarding lead alone may open."""
        self._picture_locks[name] = pictures

    def refuse_pictures(self, refused: Refused) -> None:
        """`refused()` selects picture ids with the day a person decided that they shall not be shown; each id once. They go soon after."""
        self.refused_pictures = refused

    def picture_locks(self) -> Mapping[str, Locked]:
        return self._picture_locks

    def locks(self) -> Mapping[str, Locked]:
        return self._locks

    def settle(self, submission_id: uuid.UUID, view_ids: tuple[uuid.UUID, ...]) -> None:
        for settle in self._at_link_end.values():
            settle(submission_id, view_ids)


def lifetimes_of(app: Flask | None = None) -> Lifetimes:
    found: Lifetimes = (app or current_app).extensions.setdefault("voice.lifetimes", Lifetimes())
    return found
