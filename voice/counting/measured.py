"""What releases say of measures, for the room that keeps readings; and telling it when a figure goes out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app
from sqlalchemy import select

from voice import asking
from voice.counting.published import current_release, reading_of
from voice.counting.release_models import MeasureReading
from voice.storage import session

Listener = Callable[[uuid.UUID], None]
"""Is told who published figures, or tied a measure to a question."""


@dataclass(frozen=True)
class Told:
    """What a release that is out says of a measure: `percent` of about `of` people gave one of the answers that `tie` names."""

    measure_id: uuid.UUID
    release_id: uuid.UUID
    published_on: date
    percent: int
    of: int
    words: str
    tie: str


def when_out(app: Flask, listener: Listener) -> None:
    """From now on `listener` is called in the act that lets figures out, or that ties a measure to a question."""
    app.extensions.setdefault("voice.counting.when_out", []).append(listener)


def call_when_out(by: uuid.UUID) -> None:
    listeners: list[Listener] = current_app.extensions.get("voice.counting.when_out", [])
    for each in listeners:
        each(by)


def told_of_measures() -> list[Told]:
    """What the current releases say of every measure that is tied to a question, those of its waves among them."""
    return [told for link in session().scalars(select(MeasureReading)) for told in _told(link)]


def _told(link: MeasureReading) -> Iterator[Told]:
    activity = asking.activity_by_id(link.activity_id)
    waves = asking.waves_of(activity.series) if activity and activity.series else [activity] if activity else []
    for wave in waves:
        found = current_release(wave.id)
        share = reading_of(found, link.question, link.codes) if found else None
        if found and found.published_on and share is not None:
            tie = f"{wave.series or wave.slug}:{link.question}:{'+'.join(sorted(link.codes))}"
            of = found.figures["questions"][link.question]["all"]["of"]
            yield Told(link.measure_id, found.id, found.published_on, share, of, link.words, tie)
