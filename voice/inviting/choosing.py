"""The shipped questions an officer can choose from, as they would be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l

from voice import asking
from voice.asking import Instrument, Question
from voice.web.locale import LANGUAGES

AGE_WORDS = {"younger": _l("4 to 7"), "middle": _l("8 to 10"), "older": _l("11 and older")}
KIND_WORDS = {
    "opinion_sheet": _l("Opinion sheet"),
    "survey": _l("Survey"),
    "family_sheet": _l("For families"),
    "audit": _l("Audit"),
    "feedback_box": _l("Feedback box"),
}
SPEAKER_WORDS = {
    "young_person": _l("children and young people"),
    "family": _l("families"),
    "parent": _l("parents and carers"),
    "carer": _l("parents and carers"),
    "workforce": _l("people who work with children"),
    "worker": _l("people who work with children"),
}


PICTURE_WORDS = {"draw": _l("They draw on the screen, or take a photo of a drawing."), "image": _l("They take a photo, or pick one.")}


@dataclass(frozen=True)
class Asked:
    """One question as one age meets it."""

    label: str
    hint: str
    choices: tuple[Any, ...]  # for a picture: how it is given
    is_asked: bool


@dataclass(frozen=True)
class Shipped:
    """A shipped instrument, in English."""

    name: str
    title: str
    intro: str
    kind: str
    minutes: int
    ages: tuple[int, int]
    languages: tuple[str, ...]  # each in itself
    wordings: tuple[str, ...]
    speaker: str
    questions: int
    instrument: Instrument
    document: Mapping[str, Any]

    @property
    def kind_words(self) -> Any:
        return KIND_WORDS.get(self.kind, self.kind)

    @property
    def who(self) -> Any:
        return SPEAKER_WORDS.get(self.speaker, SPEAKER_WORDS["young_person"])

    @property
    def ages_in_words(self) -> list[Any]:
        return [AGE_WORDS[each] for each in self.wordings]

    def readings(self) -> Iterator[tuple[Any, list[Asked]]]:
        """For each age it has words for (None: it speaks to everyone in one way), every question."""
        for wording in self.instrument.wordings or (None,):
            fitted = asking.fitted(self.instrument, wording) if wording else self.instrument
            yield AGE_WORDS[wording] if wording else None, [_asked(each) for each in fitted.questions]


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every instrument that comes with the product, by title; the files do not change while it runs."""
    return tuple(sorted(map(_shipped, map(asking.load_instrument, asking.shipped_instruments())), key=lambda each: each.title))


def named(name: str) -> Shipped | None:
    """A shipped instrument, or else the newest version of one that was made here."""
    return next((each for each in shipped() if each.name == name), None) or _made_here(name)


def _made_here(name: str) -> Shipped | None:
    document = asking.newest(name)
    return _shipped(asking.load_instrument(document, published=True)) if document else None


def _shipped(found: Instrument) -> Shipped:
    return Shipped(
        found.name,
        _english(found.title),
        _english(found.intro),
        found.kind,
        found.minutes,
        (found.ages.youngest, found.ages.oldest),
        tuple(LANGUAGES[code].name for code in found.languages if code in LANGUAGES),
        found.wordings,
        found.speaker,
        sum(question.is_asked for question in found.questions),
        found,
        asking.as_data(found),
    )


def _asked(question: Question) -> Asked:
    choices = (PICTURE_WORDS[question.type],) if question.is_picture else tuple(_english(choice.label) for choice in question.choices)
    lead = f"{_english(question.lead)} " if question.lead else ""
    return Asked(lead + _english(question.label), _english(question.hint) if question.hint else "", choices, question.is_asked)


def _english(words: Mapping[str, str]) -> str:
    return asking.in_language(words, "en").text
