"""A review as pages and paper show it: what is big, which parts there are, rows of charts, three for the poster. From the document alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from voice.delivering.measuring.values import say_value
from voice.delivering.yearly.documents import ActionLine, AnswerLine, Document, MeasureLine, Part, ReadingLine

PARTS: Final = (
    "foreword",
    "introduction",
    "glance",
    "answers",
    "done",
    "not_done",
    "measures",
    "pledges",
    "asks",
    "grown",
    "numbers",
    "four_fs",
    "about",
)
STATES: Final = ("done", "doing", "will", "cant")
STATUSES: Final = ("done", "on_the_way", "not_begun", "stopped", "unsaid")
ON_THE_POSTER: Final = 3
FOR_CHILDREN: Final = 6
GROWN: Final = 8
HUNDRED: Final = 100.0


@dataclass(frozen=True)
class Share:
    """One piece of a bar: so many of them, from where (0 to 100) and how wide."""

    code: str
    amount: int
    start: float
    width: float


@dataclass(frozen=True)
class Row:
    """One bar of a measure's chart. `kind`: baseline, reading or target; `width`: 0 to 100."""

    kind: str
    said: str
    width: float | None
    on: date | None = None
    release: str | None = None


@dataclass(frozen=True)
class Glance:
    """A year in few figures, all of them counts of what grown-ups did."""

    actions: Sequence[Share]
    all_actions: int
    late: int
    answers: Sequence[Share]
    all_answers: int
    waiting: int
    fair: int
    judged: int
    measures: int
    met: int
    nearer: int
    pledges: int
    kept: int


def glance(document: Document) -> Glance:
    actions = [each for part in document.parts for each in (*part.done, *part.not_done)]
    measures = Counter(each.standing for part in document.parts for each in part.measures)
    pledges = [each for part in document.parts for each in part.pledges]
    verdicts = Counter(each.verdict for each in document.answers if each.verdict)
    return Glance(
        actions=shares(STATUSES, (each.status for each in actions)),
        all_actions=len(actions),
        late=sum(each.late for each in actions),
        answers=shares(STATES, (each.state for each in document.answers)),
        all_answers=len(document.answers),
        waiting=sum(each.kind == "theme" for each in document.waiting),
        fair=verdicts["fair"],
        judged=verdicts.total(),
        measures=measures.total(),
        met=measures["met"],
        nearer=measures["nearer"],
        pledges=len(pledges),
        kept=sum(each.own_mark == "kept" for each in pledges),
    )


def shares(codes: Sequence[str], found: Iterable[str]) -> list[Share]:
    """How a bar is divided, in this order; pieces of nothing are left out."""
    counts, start, pieces = Counter(found), 0.0, list[Share]()
    for code in codes:
        width = HUNDRED * counts[code] / counts.total() if counts[code] else 0.0
        if width:
            pieces.append(Share(code, counts[code], round(start, 2), round(width, 2)))
        start += width
    return pieces


def rows(measure: MeasureLine) -> list[Row]:
    """What it was, each reading, what we want; what the plan prints stands as printed. A bar has a width where there is a number."""
    numbers = [each for each in (measure.baseline_value, measure.target_value, *(one.value for one in measure.readings)) if each is not None]
    top = HUNDRED if measure.unit == "percent" else max(numbers, default=0.0)
    found = [Row("baseline", measure.baseline, _width(measure.baseline_value, top))] if measure.baseline else []
    found += [Row("reading", _said(measure, each), _width(each.value, top), each.on, each.release) for each in measure.readings]
    return found + ([Row("target", measure.target, _width(measure.target_value, top))] if measure.target else [])


def _said(measure: MeasureLine, reading: ReadingLine) -> str:
    """A reading in the page's language; what is no number stands as it was said."""
    return reading.said if reading.value is None else say_value(measure.unit, measure.per, reading.value, measure.noun)


def _width(value: float | None, top: float) -> float | None:
    return None if value is None or value < 0 or top <= 0 else round(min(HUNDRED, HUNDRED * value / top), 1)


def parts_of(document: Document) -> list[str]:
    """The parts this review has, in their order. What was not done always has one."""
    has = {
        "foreword": True,
        "introduction": document.introduction is not None,
        "glance": True,
        "answers": True,
        "done": True,
        "not_done": True,
        "measures": any(each.measures for each in document.parts),
        "pledges": any(each.pledges for each in document.parts),
        "asks": bool(document.asks),
        "grown": bool(document.grown or document.releases),
        "numbers": bool(document.releases),
        "four_fs": document.four_fs is not None,
        "about": True,
    }
    return [each for each in PARTS if has[each]]


def by_priority(document: Document) -> list[tuple[Part, list[AnswerLine]]]:
    """Each priority with its answers, in the plan's order; answers of a priority that has ended come last, under the whole plan."""
    known = {each.code for each in document.parts}
    found = [(part, [each for each in document.answers if each.priority == part.code]) for part in document.parts if part.code]
    rest = [each for each in document.answers if each.priority not in known]
    return [(part, some) for part, some in found if some] + ([(Part("", "", "", ""), rest)] if rest else [])


def three_of(answers: Sequence[AnswerLine], most: int = ON_THE_POSTER) -> list[AnswerLine]:
    """Answers to put first: of each kind one, what was done first and what cannot be done too, then those that many said, newest first."""
    order = sorted(answers, key=lambda each: (each.band != "many", -each.published_on.toordinal(), each.slug))
    firsts = [next((each for each in order if each.state in kinds), None) for kinds in (("done",), ("doing", "will"), ("cant",))]
    picked = [each for each in firsts if each]
    return [*picked, *(each for each in order if each not in picked)][:most]


def unfinished(document: Document) -> list[ActionLine]:
    """What was not done, of the whole plan, late first."""
    return sorted((each for part in document.parts for each in part.not_done), key=lambda each: not each.late)


def sentences(words: str) -> list[str]:
    """One idea a line: a text in sentences."""
    lines, line = [], ""
    for word in words.split():
        line = f"{line} {word}".strip()
        if word[-1] in ".!?" and not word.endswith(("e.g.", "i.e.", "St.")):
            lines.append(line)
            line = ""
    return [*lines, line] if line else lines
