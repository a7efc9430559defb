"""A question and the check page as templates need them: words in the reader's language, what is chosen, what to put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from voice.asking import (
    Answer,
    Choice,
    Instrument,
    Question,
    Said,
    Step,
    Wording,
    in_language,
    in_order,
    most_ranked,
    piped,
    sentence,
    shown,
    step,
)
from voice.listening.walking import Place

TYPED = ("number", "line", "words", "draw", "image")
EASY = "easy"  # Easy Read is a language of its own, and has a look of its own
# Pictures for words that are ours, so that a list in pictures has no gap: “Something else”, and what a yes or no to showing words means.
_OURS = {"something_else": "pencil"}
_CONSENT = {"yes": "megaphone", "no": "envelope"}
_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True)
class Option:
    """One row to pick."""

    value: str
    label: Said
    face: int | None
    chosen: bool
    picture: str = ""
    alone: bool = False  # goes with no other
    place: int = 0  # in an order: 1 is first, 0 not picked


@dataclass(frozen=True, kw_only=True)
class Page:
    """One question."""

    name: str
    kind: str  # faces, scale, consent, one, some, rank, number, line, words, draw, image, note
    lead: Said | None  # what statements on one scale share
    label: Said
    hint: Said | None
    picture: str
    step: Step
    options: list[Option]
    skips: list[Option]
    typed: str
    most: int  # how many may be put in order; 0 where nothing is
    touched: str  # what was just put in or out of an order
    refused: str | None  # the sentence beside the field

    @property
    def picked(self) -> list[Option]:
        """What is in the order so far, first to last."""
        return sorted((option for option in self.options if option.place), key=lambda option: option.place)

    @property
    def pictured(self) -> bool:
        """Every choice has a face or a picture to stand on its own."""
        return bool(self.options) and all(option.face or option.picture for option in self.options)


@dataclass(frozen=True)
class Line:
    """One answer on the check page. `said` are the sender's own words; `picked` are ours, in their order where they were ranked."""

    name: str
    kind: str
    number: int
    lead: Said | None
    label: Said
    picture: str
    picked: list[Option]
    said: str


def page(instrument: Instrument, place: Place, question: Question, language: str) -> Page:
    """The question as it stands: what was posted for it stays as it was, taken or not."""
    given = place.raw.get(question.name, ())
    is_typed = question.kind in TYPED
    typed, picked = (given[0] if given else "", given[1:]) if is_typed else ("", given)
    return Page(
        name=question.name,
        kind=question.kind,
        lead=_said(question.lead, instrument, place, language),
        label=piped(in_language(question.label, language), instrument, place.answers),
        hint=_said(question.hint, instrument, place, language),
        picture=question.picture,
        step=step(instrument, place.answers, question.name),
        options=[_drawn(question, _option(choice, picked, language)) for choice in in_order(question, place.visit.seed)],
        skips=[_option(choice, picked, language) for choice in question.skips],
        typed=typed,
        most=most_ranked(question) if question.kind == "rank" else 0,
        touched=place.touched,
        refused=sentence(place.refused, language) if place.refused else None,
    )


def lines(instrument: Instrument, place: Place, language: str) -> Iterator[Line]:
    """Every question that was shown and asks something, with its answer; a picture is asked for after them."""
    asked = [question for question in shown(instrument, place.answers) if question.is_asked and not question.is_picture]
    for number, question in enumerate(asked, start=1):
        answer = place.answers.get(question.name, Answer())
        choices = {choice.name: choice for choice in (*question.choices, *question.skips)}
        yield Line(
            name=question.name,
            kind=question.kind,
            number=number,
            lead=_said(question.lead, instrument, place, language),
            label=piped(in_language(question.label, language), instrument, place.answers),
            picture=question.picture,
            picked=[_drawn(question, _option(choices[code], answer.codes, language)) for code in answer.codes if code in choices],
            said=answer.words if answer.number is None else str(answer.number),
        )


def look(wording: Wording | None, language: str) -> str:
    """How the pages of a walk look, as class names: pictures first for the youngest, pictures at the side for Easy Read."""
    return " ".join(name for name, fits in (("young", wording == "younger"), ("easy", language == EASY)) if fits)


def sentences(text: str) -> list[str]:
    """One by one, for those who read one idea at a time."""
    return [each for each in _END.split(text) if each]


def _said(words: Mapping[str, str], instrument: Instrument, place: Place, language: str) -> Said | None:
    return piped(in_language(words, language), instrument, place.answers) if words else None


def _drawn(question: Question, option: Option) -> Option:
    ours = _CONSENT if question.kind == "consent" else _OURS
    return option if option.picture or option.face else replace(option, picture=ours.get(option.value, ""))


def _option(choice: Choice, picked: tuple[str, ...], language: str) -> Option:
    return Option(
        value=choice.name,
        label=in_language(choice.label, language),
        face=choice.face,
        chosen=choice.name in picked,
        picture=choice.picture,
        alone=choice.alone,
        place=picked.index(choice.name) + 1 if choice.name in picked else 0,
    )
