"""A question and the check page as templates need them: words in the reader's language, what is chosen, what to put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voice.asking import Answer, Choice, Instrument, Question, Said, Step, in_language, sentence, shown, step
from voice.listening.walking import Place


@dataclass(frozen=True)
class Option:
    """One row to pick."""

    value: str
    label: Said
    face: int | None
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """One question."""

    name: str
    kind: str  # faces, one, some, number, line, words, note
    label: Said
    hint: Said | None
    step: Step
    options: list[Option]
    skips: list[Option]
    typed: str
    refused: str | None  # the sentence beside the field


@dataclass(frozen=True)
class Line:
    """One answer on the check page. `said` are the sender's own words; `picked` are ours."""

    name: str
    number: int
    label: Said
    picked: list[Option]
    said: str


def page(instrument: Instrument, place: Place, question: Question, language: str) -> Page:
    """The question as it stands: what was posted for it stays as it was, taken or not."""
    given = place.raw.get(question.name, ())
    is_typed = question.kind in ("number", "line", "words")
    typed, picked = (given[0] if given else "", given[1:]) if is_typed else ("", given)
    return Page(
        name=question.name,
        kind=question.kind,
        label=in_language(question.label, language),
        hint=in_language(question.hint, language) if question.hint else None,
        step=step(instrument, place.answers, question.name),
        options=[_option(choice, picked, language) for choice in question.choices],
        skips=[_option(choice, picked, language) for choice in question.skips],
        typed=typed,
        refused=sentence(place.refused) if place.refused else None,
    )


def lines(instrument: Instrument, place: Place, language: str) -> Iterator[Line]:
    """Every question that was shown and asks something, with its answer."""
    asked = [question for question in shown(instrument, place.answers) if question.is_asked]
    for number, question in enumerate(asked, start=1):
        answer = place.answers.get(question.name, Answer())
        said = answer.words if answer.number is None else str(answer.number)
        options = [_option(choice, answer.codes, language) for choice in (*question.choices, *question.skips)]
        yield Line(question.name, number, in_language(question.label, language), [each for each in options if each.chosen], said)


def _option(choice: Choice, picked: tuple[str, ...], language: str) -> Option:
    return Option(choice.name, in_language(choice.label, language), choice.face, choice.name in picked)
