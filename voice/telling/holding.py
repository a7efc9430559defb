"""What we hold under one receipt, for the person who brings it: their own words, what they picked, and what we did with it.

What was written about keeping someone safe is never in it, whether there is any or not: the safeguarding lead decides on that with the person
(Data Protection Act 2018, Schedule 3), and the file says so each time, so that it tells nothing by being there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from voice import asking, keeping, reading, understanding
from voice.web import slot

SLOT = "what_we_hold"


@dataclass(frozen=True)
class Holding:
    """One thing we hold: what it is, and what it says."""

    what: str
    says: str


def holdings(sent: keeping.Sent) -> list[Holding]:
    """Everything, in reading order. Rooms above and below put theirs into the slot `what_we_hold`, which gets the submission’s id."""
    return [*_facts(sent), *_picked(sent), *_said(sent), *slot(SLOT).fill(sent.id)]


def _facts(sent: keeping.Sent) -> Iterator[Holding]:
    coded = keeping.coded(sent.id)
    activity = asking.activity_by_id(sent.activity_id) if sent.activity_id else None
    yield Holding("What it was sent to", activity.title if activity else "A pledge")
    yield Holding("The day it came", sent.received_on.isoformat())
    yield Holding("Language", sent.language)
    if coded is None:
        return
    for what, says in (("Age", coded.age_band), ("Place", coded.place), ("Who spoke", coded.speaker)):
        if says:
            yield Holding(what, says)


def _picked(sent: keeping.Sent) -> Iterator[Holding]:
    coded = keeping.coded(sent.id)
    for name, given in (coded.answers if coded else {}).items():
        yield Holding(f"Picked: {_label(sent, name)}", ", ".join(map(str, given)) if isinstance(given, list) else str(given))


def _said(sent: keeping.Sent) -> Iterator[Holding]:
    ids = keeping.views_of(sent.id)
    decided = reading.decisions(ids)
    for view in keeping.raw_views(ids):
        yield Holding(f"In their own words: {_label(sent, view.question)}", view.words)
        yield Holding("What a person decided about these words", decided.get(view.id, "Nobody has read them yet, or it is not for this file"))
        for theme in understanding.themes_of_views([view.id]):
            yield Holding("Part of what many said", theme.you_said)


def _label(sent: keeping.Sent, name: str) -> str:
    activity = asking.activity_by_id(sent.activity_id) if sent.activity_id else None
    if activity is None:
        return "your pledge"
    questions = {each.name: each for each in asking.load_instrument(activity.document, published=True).questions}
    return asking.in_language(questions[name].label, "en").text if name in questions else name


def as_data(found: list[Holding]) -> list[dict[str, str]]:
    """The same, for machines."""
    return [asdict(each) for each in found]
