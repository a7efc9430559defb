"""Coded answers as cells: for each question its columns, and how they are read from what one person sent. What is no code of the question’s own is
left out, whatever it is: so no word can be in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from flask_babel import gettext as _

from voice import asking
from voice.asking import ActivityFacts, Question
from voice.counting.exporting.tables import Column
from voice.counting.sources import asked_of, questions_of

Reader: TypeAlias = Callable[[Mapping[str, Any]], Sequence[str | int | None]]
"""From the answers of one person to the cells of one question."""


class Read(NamedTuple):
    reader: Reader
    columns: Sequence[Column]


def reads(activities: Sequence[ActivityFacts]) -> list[Read]:
    """Every question that is counted, of all waves; the newest first, whose words count."""
    books: dict[str, Question] = {}
    codes: dict[str, dict[str, str]] = {}
    for activity in activities:
        own = {each.name: each for each in questions_of(activity)}
        for asked in asked_of(activity):
            question = books.setdefault(asked.name, own[asked.name])
            if own[asked.name].type == question.type:
                known = codes.setdefault(asked.name, {})
                labels = {each.name: asking.in_language(each.label, "en").text for each in (*own[asked.name].choices, *own[asked.name].skips)}
                known |= {code: labels.get(code, code) for code in asked.codes if code not in known}
    return [_read(question, codes[name]) for name, question in books.items()]


def _read(question: Question, codes: Mapping[str, str]) -> Read:
    label = asking.in_language(question.label, "en").text
    if question.type in ("select_multiple", "rank"):
        ranks = question.type == "rank"
        about = _("In which place it was put. Empty: not put in order.") if ranks else _("1: picked. 0: not. Empty: passed over.")
        columns = [Column(f"{question.name}.{code}", f"{label} {words}", about, "integer") for code, words in codes.items()]
        return Read((_places if ranks else _marks)(question.name, list(codes)), columns)
    return Read(_one(question.name, frozenset(codes)), [Column(question.name, label, _("Empty: passed over."), codes=codes)])


def _one(name: str, codes: frozenset[str]) -> Reader:
    def read(answers: Mapping[str, Any]) -> Sequence[str]:
        given = answers.get(name)
        code = given[0] if isinstance(given, list) and given else str(given)
        return (code if code in codes else "",)

    return read


def _marks(name: str, codes: Sequence[str]) -> Reader:
    passed = (None,) * len(codes)

    def read(answers: Mapping[str, Any]) -> Sequence[int | None]:
        given = answers.get(name)
        return tuple([int(code in given) for code in codes]) if isinstance(given, list) and given else passed

    return read


def _places(name: str, codes: Sequence[str]) -> Reader:
    passed = (None,) * len(codes)

    def read(answers: Mapping[str, Any]) -> Sequence[int | None]:
        given = answers.get(name)
        return tuple([given.index(code) + 1 if code in given else None for code in codes]) if isinstance(given, list) and given else passed

    return read
