"""Everything a phone needs to walk through an activity by itself: each page made by the template the server uses, and the rules as data.

It is the same for everyone. What is one person's own (a number, a word that was picked before, a sentence about a slip) is a mark in
the text, which the phone fills in (`MARKS`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, cast

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from voice import asking, keeping
from voice.asking import Instrument, Question, Refused, Step
from voice.listening import screens, showing
from voice.listening.forms import CONTACT_SENTENCES
from voice.listening.queries import Asked
from voice.listening.walking import Place, Visit
from voice.listening.ways import way
from voice.web.locale import day, language


class Mark(int):
    """A number nobody knows yet: where it is put into words, its mark stands."""

    sign: str

    def __new__(cls, sign: str) -> Mark:
        made = super().__new__(cls, 0)
        made.sign = sign
        return made

    def __str__(self) -> str:
        return self.sign


NUMBER: Final = "\ue001"
TOTAL: Final = "\ue002"
SAID: Final = "\ue003"
WHY: Final = "\ue004"
DAY: Final = "\ue005"
MARKS: Final = {"number": NUMBER, "total": TOTAL, "said": SAID, "why": WHY, "day": DAY}
REFUSED: Final = ("403", "409", "410", "other")
_SENTENCES: Final = ("unknown_choice", "one_only", "alone", "at_most", "answer_and_skip", "number", "range", "too_long")
_FILLS: Final = ("start", "end", "most", "length")
_FRAME: Final = Markup('<svg viewBox="0 0 24 24" aria-hidden="true"></svg>')


def whole(found: Asked, visit: Visit, key: Mapping[str, str]) -> str:
    """The document for one age's words. `key` is what the phone seals to: its id and its point."""
    fitted = found.for_age(visit.wording)
    parts = list(_parts(fitted, visit))
    return render_template("listening/all.html", found=fitted, parts=parts, data=data(fitted, visit.wording, key))


def data(found: Asked, wording: str | None, key: Mapping[str, str]) -> dict[str, Any]:
    """The rules and the facts, as JSON for walk.js."""
    code = language().code
    questions = definitions(found.instrument, code)
    return {
        "slug": found.activity.slug,
        "language": code,
        "wording": wording,
        "along": way().fields(),
        "digest": hashlib.sha256(repr(questions).encode()).hexdigest()[:16],
        "key": dict(key),
        "questions": questions,
        "marks": MARKS,
        "says": _says(),
    }


def definitions(instrument: Instrument, code: str) -> list[dict[str, Any]]:
    """Each question as the phone's rules read it; what is empty is left out."""
    return [{name: value for name, value in _definition(question, code) if _says_something(value)} for question in instrument.questions]


def _says_something(value: object) -> bool:
    """Nought does: it is a bound like any other."""
    return value is not None and value is not False and value not in ("", [])


def _definition(question: Question, code: str) -> Iterator[tuple[str, Any]]:
    yield from {"name": question.name, "type": question.type, "kind": question.kind, "start": question.start, "end": question.end}.items()
    yield "relevant", asking.as_json(question.condition) if question.condition else None
    yield "constraint", asking.as_json(question.limit) if question.limit else None
    yield "message", asking.in_language(question.constraint_message, code).text if question.constraint_message else None
    yield "randomize", question.randomize
    choices = [
        {"name": each.name, "label": asking.in_language(each.label, code).text, "fixed": each.fixed, "alone": each.alone}
        for each in (() if question.is_picture else question.choices)
    ]
    yield "choices", [{name: value for name, value in each.items() if value} for each in choices]


def _says() -> dict[str, Any]:
    """Sentences that stand on no page of their own. What fills them (`%(most)s`) is filled in on the phone."""
    fills = {name: f"%({name})s" for name in _FILLS}
    return {
        "refused": {key: asking.sentence(Refused(key, cast(Mapping[str, int], fills))) for key in _SENTENCES},
        "back": _("Back to your answers"),
        "full": _("This phone has no room to keep your picture. Send it when there is signal. Or take the picture out."),
        "unshrunk": _("This picture is too big to keep on this phone. Send it when there is signal. Or pick another one."),
        "unkept": _("There is no signal, and this phone could not keep it. Your words are still here. Try again when there is signal."),
        "lost": _("That did not reach us. Your words are still here. Try again in a minute."),
    }


# --- pages


def _parts(found: Asked, visit: Visit) -> Iterator[Markup]:
    draw = _Drawing(found, Place(where="start", raw={}, answers={}, visit=visit))
    yield draw.part("start", "start", key=None, ages=())
    if found.wordings:
        yield draw.part("ages", "start", Place(where="start", raw={}, answers={}), key=None, ages=found.wordings)
    for question in found.instrument.written:
        yield from draw.question(question)
    yield from draw.check()
    for question in found.instrument.questions:
        if question.is_picture:
            yield from draw.picture(question)
    if found.asks_words:
        yield from draw.contact()
    yield draw.part("nothing", "nothing")
    yield draw.part("different", "different")
    yield draw.part("kept", "kept", words=())
    yield draw.part("kept-words", "kept", words=(SAID,), picture=_picture)
    yield draw.part("sent", "thank_you", words=(SAID,), picture=_picture, received_on=None, day=_day)
    for why in REFUSED:
        yield draw.part(f"refused:{why}", "refused", why=why)


class _Drawing:
    """Draws the parts of one activity."""

    def __init__(self, found: Asked, place: Place) -> None:
        self.found, self.place = found, place

    def part(self, part: str, template: str, place: Place | None = None, **more: Any) -> Markup:
        page = screens.drawn(template, self.found, place or self.place, bare="listening/_bare.html", part=part, **more)
        return Markup(page)  # noqa: S704  # a page of ours, escaped where it was made

    def page(self, question: Question) -> showing.Page:
        """As the server shows it, with marks; what is filled in from earlier answers is left for the phone."""
        code = language().code
        page = showing.page(self.found.instrument, self.place, question, code)
        return replace(
            page,
            lead=asking.in_language(question.lead, code) if question.lead else None,
            label=asking.in_language(question.label, code),
            hint=asking.in_language(question.hint, code) if question.hint else None,
            step=Step(Mark(NUMBER), Mark(TOTAL)),
        )

    def question(self, question: Question) -> Iterator[Markup]:
        """The page as it is asked, and as it is asked again after a slip."""
        place, page = replace(self.place, where="question", question=question), self.page(question)
        yield self.part(f"ask:{question.name}", "question", place, question=page, key=None)
        if question.is_asked:
            yield self.part(f"wrong:{question.name}", "question", place, question=replace(page, refused=WHY), key=None)

    def check(self) -> Iterator[Markup]:
        """The check page in four shapes; the phone takes from each the lines it needs."""
        place, none = replace(self.place, where="check"), list(map(self.line, filter(_is_asked, self.found.instrument.written)))
        options = {question.name: self.page(question) for question in self.found.instrument.questions}
        shapes = {
            "none": none,
            "said": [replace(line, said=SAID) for line in none],
            "picked": [replace(line, picked=list(options[line.name].options)) for line in none],
            "passed": [replace(line, picked=list(options[line.name].skips)) for line in none],
        }
        for shape, lines in shapes.items():
            yield self.part(f"check:{shape}", "check", place, key=None, lines=lines, more=False)

    def picture(self, question: Question) -> Iterator[Markup]:
        """The page that asks for a picture, from which all is sent, and as it is asked again after a slip."""
        place, page = replace(self.place, where="picture", question=question), self.page(question)
        for part, refused in (("picture", None), ("picture:wrong", WHY)):
            yield self.part(part, "picture", place, question=replace(page, refused=refused), key=None)

    def contact(self) -> Iterator[Markup]:
        """The page that asks how to reach them: as it is asked, and as it is asked again where nothing was said."""
        place = replace(self.place, where="contact")
        yield self.part("contact", "contact", place, key=None, why={}, more=False)
        yield self.part("contact:wrong", "contact", place, key=None, why={"where": CONTACT_SENTENCES["no_way"]}, more=False)

    def line(self, question: Question) -> showing.Line:
        page = self.page(question)
        return showing.Line(
            name=page.name, kind=page.kind, number=Mark(NUMBER), lead=page.lead, label=page.label, picture=page.picture, picked=[], said=""
        )


def _is_asked(question: Question) -> bool:
    return question.is_asked


def _picture(word: str) -> Markup:
    return _FRAME if word == SAID else keeping.picture(word)


def _day(when: date | None) -> str:
    return day(when) if when else DAY
