"""What every question and every code means: the table that goes with every file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from flask_babel import gettext as _

from voice import asking
from voice.asking import ActivityFacts, Instrument, Question
from voice.counting.exporting.tables import Column, Row, Table
from voice.counting.folding import FACTS
from voice.counting.saying import instrument_of, value_labels
from voice.counting.sources import asked_of, values_of
from voice.counting.wording import RELEASE_FACTS

FIXED: Final = (
    Column(
        "part", "Part", "A fact about the sender, or a question.", codes={"fact": "A fact about the sender", "question": "A question"}, always=True
    ),
    Column("name", "Name", "What the fact or question is called in every file.", always=True),
    Column("code", "Code", "Empty: the line tells of the question itself. Else it tells of one of its answers, or of one value of the fact."),
    Column("wording", "Wording", "Whose words these are, where younger ages have words of their own; empty: everyone’s."),
    Column("type", "Type", "As in XLSForm: select_one, select_multiple, rank, integer, text, draw, image or note."),
    Column("role", "Role", "What it tells of the sender, where it does: age_band, place, speaker, permission."),
    Column("asked_of", "Asked of", "The ages it is for: younger (4 to 7), middle (8 to 10), older; empty: all."),
    Column("asked_when", "Asked when", "The condition under which it is asked, as in XLSForm; empty: always."),
    Column(
        "in_files",
        "In files",
        "Whether its answers are in these files.",
        codes={"yes": "Yes", "no": "No, as words and pictures"},
    ),
    Column("version", "Version", "The version of the questions it stands in; empty: an earlier one.", "integer"),
)


def codebook(activities: Sequence[ActivityFacts]) -> Table:
    """Of these activities, which are waves of one, or one alone; the newest first, whose words count."""
    languages = list(dict.fromkeys(code for each in activities for code in instrument_of(each).languages))
    columns = [*FIXED, *(Column(f"label_{code}", f"Label ({code})", f"The words in {_named(code)}.") for code in languages)]
    about = _("Every question, with its answers, what each means in every language it was asked in, and when it is asked.")
    rows = list(_rows(activities, languages))
    return Table("codebook", _("Codebook"), about, columns, lambda: iter(rows))


def _named(code: str) -> str:
    return "Easy Read English" if code == "easy" else f"the language “{code}”"


def _rows(activities: Sequence[ActivityFacts], languages: Sequence[str]) -> Iterator[Row]:
    newest = activities[0]
    for fact in FACTS:
        yield from _fact(newest, fact, languages)
    told: set[tuple[str, str]] = set()
    for each in activities:
        instrument, counted = instrument_of(each), {one.name for one in asked_of(each)}
        for question in instrument.questions:
            if (question.name, "") not in told:
                yield from _question(instrument, question, question.name in counted, languages)
            told |= {(question.name, ""), *((question.name, choice.name) for choice in (*question.choices, *question.skips))}
    for name, codes in asking.codebook(newest.instrument).items():
        for code, words in codes.items():
            if (name, code) not in told:
                yield ("question", name, code, "", "", "", "", "", "", None, *_in(words, languages))


def _fact(activity: ActivityFacts, fact: str, languages: Sequence[str]) -> Iterator[Row]:
    """Facts are named in English; what a question about one offers has its words with the question."""
    yield ("fact", fact, "", "", "", "", "", "", "yes", None, *_in({"en": str(RELEASE_FACTS[fact])}, languages))
    labels = value_labels(activity, fact)
    for value in values_of(activity, fact):
        if value:
            yield ("fact", fact, value, "", "", "", "", "", "yes", None, *_in({"en": labels.get(value, value)}, languages))


def _question(instrument: Instrument, question: Question, is_counted: bool, languages: Sequence[str]) -> Iterator[Row]:
    kept = "yes" if is_counted else "no"
    facts = (question.type, question.role or "", " ".join(question.asked_of), question.relevant, kept, instrument.version)
    yield ("question", question.name, "", "", *facts, *_in(question.label, languages))
    for age, words in question.by_age.items():
        if words.label:
            yield ("question", question.name, "", age, *facts, *_in(words.label, languages))
    for choice in (*question.choices, *question.skips):
        yield ("question", question.name, choice.name, "", *facts, *_in(choice.label, languages))
        for age, label in choice.by_age.items():
            yield ("question", question.name, choice.name, age, *facts, *_in(label, languages))


def _in(words: Mapping[str, str], languages: Sequence[str]) -> tuple[str, ...]:
    """In each language, where it was written in it."""
    return tuple(words.get(code, "") for code in languages)
