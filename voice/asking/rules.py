"""What is asked next, what counts as an answer, and what an answer means: plain decisions, without pages or tables."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, Final

from voice.asking.expressions import SELF, Value, evaluate, names
from voice.asking.kinds import (
    LONGEST_WORDS,
    SKIP_CODES,
    WORDINGS,
    YES,
    Answer,
    Answers,
    Choice,
    Coarse,
    Instrument,
    Meaning,
    Opening,
    Question,
    Reading,
    Refused,
    Reworded,
    Said,
    Step,
    Wording,
    in_language,
)

_NO_PLACES: Final[Mapping[str, str]] = {}
# Marks that turn the direction of a whole line can make words on an officer's screen read as something else. Joiners, which
# Urdu and emoji need, stay.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_LONGEST_NUMBER: Final = 12
_PIPE: Final = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")


# --- whose words


def fitted(instrument: Instrument, wording: Wording | None) -> Instrument:
    """The instrument as one age is asked it: its words, its choices, without the questions that are not for it.

    Codes stay, so that what all ages answer is read together. An age the instrument has no words for gets the oldest it has.
    """
    if not instrument.wordings:
        return instrument
    age = wording if wording in instrument.wordings else instrument.wordings[-1]
    opening = instrument.by_age.get(age, Opening())
    return replace(
        instrument,
        title=opening.title or instrument.title,
        intro=opening.intro or instrument.intro,
        minutes=opening.minutes or instrument.minutes,
        questions=tuple(_reworded(question, age) for question in instrument.questions if age in (question.asked_of or WORDINGS)),
    )


def _reworded(question: Question, age: Wording) -> Question:
    words = question.by_age.get(age, Reworded())
    for_age = any(age in choice.by_age for choice in question.choices)
    choices = tuple(replace(choice, label=choice.by_age[age]) for choice in question.choices if age in choice.by_age)
    # A hint explains its own label: another label without a hint has none.
    hint = words.hint if words.label else words.hint or question.hint
    return replace(question, label=words.label or question.label, hint=hint, choices=choices if for_age else question.choices)


def in_order(question: Question, seed: str) -> tuple[Choice, ...]:
    """The choices as one person sees them: the same for the same seed, and in no order of ours where the question asks for that."""
    if not question.randomize:
        return question.choices
    loose = [choice for choice in question.choices if not choice.fixed]
    loose.sort(key=lambda choice: hashlib.sha256(f"{seed}/{question.name}/{choice.name}".encode()).digest())
    mixed = iter(loose)
    return tuple(choice if choice.fixed else next(mixed) for choice in question.choices)


def piped(said: Said, instrument: Instrument, answers: Answers) -> Said:
    """The words with `${name}` filled in by what was picked or typed as a number there; nothing where it was passed over."""
    return Said(_PIPE.sub(lambda found: _label_of(instrument, answers, found[1], said.language), said.text), said.language)


def _label_of(instrument: Instrument, answers: Answers, name: str, language: str) -> str:
    answer = answers.get(name, Answer())
    if answer.is_skipped:
        return ""
    if answer.number is not None:
        return str(answer.number)
    labels = {choice.name: choice.label for question in instrument.questions if question.name == name for choice in question.choices}
    return in_language(labels[answer.codes[0]], language).text if answer.codes and answer.codes[0] in labels else ""


# --- which questions


def for_places(instrument: Instrument, places: Mapping[str, str]) -> Instrument:
    """The instrument as a plan asks it: `places` (code to name) become the choices. A plan that names no places asks for none."""
    fitted = (_placed(question, places, instrument.languages) for question in instrument.questions)
    return replace(instrument, questions=tuple(question for question in fitted if places or not question.from_places))


def _placed(question: Question, places: Mapping[str, str], languages: tuple[str, ...]) -> Question:
    if not question.from_places:
        return question
    named = tuple(Choice(code, dict.fromkeys(languages, name)) for code, name in places.items())
    return replace(question, choices=named + tuple(choice for choice in question.choices if choice.name not in places))


def shown(instrument: Instrument, answers: Answers) -> tuple[Question, ...]:
    """The questions to show, given the answers so far, in order. The answer to a question that is not shown counts as not given."""
    values: dict[str, Value] = {}
    visible = []
    for question in instrument.questions:
        if question.condition is None or evaluate(question.condition, values):
            visible.append(question)
            if question.name in answers:
                values[question.name] = _value(question, answers[question.name])
    return tuple(visible)


def _value(question: Question, answer: Answer) -> Value:
    if answer.is_skipped:
        return ""  # for a condition, "I don't know" is no answer
    if answer.codes:
        return answer.codes[0] if question.type == "select_one" else answer.codes
    return answer.words if answer.number is None else answer.number


def kept(instrument: Instrument, answers: Answers) -> dict[str, Answer]:
    """The answers that count: to questions that are shown and ask something, without the empty ones, in the order they were asked.

    Someone who goes back and changes an answer leaves behind what followed from the old one; that is never sent.
    """
    return _kept(shown(instrument, answers), answers)


def _kept(visible: Sequence[Question], answers: Answers) -> dict[str, Answer]:
    asked = (question.name for question in visible if question.is_asked)
    return {name: answers[name] for name in asked if name in answers and not answers[name].is_empty}


def next_question(instrument: Instrument, answers: Answers, after: str | None = None) -> Question | None:
    """The question shown after this one (the first when `after` is None). None at the end, with pictures still to come. KeyError when
    there is no such question."""
    return _nearest(instrument, answers, slice(0 if after is None else _place_of(instrument, after) + 1, None), 0)


def previous_question(instrument: Instrument, answers: Answers, before: str | None = None) -> Question | None:
    """The question shown before this one (the last when `before` is None). None at the start. KeyError when there is no such question."""
    return _nearest(instrument, answers, slice(0, None if before is None else _place_of(instrument, before)), -1)


def _place_of(instrument: Instrument, name: str) -> int:
    return instrument.questions.index(instrument.question(name))


def _nearest(instrument: Instrument, answers: Answers, among: slice, which: int) -> Question | None:
    visible = {question.name for question in shown(instrument, answers)}
    found = [question for question in instrument.questions[among] if question.name in visible and not question.is_picture]
    return found[which] if found else None


def picture_question(instrument: Instrument, answers: Answers) -> Question | None:
    """The question that asks for a picture, given these answers: it is asked after all others were checked. Of one age there is one at most."""
    return next((question for question in shown(instrument, answers) if question.is_picture), None)


def step(instrument: Instrument, answers: Answers, at: str) -> Step:
    """Question number and total, notes not counted. The total never grows on the way: what may still be asked is counted until it
    cannot be. KeyError when there is no question of that name."""
    place = _place_of(instrument, at)
    visible = {question.name for question in shown(instrument, answers)}
    # A condition on something not yet reached, or on the question in hand, is still open.
    undecided = {question.name for question in instrument.questions[place:]}
    number = sum(question.is_asked and question.name in visible for question in instrument.questions[: place + 1])
    return Step(number, number + sum(_may_come(question, visible, undecided) for question in instrument.questions[place + 1 :]))


def _may_come(question: Question, visible: set[str], undecided: set[str]) -> bool:
    is_open = question.condition is not None and bool(names(question.condition) & undecided)
    return question.is_asked and (question.name in visible or is_open)


# --- what was posted


def clean(question: Question, raw: Sequence[str], places: Mapping[str, str] = _NO_PLACES) -> Answer | Refused:
    """The answer in what a form posted for this question, or the reason it cannot be taken. Never raises.

    `raw` holds every value posted under the question's name, in the page's order. Questions to write or type in have the box first and
    the ways to skip after it; for a picture the box holds what its sender says it shows. `places` (code to name) are accepted for the
    place question when it was not fitted before.
    """
    if question.type == "note":
        return Answer()
    if not question.is_picked:
        return _typed(question, raw)
    return _picked(question, [code for code in raw if code], places)


def _picked(question: Question, raw: Sequence[str], places: Mapping[str, str]) -> Answer | Refused:
    known = [choice.name for choice in question.choices] + (list(places) if question.from_places else [])
    real, skips = set(raw) - set(SKIP_CODES), [code for code in SKIP_CODES if code in raw]
    if not real <= set(known):
        return Refused("unknown_choice")
    if real and skips:
        return Refused("answer_and_skip")
    order = raw if question.type == "rank" else known
    return _together(question, real) or Answer(codes=tuple(dict.fromkeys(code for code in order if code in real)) or tuple(skips[-1:]))


def _together(question: Question, codes: Set[str]) -> Refused | None:
    """Why these cannot all be picked."""
    if len(codes) > 1 and question.type == "select_one":
        return Refused("one_only")
    if len(codes) > 1 and any(choice.alone for choice in question.choices if choice.name in codes):
        return Refused("alone")
    if question.type == "rank" and len(codes) > most_ranked(question):
        return Refused("at_most", {"most": most_ranked(question)})
    return None


def most_ranked(question: Question) -> int:
    """How many may be put in order."""
    return min(question.end or len(question.choices), len(question.choices))


def _typed(question: Question, raw: Sequence[str]) -> Answer | Refused:
    box, skips = tidy(raw[0], one_line=question.kind in ("line", "number")) if raw else "", [code for code in raw[1:] if code]
    if isinstance(box, Refused):
        return box
    if not set(skips) <= set(SKIP_CODES):
        return Refused("unknown_choice")
    if box and skips:
        # Words beside "I don't want to say" may be words somebody thought better of: ask, never guess.
        return Refused("answer_and_skip")
    if not box:
        return Answer(codes=tuple(skips[-1:]))
    return _number(question, box) if question.type == "integer" else Answer(words=box)


def _number(question: Question, text: str) -> Answer | Refused:
    digits = text.removeprefix("-")
    if not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
        return Refused("number")
    number = int(text)
    inside = (question.start is None or number >= question.start) and (question.end is None or number <= question.end)
    return Answer(number=number) if inside else Refused("range", {"start": question.start or 0, "end": question.end or 0})


def read_answers(instrument: Instrument, raw: Mapping[str, Sequence[str]]) -> Reading:
    """Everything posted for an instrument, by question name: what can be taken, and why the rest cannot. Never raises.

    A constraint is asked once the answers before it are known; what was passed over is never held against one.
    """
    answers: dict[str, Answer] = {}
    refused: dict[str, Refused] = {}
    for question in (each for each in instrument.questions if each.name in raw):
        found = clean(question, raw[question.name])
        wrong = found if isinstance(found, Refused) else _over_the_limit(instrument, question, found, answers)
        if wrong:
            refused[question.name] = wrong
        elif isinstance(found, Answer):
            answers[question.name] = found
    return Reading(answers, refused)


def _over_the_limit(instrument: Instrument, question: Question, answer: Answer, before: Answers) -> Refused | None:
    if question.limit is None or answer.is_skipped:
        return None
    values = {one.name: _value(one, before[one.name]) for one in shown(instrument, before) if one.name in before}
    values[SELF] = _value(question, answer)
    return None if evaluate(question.limit, values) else Refused("constraint", words=question.constraint_message)


def tidy(text: str, *, one_line: bool = False) -> str | Refused:
    """Words as they are kept: NFC, plain line ends, no control characters, no marks that turn the reading direction, nothing around.

    Too long is refused, never cut: what is cut may be what mattered.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    plain = "".join(sign for sign in lines if sign == "\n" or (sign not in _TURNING and unicodedata.category(sign) not in ("Cc", "Cs")))
    if len(plain) > 4 * LONGEST_WORDS:
        # Composing very long runs of accents is slow, and no script needs four marks a letter.
        return Refused("too_long", {"most": LONGEST_WORDS, "length": len(plain)})
    words = unicodedata.normalize("NFC", " ".join(plain.split()) if one_line else plain).strip()
    return Refused("too_long", {"most": LONGEST_WORDS, "length": len(words)}) if len(words) > LONGEST_WORDS else words


def as_posted(question: Question, answer: Answer) -> tuple[str, ...]:
    """The values a form posts for this answer: `clean(question, as_posted(question, answer))` gives it back. For hidden fields."""
    if question.is_picked or answer.is_empty:
        return answer.codes
    return (answer.words if answer.number is None else str(answer.number), *answer.codes)


# --- what it means


def canonical(answers: Answers) -> bytes:
    """The answers as one fixed row of bytes (UTF-8 JSON, names sorted, empty ones left out): equal answers, equal bytes, equal digest."""
    data = {name: _plain(answer) for name, answer in answers.items() if not answer.is_empty}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(answer: Answer) -> dict[str, Any]:
    if answer.codes:
        return {"codes": list(answer.codes)}
    return {"words": answer.words} if answer.number is None else {"number": answer.number}


def from_canonical(data: bytes) -> dict[str, Answer]:
    """The answers that `canonical` wrote. For data of our own making: raises ValueError, KeyError or TypeError on anything else."""
    return {
        name: Answer(codes=tuple(one.get("codes", ())), words=one.get("words", ""), number=one.get("number"))
        for name, one in json.loads(data).items()
    }


def meaning(instrument: Instrument, answers: Answers) -> Meaning:
    """What these answers come to, worked out once: what is counted, what was said in words, the coarse facts about the sender."""
    visible = shown(instrument, answers)
    given = _kept(visible, answers)
    told = {question.role: given[question.name].codes[0] for question in reversed(visible) if _tells(question, given)}
    return Meaning(
        counted={question.name: given[question.name] for question in visible if question.name in given and not question.is_of_code},
        views=tuple((name, answer.words) for name, answer in given.items() if answer.words),
        coarse=Coarse(told.get("age_band"), told.get("place"), told.get("speaker") or instrument.speaker),
        may_be_quoted=told.get("permission") == YES,
        moment=told.get("moment"),
        own_code={question.name: _part(given.get(question.name, Answer())) for question in visible if question.is_of_code},
        picture=next((question for question in visible if question.is_picture), None),
    )


def _tells(question: Question, given: Answers) -> bool:
    """Whether something about the sender was picked there."""
    return question.role is not None and question.name in given and bool(given[question.name].codes) and not given[question.name].is_skipped


def _part(answer: Answer) -> str | None:
    if answer.is_skipped:
        return None
    return answer.codes[0] if answer.number is None else str(answer.number)
