"""The way through the questions, as a plain decision: what was posted goes in, where to go next comes out.

Nothing is remembered between two pages. Every page carries all earlier answers, so there is no draft on a server to lose or to find.
A picture cannot be carried: it is asked for on the page from which all is sent, after everything else was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from voice.asking import (
    Answer,
    Instrument,
    Question,
    Refused,
    Wording,
    as_posted,
    kept,
    most_ranked,
    next_question,
    picture_question,
    previous_question,
    read_answers,
    shown,
)

Raw: TypeAlias = Mapping[str, tuple[str, ...]]
"""Question name to the values posted for it. A question with an entry has been on the screen; an empty entry was passed over."""

UNANSWERED = ("",)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What goes along unchanged from page to page."""

    wording: Wording | None = None  # whose words; None: the instrument has but one way to say it, or nobody chose yet
    seed: str = ""  # the order of choices that come in no order of ours; kept nowhere
    door: str = ""  # what they want of us beside being heard; empty: nobody picked yet
    contact: tuple[tuple[str, str], ...] = ()  # how to reach them, as typed: field and value

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Hidden fields (name, value)."""
        named = (("w", self.wording or ""), ("seed", self.seed), ("door", self.door), *self.contact)
        return [(name, value) for name, value in named if value]

    def typed(self, name: str) -> str:
        """What was typed or picked in this field of the contact page."""
        return dict(self.contact).get(name, "")


@dataclass(frozen=True, kw_only=True)
class Posted:
    """One page of the walk as it comes in."""

    at: str  # the question on the page; empty on the start page and the check page
    go: str  # next, back, skip, check, ages, stay, change:<name>, or pick:<code>
    raw: Raw
    returning: bool = False  # came from the check page to change one answer
    checking: bool = False  # the page is the check page
    contacting: bool = False  # the page asks how to reach them
    picturing: bool = False  # the page asks for a picture
    visit: Visit = field(default_factory=Visit)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the walk is now, and all it carries."""

    where: Literal["start", "question", "check", "contact", "picture"]
    raw: Raw
    answers: Mapping[str, Answer]  # those that could be taken, shown now or not
    question: Question | None = None
    refused: Refused | None = None
    returning: bool = False
    touched: str = ""  # what was just put in or out of an order, so that the finger finds it again
    visit: Visit = field(default_factory=Visit)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Hidden fields (name, value): every earlier answer but that of the question on the page."""
        here = self.question.name if self.question else None
        return [(name, value) for name, values in self.raw.items() if name != here for value in values]


@dataclass(frozen=True)
class _Walk:
    """One posted page, read."""

    instrument: Instrument
    raw: Raw
    answers: Mapping[str, Answer]
    refused: Mapping[str, Refused]
    visit: Visit

    def start(self) -> Place:
        return Place(where="start", raw=self.raw, answers=self.answers, visit=self.visit)

    def at(self, question: Question, *, returning: bool = False, refused: Refused | None = None) -> Place:
        return Place(where="question", raw=self.raw, answers=self.answers, question=question, refused=refused, returning=returning, visit=self.visit)

    def check(self) -> Place:
        """The check page, or the first question whose answer cannot be taken as it is."""
        for question in shown(self.instrument, self.answers):
            if question.name in self.refused:
                why = self.refused[question.name]
                return self.picture(question, why) if question.is_picture else self.at(question, returning=True, refused=why)
        return Place(where="check", raw=self.raw, answers=self.answers, visit=self.visit)

    def picture(self, question: Question, refused: Refused | None = None) -> Place:
        return Place(where="picture", raw=self.raw, answers=self.answers, question=question, refused=refused, visit=self.visit)


def walk(instrument: Instrument, posted: Posted) -> Place:
    """Where this post leads. What cannot be followed (a question that is not there, an unknown wish) leads to the start, with all answers."""
    here = _known(instrument, posted.at)
    read = _read(instrument, posted, here)
    wish, _, wanted = posted.go.partition(":")
    if wish == "check":
        return read.check()
    if wish == "change":
        return _change(read, wanted)
    if wish == "stay":
        return _stay(read, here, posted)
    if here is None:
        return _from_outside(read, wish)
    if wish == "pick":
        return _pick(read, here, posted, wanted)
    if wish == "back":
        return _back(read, here, posted.returning)
    return _onward(read, here, posted.returning) if wish in ("next", "skip") else read.start()


def answered(instrument: Instrument, posted: Posted) -> Place:
    """What is about to be sent: the check page's place, or the question to look at again first."""
    return walk(instrument, replace(posted, at="", go="check"))


def asking_picture(instrument: Instrument, place: Place) -> Place:
    """The page that asks for the picture, after everything else. Only where one is asked for."""
    return replace(place, where="picture", question=picture_question(instrument, place.answers))


def given_and_passed(instrument: Instrument, place: Place) -> Place | None:
    """Where a picture came, the page that asks for it again if a way to pass it was ticked as well."""
    asked = asking_picture(instrument, place)
    passed = asked.question and place.answers.get(asked.question.name, Answer()).codes
    return replace(asked, refused=Refused("answer_and_skip")) if passed else None


def said_nothing(instrument: Instrument, place: Place) -> bool:
    """Nothing was picked, written or typed anywhere, and no picture is asked for."""
    return not kept(instrument, place.answers) and not picture_question(instrument, place.answers)


def _known(instrument: Instrument, name: str) -> Question | None:
    return next((question for question in instrument.written if question.name == name), None)


def _read(instrument: Instrument, posted: Posted, here: Question | None) -> _Walk:
    given = {question.name: tuple(posted.raw[question.name]) for question in instrument.questions if question.name in posted.raw}
    if here and (posted.go == "skip" or here.name not in given):
        given[here.name] = UNANSWERED
    read = read_answers(instrument, given)
    # Someone who took another age's words may carry a choice that is not offered there: that question is asked anew.
    gone = {name for name, why in read.refused.items() if why.key == "unknown_choice" and not (here and here.name == name)}
    raw = {name: _again(instrument.question(name), read.answers.get(name), values) for name, values in given.items() if name not in gone}
    refused = {name: why for name, why in read.refused.items() if name not in gone}
    return _Walk(instrument, raw, read.answers, refused, posted.visit)


def _again(question: Question, answer: Answer | None, values: tuple[str, ...]) -> tuple[str, ...]:
    """What the next page carries: an answer as it was taken, or what could not be taken as it was given."""
    return values if answer is None else as_posted(question, answer) or UNANSWERED


def _from_outside(read: _Walk, wish: str) -> Place:
    """From the start page, or from the check page back to the last question."""
    if wish == "next":
        question = next_question(read.instrument, read.answers)
        return read.at(question) if question else read.check()
    if wish == "back":
        return _back(read, None, returning=False)
    if wish == "ages":
        read = replace(read, visit=replace(read.visit, wording=None))
    return read.start()


def _change(read: _Walk, name: str) -> Place:
    found = next((question for question in shown(read.instrument, read.answers) if question.name == name and not question.is_picture), None)
    return read.at(found, returning=True, refused=read.refused.get(name)) if found else read.check()


def _stay(read: _Walk, here: Question | None, posted: Posted) -> Place:
    """The same page again, in another language: nothing is judged, nothing is lost."""
    if here:
        return read.at(here, returning=posted.returning)
    if posted.contacting:
        return replace(read.check(), where="contact")
    if posted.picturing and (picture := picture_question(read.instrument, read.answers)):
        return read.picture(picture)
    return read.check() if posted.checking else read.start()


def _pick(read: _Walk, here: Question, posted: Posted, code: str) -> Place:
    """One thing put at the end of an order, or taken out of it. Where the order is full, the page says so."""
    offered = [choice.name for choice in here.choices]
    picked = [each for each in posted.raw.get(here.name, ()) if each in offered]
    if code in picked:
        picked.remove(code)
    elif len(picked) < most_ranked(here) and code in offered:
        picked.append(code)
    read = replace(read, raw={**read.raw, here.name: tuple(picked) or UNANSWERED})
    return replace(read.at(here, returning=posted.returning), touched=code)


def _back(read: _Walk, here: Question | None, returning: bool) -> Place:
    """One question back; from the check page to the last one."""
    if returning:
        return read.check()
    before = previous_question(read.instrument, read.answers, here.name if here else None)
    return read.at(before, refused=read.refused.get(before.name)) if before else read.start()


def _onward(read: _Walk, here: Question, returning: bool) -> Place:
    if here.name in read.refused:
        return read.at(here, returning=returning, refused=read.refused[here.name])
    following = _unseen_after(read, here) if returning else next_question(read.instrument, read.answers, here.name)
    return read.at(following, returning=returning) if following else read.check()


def _unseen_after(read: _Walk, here: Question) -> Question | None:
    """A changed answer may open a question nobody has seen yet; that one comes before the check page."""
    after = read.instrument.written[read.instrument.written.index(here) + 1 :]
    visible = shown(read.instrument, read.answers)
    return next((question for question in after if question in visible and question.name not in read.raw), None)
