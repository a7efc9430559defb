"""What a results page shows of the tallies: each question in the way of its kind, for everyone or for groups beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from flask_babel import gettext as _

from voice.asking import GAVE_PICTURE, ActivityFacts, Choice, Question, in_language
from voice.counting.folding import FIRST, HIGHEST
from voice.counting.results.drawing import Piece, pieces
from voice.counting.results.tallied import Tallied, Who
from voice.counting.rules import FEWEST
from voice.counting.saying import value_labels
from voice.counting.showing import percent
from voice.counting.sources import MOST_VALUES, questions_of, values_of

DESK: Final = "en"
"""The desk speaks English."""
BINS: Final = 8
TONES: Final = {1: (0,), 2: (0, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
"""Colours that so many answers have, as far from each other as can be; more answers are not told apart by colour."""


@dataclass(frozen=True)
class Cell:
    """So many people, and out of 100 of those who took part."""

    people: int
    percent: int


@dataclass(frozen=True)
class Row:
    """An answer, with a cell for each column. `quiet`: a way to pass, or not answering. `tone`: its colour in a bar, from 0 (warm) to 4, if any."""

    code: str
    label: str
    cells: Sequence[Cell]
    face: int | None = None
    quiet: bool = False
    tone: int | None = None


@dataclass(frozen=True)
class Column:
    """Some people. `of`: how many took part; `answered`: how many of them answered this; `mean`: of what they typed."""

    value: str
    heading: str
    of: int
    answered: int
    mean: float | None = None


@dataclass(frozen=True)
class Block:
    """Rows that stand together, under a heading where a question has several such."""

    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Result:
    """One question. Without columns too few answered; `few` are groups that are not shown. `pictured`: it is
    answered with a picture."""

    name: str
    label: str
    kind: str
    many: bool
    columns: Sequence[Column]
    blocks: Sequence[Block]
    few: Sequence[str] = field(default=())
    pictured: bool = False

    @property
    def bars(self) -> list[tuple[Column, list[tuple[Row, Cell, Piece]]]]:
        """A whole bar for each group, split by answers; none where a person may pick several, where answers are many or where it is of one group."""
        rows = self.blocks[0].rows if self.blocks else ()
        if self.many or len(self.columns) < 2 or any(row.tone is None and not row.quiet for row in rows):
            return []
        return [(column, self._split(rows, at)) for at, column in enumerate(self.columns)]

    @staticmethod
    def _split(rows: Sequence[Row], at: int) -> list[tuple[Row, Cell, Piece]]:
        cells = [row.cells[at] for row in rows]
        return list(zip(rows, cells, pieces([each.people for each in cells]), strict=True))


@dataclass(frozen=True)
class Group:
    """Whom a column is of."""

    who: Who
    heading: str


def groups(activity: ActivityFacts, found: Tallied, at: int = 0, before: Who = ()) -> list[Group]:
    """Everyone, where figures are cut by nothing; else every value of the fact in this place of `by`, whether anybody is of it or not.
    `before`: the values of the facts before it."""
    if not found.by:
        return [Group((), _("Everyone"))]
    fact, labels = found.by[at], value_labels(activity, found.by[at])
    known = dict.fromkeys([*values_of(activity, fact), *found.values(at)])
    rest = (None,) * (len(found.by) - len(before) - 1)
    return [Group((*before, value, *rest), labels.get(value, value)) for value in known]


def results(activity: ActivityFacts, found: Tallied, own: Sequence[Group], only: str = "") -> list[Result]:
    """Every question with something to count, or the one of this name, of these groups beside each other."""
    return [_result(found, each, own) for each in _asked(activity) if each.type != "text" and only in ("", each.name)]


def worded(activity: ActivityFacts) -> list[str]:
    """Questions that are answered in words, which are read and not counted."""
    return [in_language(each.label, DESK).text for each in _asked(activity) if each.type == "text"]


def counted_questions(activity: ActivityFacts) -> list[tuple[str, str]]:
    """Name and words of every question with something to count."""
    return [(each.name, in_language(each.label, DESK).text) for each in _asked(activity) if each.type != "text"]


def _asked(activity: ActivityFacts) -> list[Question]:
    return [each for each in questions_of(activity) if each.is_asked and not each.role]


def _result(found: Tallied, question: Question, own: Sequence[Group]) -> Result:
    shown = [each for each in own if found.answered(each.who, question.name) is not None]
    columns = [_column(found, question, each) for each in shown]
    few = [each.heading for each in own if each not in shown]
    blocks = _blocks(found, question, shown) if columns else []
    many = question.type in ("select_multiple", "rank")
    return Result(question.name, in_language(question.label, DESK).text, question.kind, many, columns, blocks, few, question.is_picture)


def _column(found: Tallied, question: Question, group: Group) -> Column:
    of, answered = found.size(group.who) or 0, found.answered(group.who, question.name) or 0
    mean = _mean(found.given(group.who, question.name) or {}) if question.type == "integer" else None
    return Column(group.who[-1] or "" if group.who else "", group.heading, of, answered, mean)


def _blocks(found: Tallied, question: Question, shown: Sequence[Group]) -> list[Block]:
    """Answers in the order they were offered; the most picked first, where several may be. Ways to pass that nobody took are left out."""
    skips = [replace(each, quiet=True) for each in _rows(found, question.name, question.skips, shown)]
    passed = [each for each in (*skips, _passed(found, question, shown)) if any(cell.people for cell in each.cells)]
    rows = _rows(found, question.name, question.choices, shown)
    if question.type == "rank":
        firsts = Block(_("Put first"), _most_first(_rows(found, question.name + FIRST, question.choices, shown)))
        return [firsts, Block(_("Among those picked"), [*_most_first(rows), *passed])]
    if question.is_picture:
        rows = [_row(found, question.name, shown, (GAVE_PICTURE,), _("Sent a picture"))]
    elif question.type == "integer":
        rows = _numbers(found, question, shown)
    elif question.type == "select_multiple":
        rows = _most_first(rows)
    else:
        rows = _toned(rows)
    return [Block("", [*rows, *passed])] if rows else []


def _most_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda each: -sum(cell.people for cell in each.cells))


def _toned(rows: Sequence[Row]) -> list[Row]:
    """With the colours of their faces, or of their place among the answers."""
    if rows and all(each.face for each in rows):
        return [replace(each, tone=5 - (each.face or 5)) for each in rows]
    return [replace(each, tone=tone) for each, tone in zip(rows, TONES[len(rows)], strict=True)] if len(rows) in TONES else list(rows)


def _rows(found: Tallied, name: str, choices: Sequence[Choice], shown: Sequence[Group]) -> list[Row]:
    return [_row(found, name, shown, (each.name,), in_language(each.label, DESK).text, each.face) for each in choices]


def _row(found: Tallied, name: str, shown: Sequence[Group], codes: Sequence[str], label: str, face: int | None = None) -> Row:
    """How many gave any of these answers, of which a person can give but one."""
    people = [sum((found.given(each.who, name) or {}).get(code, 0) for code in codes) for each in shown]
    return Row(codes[0], label, [_cell(found, each, count) for each, count in zip(shown, people, strict=True)], face)


def _passed(found: Tallied, question: Question, shown: Sequence[Group]) -> Row:
    people = [(found.size(each.who) or 0) - (found.answered(each.who, question.name) or 0) for each in shown]
    cells = [_cell(found, each, count) for each, count in zip(shown, people, strict=True)]
    return Row("", _("Did not answer this, or was not asked"), cells, quiet=True)


def _cell(found: Tallied, group: Group, people: int) -> Cell:
    return Cell(people, percent(people, found.size(group.who) or 1) or 0)


def _numbers(found: Tallied, question: Question, shown: Sequence[Group]) -> list[Row]:
    """Each number there may be where they are few, else as many stretches of them as fit."""
    typed = [int(code) for each in shown for code in found.given(each.who, question.name) or {} if _is_number(code)]
    low = question.start if question.start is not None else min(typed, default=0)
    high = min(HIGHEST, question.end if question.end is not None else max(typed, default=low))
    width = 1 if high - low < MOST_VALUES else -(-(high - low + 1) // BINS)
    found_rows = list[Row]()
    for at in range(low, high + 1, width):
        codes = [str(each) for each in range(at, min(at + width, high + 1))]
        found_rows.append(_row(found, question.name, shown, codes, _stretch(at, width, high)))
    return found_rows


def _stretch(at: int, width: int, high: int) -> str:
    last = min(at + width - 1, high)
    return str(at) if at == last else _("%(low)s to %(high)s", low=at, high=last)


def _mean(given: Mapping[str, int]) -> float | None:
    """Of what was typed, by those who typed anything; None where they are fewer than ten."""
    typed = {int(code): people for code, people in given.items() if _is_number(code)}
    people = sum(typed.values())
    return sum(number * count for number, count in typed.items()) / people if people >= FEWEST else None


def _is_number(code: str) -> bool:
    return code.removeprefix("-").isdecimal()
