"""A concern’s whole submission, question by question, for the safeguarding lead. Whoever shows it records the reading first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from voice import asking, keeping, plans
from voice.safeguarding.queries import Concern, words_of
from voice.safeguarding.rules import pieces


@dataclass(frozen=True)
class Told:
    """One question and its answer, in pieces of text, each with whether it is one of those that made us worry."""

    question: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True)
class Whole:
    """What is left of it where its sender took it back: the words alone, and nothing of who they were."""

    activity: str | None  # its title; None for a pledge, or where it was taken back
    came_on: date
    said: list[Told]
    picked: list[Told]
    age_band: str | None
    place: str | None
    speaker: str | None


def whole(found: Concern, language: str = "en") -> Whole:
    """Everything that came with it: words, what was picked, and the coarse facts."""
    coded = keeping.coded(found.submission_id) if found.submission_id else None
    activity = asking.activity_by_id(coded.activity_id) if coded and coded.activity_id else None
    questions = {each.name: each for each in asking.load_instrument(activity.document).questions} if activity else {}
    said = [Told(_label(questions.get(name), language), pieces(words, found.because)) for name, words in words_of(found)]
    picked = [Told(_label(questions.get(name), language), [(_answer(questions.get(name), given, language), False)]) for name, given in _given(coded, activity)]
    title = activity.title if activity else None
    came_on = coded.received_on if coded else found.screened_at.date()
    return Whole(title, came_on, said, picked, coded and coded.age_band, _place(coded, activity), coded and coded.speaker)


def _given(coded: keeping.Coded | None, activity: asking.ActivityFacts | None) -> Iterator[tuple[str, object]]:
    if coded and activity:
        yield from coded.answers.items()


def _label(question: asking.Question | None, language: str) -> str:
    return asking.in_language(question.label, language).text if question else _("Their words")


def _answer(question: asking.Question | None, given: object, language: str) -> str:
    """What was picked, as it was read; a number as itself."""
    if not isinstance(given, list) or question is None:
        return str(given)
    labels = {choice.name: asking.in_language(choice.label, language).text for choice in (*question.choices, *question.skips)}
    return ", ".join(labels.get(code, code) for code in given)


def _place(coded: keeping.Coded | None, activity: asking.ActivityFacts | None) -> str | None:
    if not coded or not coded.place or not activity:
        return None
    return next((place.name for place in plans.places(activity.plan_id) if place.code == coded.place), coded.place)
