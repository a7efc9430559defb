"""The board's account of a term: its parts, its terms and addresses, and who may let it out. Plain Python."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from voice.asking import name_of_term, term_of

PARTS: Final = ("hello", "heard", "mattered", "words", "asks", "answers", "drafts", "councils", "next")
"""In the order they are read."""
ONLY_WORDS: Final = frozenset({"hello", "next"})


@dataclass(frozen=True)
class Line:
    """One thing of a part, as it is shown and frozen. `key` names it for leaving it out; `title` is what it is about, `board` what the board said
    of it, `did` what was answered; `state`: how it stands, as a code; `by`: whose it is to answer, or who sent it, as a role or a code."""

    part: str
    key: str
    title: str
    board: str | None = None
    did: str | None = None
    state: str | None = None
    by: str | None = None
    slug: str | None = None  # of a theme


@dataclass(frozen=True)
class Part:
    """One part: the board's words on it (None: ours, said in the reader's language), and its lines."""

    key: str
    words: str | None
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show of it."""
        return not self.lines and (self.key not in ONLY_WORDS or (self.key == "next" and not self.words))


@dataclass(frozen=True)
class Term:
    """A term from its first day to its last, with its address: “autumn-2026”."""

    first: date
    last: date
    slug: str

    @property
    def season(self) -> str:
        return self.slug.split("-")[0]

    @property
    def year(self) -> int:
        return self.first.year


def terms(today: date, begins: Sequence[tuple[int, int]], how_many: int) -> list[Term]:
    """The term this day is in and those before it, newest first."""
    found: list[Term] = []
    last: date | None = None
    first = term_of(today, begins)
    for _each in range(how_many):
        found.append(Term(first, last or _end(first, begins), address(first, begins)))
        last = first - timedelta(days=1)
        first = term_of(last, begins)
    return found


def _end(first: date, begins: Sequence[tuple[int, int]]) -> date:
    """The day before the next term begins."""
    starts = sorted(date(year, month, day) for year in (first.year, first.year + 1) for month, day in begins)
    return next(each for each in starts if each > first) - timedelta(days=1)


def address(first: date, begins: Sequence[tuple[int, int]]) -> str:
    """“autumn-2026”; a second term of the same name in that year is “autumn-2026-2”."""
    name = name_of_term(first)
    alike = sorted(each for month, day in begins if name_of_term(each := date(first.year, month, day)) == name)
    number = alike.index(first) + 1 if first in alike else 1
    return name.replace(" ", "-") + (f"-{number}" if number > 1 else "")


def parts(lines: Iterable[Line], words: Mapping[str, str], left_out: Collection[str] = ()) -> list[Part]:
    """The account put together. Words that are empty are ours."""
    kept = [each for each in lines if each.key not in left_out]
    return [Part(key, (words.get(key) or "").strip() or None, tuple(each for each in kept if each.part == key)) for key in PARTS]


def frozen(found: Iterable[Part]) -> list[dict[str, Any]]:
    """The parts that say something as plain data, for good."""
    return [{"key": each.key, "words": each.words, "lines": [asdict(line) for line in each.lines]} for each in found if not each.is_empty]


def thawed(data: Iterable[Mapping[str, Any]]) -> list[Part]:
    """What `frozen` wrote."""
    return [Part(each["key"], each["words"], tuple(Line(**line) for line in each["lines"])) for each in data]


def may_approve(by: uuid.UUID, changed_by: uuid.UUID) -> bool:
    """Two pairs of eyes: whoever changed it last does not let it out alone."""
    return by != changed_by
