"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from voice.pairing import models
from voice.storage import session
from voice.web import slot

__all__ = ["install", "models"]


@dataclass(frozen=True)
class Held:
    """One thing we hold: what it is, and what it says."""

    what: str
    says: str


def install(app: Flask) -> None:
    slot("what_we_hold", app).contribute("pairing", what_we_hold)


def what_we_hold(submission_id: uuid.UUID) -> Iterator[Held]:
    """For whoever brings their receipt and asks."""
    if session().get(models.PairMark, submission_id):
        yield Held("Marks of the code they made", "They tell which two answers are one person’s. The code is not kept.")
