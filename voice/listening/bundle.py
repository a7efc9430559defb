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

from voice import asking
from voice.asking import Instrument, Question, Refused, Step
from voice.listening import showing
from voice.listening.queries import Asked
from voice.listening.walking import Place
from voice.web.locale import day, language

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


def whole(found: Asked, wording: str | None, key: Mapping[str, str]) -> str:
    """The document. `key` is what the phone seals to: its id and its point."""
    parts = list(_parts(found))
    return render_template("listening/all.html", found=found, parts=parts, data=data(found, wording, key))


def data(found: Asked, wording: str | None, key: Mapping[str, str]) -> dict[str, Any]:
    """The rules and the facts, as JSON for walk.js."""
    code = language().code
    questions = definitions(found.instrument, code)
    return {
        "slug": found.activity.slug,
        "language": code,
        "wording": wording,
        "digest": hashlib.sha256(repr(questions).encode()).hexdigest()[:16],
        "key": dict(key),
        "questions": questions,
        "marks": MARKS,
        "says": _says(),
    }


def definitions(instrument: Instrument, code: str) -> list[dict[str, Any]]:
    """Each question as the phone's rules read it; what is empty is left out."""
    return [{name: value for name, value in _definition(question, code) if value not in (None, "", [], False)} for question in instrument.questions]


def _definition(question: Question, code: str) -> Iterator[tuple[str, Any]]:
    yield from {"name": question.name, "type": question.type, "kind": question.kind, "start": question.start, "end": question.end}.items()
    yield "relevant", asking.as_json(question.condition) if question.condition else None
    yield "constraint", asking.as_json(question.limit) if question.limit else None
    yield "message", asking.in_language(question.constraint_message, code).text if question.constraint_message else None
    yield "randomize", question.randomize
    choices = [
        {"name": each.name, "label": asking.in_language(each.label, code).text, "fixed": each.fixed, "alone": each.alone} for each in question.choices
    ]
    yield "choices", [{name: value for name, value in each.items() if value} for each in choices]


def _says() -> dict[str, Any]:
    """Sentences that stand on no page of their own. What fills them (`%(most)s`) is filled in on the phone."""
    fills = {name: f"%({name})s" for name in _FILLS}
    return {
        "refused": {key: asking.sentence(Refused(key, cast(Mapping[str, int], fills))) for key in _SENTENCES},
        "back": _("Back to your answers"),
        "unkept": _("There is no signal, and this phone could not keep it. Your words are still here. Try again when there is signal."),
        "lost": _("That did not reach us. Your words are still here. Try again in a minute."),
    }


# --- pages


def _parts(found: Asked) -> Iterator[Markup]:
    nowhere = Place(where="question", raw={}, answers={})
    yield _part("start", "start", found=found, carried=[], key=None)
    for question in found.instrument.questions:
        yield from _question(found, question)
    yield _part("check", "check", found=found, place=nowhere, lines=[], key=None)
    yield _part("nothing", "nothing", found=found, place=nowhere)
    yield _part("different", "different", found=found, place=nowhere)
    yield _part("kept", "kept", found=found, words=(), picture=_no_picture)
    yield _part("kept-words", "kept", found=found, words=(SAID,), picture=_no_picture)
    yield _part("sent", "thank_you", found=found, words=(SAID,), picture=_no_picture, received_on=None, day=_day)
    for why in REFUSED:
        yield _part(f"refused:{why}", "refused", found=found, why=why)


def _question(found: Asked, question: Question) -> Iterator[Markup]:
    """The page as it is asked and as it is asked again after a slip, and its line on the check page: said, picked, passed over."""
    place = Place(where="question", raw={}, answers={}, question=question)
    page = showing.page(found.instrument, place, question, language().code)
    steps = Step(cast(int, NUMBER), cast(int, TOTAL))
    page = replace(page, label=asking.in_language(question.label, language().code), step=steps)
    yield _part(f"ask:{question.name}", "question", found=found, place=place, question=page, key=None)
    if not question.is_asked:
        return
    yield _part(f"wrong:{question.name}", "question", found=found, place=place, question=replace(page, refused=WHY), key=None)
    line = showing.Line(question.name, cast(int, NUMBER), page.label, [], "")
    options = [*page.options, *page.skips]
    for name, filled in {"none": line, "said": replace(line, said=SAID), "picked": replace(line, picked=options)}.items():
        if name != "said" or question.type in ("text", "integer"):
            yield _line(f"{name}:{question.name}", found=found, line=filled)


def _part(part: str, template: str, **more: Any) -> Markup:
    page = render_template(f"listening/{template}.html", bare="listening/_bare.html", part=part, **more)
    return Markup(page)  # noqa: S704  # a page of ours, escaped where it was made


def _line(part: str, **more: Any) -> Markup:
    return Markup(render_template("listening/_line.html", part=part, **more))  # noqa: S704  # as above


def _no_picture(_word: str) -> Markup:
    return _FRAME


def _day(when: date | None) -> str:
    return day(when) if when else DAY
