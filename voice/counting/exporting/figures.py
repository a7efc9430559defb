"""Exact figures to take: what officers read on a page, as tables. What is too few to show is not in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from flask_babel import gettext as _

from voice.asking import ActivityFacts, in_language
from voice.counting.composing import FILTERS
from voice.counting.exporting.tables import Column, Row, Table
from voice.counting.folding import FACTS, FIRST
from voice.counting.results.exact import Line, exact_tables
from voice.counting.saying import value_labels
from voice.counting.sources import questions_of
from voice.counting.wording import RELEASE_FACTS

SINGLE: Final = ((), *((fact,) for fact in FACTS))
DOUBLE: Final = tuple(combinations(FILTERS, 2))
HIDDEN: Final = "too_few"


def figures(activity: ActivityFacts) -> Table:
    """Of everyone, and by each fact alone."""
    about = _("How many people gave each answer: of everyone, and by age, place, who is speaking, way in and language, one at a time.")
    return _table("figures", _("Figures"), about, activity, SINGLE)


def figures_by_two(activity: ActivityFacts) -> Table:
    """By age, place and who is speaking, two at a time."""
    about = _("How many people gave each answer, by two facts at once: age and place, age and who is speaking, place and who is speaking.")
    return _table("figures_by_two", _("Figures by two facts"), about, activity, DOUBLE)


def _table(name: str, title: str, about: str, activity: ActivityFacts, cuts: Sequence[Sequence[str]]) -> Table:
    """However many answered, it is a few thousand rows: they are read at once, so that no reader who is slow keeps the database waiting."""
    rows, rule = list(_rows(activity, cuts)), _("Fewer than 10 people are too few to show, and so is whatever they could be worked out from.")
    return Table(name, title, f"{about} {rule}", _columns(), lambda: iter(rows))


def _columns() -> tuple[Column, ...]:
    return (
        Column("fact", "Fact", "What these people have in common; two facts are joined by +. Empty: everyone."),
        Column("value", "Value", "Which of its values; two are joined by +. Empty: everyone, or they did not say."),
        Column("who", "Who", "The same in words.", always=True),
        Column("question", "Question", "Its name, as in the codebook; with #1: what was put first. Empty: how many people there are."),
        Column("question_label", "Question in words", "In English."),
        Column("code", "Answer", "Its code. Empty: how many answered the question at all."),
        Column("code_label", "Answer in words", "In English."),
        Column("people", "People", "How many. Empty: too few to show.", "integer"),
        Column("percent", "Out of 100", "Of 100 of these people; where it tells how many they are, of 100 who took part.", "integer"),
        Column("note", "Note", "Why there is no figure.", codes={HIDDEN: "Too few to show"}),
    )


def _rows(activity: ActivityFacts, cuts: Sequence[Sequence[str]]) -> Iterator[Row]:
    words = _Words(activity)
    for cut in cuts:
        for line in exact_tables(activity, cut):
            yield words.row(line)


class _Words:
    """What facts, questions and answers are called, looked up once a file."""

    def __init__(self, activity: ActivityFacts) -> None:
        self.everyone = str(_("Everyone who took part"))
        self.values = {fact: value_labels(activity, fact) for fact in FACTS}
        questions = questions_of(activity)
        self.questions = {each.name: in_language(each.label, "en").text for each in questions}
        self.codes = {each.name: {one.name: in_language(one.label, "en").text for one in (*each.choices, *each.skips)} for each in questions}

    def row(self, line: Line) -> Row:
        name = line.question.removesuffix(FIRST)
        label = self.questions.get(name, "")
        first = f"{label} ({_('put first')})" if line.question.endswith(FIRST) else label
        answer = self.codes.get(name, {}).get(line.code, line.code)
        note = HIDDEN if line.people is None else ""
        return (line.fact, line.value, self._who(line), line.question, first, line.code, answer, line.people, line.percent, note)

    def _who(self, line: Line) -> str:
        if not line.fact:
            return self.everyone
        facts, values = line.fact.split("+"), line.value.split("+")
        return ", ".join(f"{RELEASE_FACTS[fact]}: {self.values[fact].get(value, value)}" for fact, value in zip(facts, values, strict=True))
