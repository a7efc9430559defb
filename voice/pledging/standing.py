"""Where one pledge stands, for whoever brings its receipt."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from voice import keeping
from voice.pledging.actions import of_submission
from voice.pledging.wall_queries import on_the_wall


@dataclass(frozen=True)
class Held:
    """One thing we hold beside the words: what it is, and what it says."""

    what: str
    says: str


@dataclass(frozen=True)
class PledgeStanding:
    """No words of it: somebody else may see the screen. What is held back for any reason looks like what waits."""

    pledge_id: uuid.UUID
    kind: str
    has_picture: bool
    is_on_wall: bool
    is_picture_on_wall: bool
    needs_grown_up: bool  # under 13, and no parent or carer has said yes (any more)
    is_under_13: bool
    ends_on: date | None
    kept_on: date | None


def standing(submission_id: uuid.UUID) -> PledgeStanding | None:
    """None where this submission is no pledge."""
    pledge = of_submission(submission_id)
    if pledge is None:
        return None
    shown = on_the_wall(pledge.id)
    return PledgeStanding(
        pledge.id,
        pledge.kind,
        bool(keeping.pictures_of([submission_id])),
        shown is not None,
        shown is not None and shown.picture is not None,
        pledge.is_under_13 and pledge.words_agreed_on is None,
        pledge.is_under_13,
        pledge.ends_on,
        pledge.kept_on,
    )


def what_we_hold(submission_id: uuid.UUID) -> Iterator[Held]:
    """For whoever asks what we hold under a receipt."""
    pledge = of_submission(submission_id)
    if pledge is None:
        return
    yield Held("How the pledge is shown", pledge.kind)
    yield Held("Under 13", "yes" if pledge.is_under_13 else "no")
    dates = {
        "The last day on the wall": pledge.ends_on,
        "The day its maker said they kept it": pledge.kept_on,
        "The day a parent or carer agreed to the words": pledge.words_agreed_on,
        "The day a parent or carer agreed to the picture": pledge.picture_agreed_on,
    }
    yield from (Held(what, day.isoformat()) for what, day in dates.items() if day)
