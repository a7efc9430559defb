"""What else must forget when a submission is taken back. Rows go by the database's own cascade; each room registers here
whatever of it lies elsewhere: files, caches, learned models, indexes, rows that outlive their words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from flask import Flask, current_app

Eraser = Callable[[uuid.UUID, Sequence[uuid.UUID]], None]


class Erasers:
    """Erasers by name, in the order rooms registered them. Each gets the submission's id and its views' ids."""

    def __init__(self) -> None:
        self._erasers: dict[str, Eraser] = {}

    def add(self, name: str, eraser: Eraser) -> None:
        if name in self._erasers:
            raise ValueError(f"There is an eraser “{name}” already.")
        self._erasers[name] = eraser

    def names(self) -> tuple[str, ...]:
        return tuple(self._erasers)

    def run(self, submission_id: uuid.UUID, view_ids: Sequence[uuid.UUID]) -> None:
        for eraser in self._erasers.values():
            eraser(submission_id, view_ids)


def erasers_of(app: Flask | None = None) -> Erasers:
    found: Erasers = (app or current_app).extensions.setdefault("voice.erasers", Erasers())
    return found
