"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from voice.contacting import models
from voice.contacting.queries import replies_to, standing
from voice.contacting.retention import add_rules, somebody_to_reach
from voice.keeping import lifetimes_of
from voice.retention import retention_of
from voice.web import slot

__all__ = ["install", "models"]
ASKED = {"reply": "A reply", "contact": "To be contacted. How to reach them is with the safeguarding lead, who gives it to them."}


@dataclass(frozen=True)
class Held:
    """One thing we hold: what it is, and what it says."""

    what: str
    says: str


def install(app: Flask) -> None:
    """The pages belong to the rooms that ask and that read."""
    add_rules(retention_of(app))
    lifetimes_of(app).lock("somebody to reach", somebody_to_reach)
    slot("what_we_hold", app).contribute("contacting", what_we_hold)


def what_we_hold(submission_id: uuid.UUID) -> Iterator[Held]:
    """For whoever brings their receipt and asks."""
    found = standing(submission_id)
    if found:
        yield Held("What they asked of us", ASKED[found.door])
    for reply, day in replies_to(submission_id):
        yield Held(f"A reply we left on {day.isoformat()}", reply.in_language("en"))
