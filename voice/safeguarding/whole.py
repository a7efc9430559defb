"""A concern’s whole submission, question by question, for the safeguarding lead. Whoever shows it records the reading first."""

from __future__ import annotations

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
    questions = {each.name: each for each in asking.load_instrument(activity.document, published=True).questions} if activity else {}
    said = [Told(_label(questions.get(name), language), pieces(words, found.because)) for name, words in words_of(found)]
    picked = [_picked(questions.get(name), given, language) for name, given in coded.answers.items()] if coded and activity else []
    if coded is None:
        return Whole(None, found.screened_at.date(), said, picked, None, None, None)
    return Whole(activity.title if activity else None, coded.received_on, said, picked, coded.age_band, _place(coded, activity), coded.speaker)


def _picked(question: asking.Question | None, given: object, language: str) -> Told:
    return Told(_label(question, language), [(_answer(question, given, language), False)])


def _label(question: asking.Question | None, language: str) -> str:
    label: str = asking.in_language(question.label, language).text if question else _("Their words")
    return label


def _answer(question: asking.Question | None, given: object, language: str) -> str:
    """What was picked, as it was read; a number as itself."""
    if not isinstance(given, list) or question is None:
        return str(given)
    labels: dict[str, str] = {choice.name: asking.in_language(choice.label, language).text for choice in (*question.choices, *question.skips)}
    return ", ".join(labels.get(code, str(code)) for code in given)


def _place(coded: keeping.Coded, activity: asking.ActivityFacts | None) -> str | None:
    if not coded.place or not activity:
        return None
    code: str = coded.place
    return next((place.name for place in plans.places(activity.plan_id) if place.code == code), code)
