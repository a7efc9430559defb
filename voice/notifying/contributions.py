"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from voice.extensions import csrf
from voice.keeping import erasers_of, lifetimes_of
from voice.notifying import actions, models, pages
from voice.notifying.queries import has_asked
from voice.notifying.retention import add_rules
from voice.notifying.workers import write_first_letters, write_news
from voice.retention import retention_of
from voice.web import slot
from voice.workers import jobs_of

__all__ = ["install", "models"]


@dataclass(frozen=True)
class Held:
    """One thing we hold: what it is, and what it says."""

    what: str
    says: str


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    csrf.exempt(pages.blueprint)  # no session here to ride on; every form checks where it came from
    erasers_of(app).add("news", _forget)
    lifetimes_of(app).at_link_end("news", _forget)
    add_rules(retention_of(app))
    slot("what_we_hold", app).contribute("notifying", what_we_hold)
    jobs_of(app).add("ask whether it was they", timedelta(seconds=20), write_first_letters)
    jobs_of(app).add("say that there is news", timedelta(hours=1), write_news)


def what_we_hold(submission_id: uuid.UUID) -> Iterator[Held]:
    """For whoever brings their receipt and asks. The address itself stays sealed: the one who brings the words may not be the one who gave it."""
    if has_asked(submission_id):
        yield Held("Letters that say there is news", "An address you gave. It lies apart and sealed; officers cannot read it.")


def _forget(submission_id: uuid.UUID, _view_ids: Sequence[uuid.UUID]) -> None:
    actions.forget(submission_id)
