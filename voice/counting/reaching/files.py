"""Figures of a population as a CSV file: reading one, and naming what cannot be read. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from voice.tables import Bad, Rows, Wrong, read_table

COLUMNS: Final = ("place", "age", "people", "source", "year", "link")
NEEDED: Final = COLUMNS[:5]
MOST_LINES: Final = 5_000
MOST_PEOPLE: Final = 20_000_000
LONGEST_SOURCE: Final = 300
YEARS: Final = range(1990, 2101)
GROUPED: Final = re.compile(r"\d{1,3}([ ,\u00a0\u202f]\d{3})+|\d+")
"""Whole numbers, also with a comma or a space between thousands."""


class Line(NamedTuple):
    """One figure. `place`: a code, empty for the whole county. `age`: a band’s code."""

    place: str
    age: str
    people: int
    source: str
    year: int
    link: str | None


@dataclass
class Found:
    """What a file holds. `empty`: lines whose figure is not filled in, as in the template."""

    lines: list[Line] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    empty: int = 0


def read_figures(data: bytes, places: Mapping[str, str], ages: Mapping[str, str]) -> Found:
    """The figures of a CSV file (UTF-8, or as an older spreadsheet writes it). Places and ages may be written as codes or as their names.

    A line for the same place and age again wins over the one before it.

    Raises:
        Unusable: as `read_table` says.
    """
    rows = read_table(data, needed=NEEDED, most=MOST_LINES, named=_plain)
    return _read_lines(rows, _by_name(places) | {"": "", "whole county": ""}, _by_name(ages))


def template(places: Mapping[str, str], ages: Iterable[str]) -> list[tuple[str, ...]]:
    """The lines to fill in: the whole county first, then each place."""
    bands = list(ages)
    return [(place, age, "", "", "", "") for place in ("", *places) for age in bands]


def _read_lines(rows: Rows, places: Mapping[str, str], ages: Mapping[str, str]) -> Found:
    found, kept = Found(), dict[tuple[str, str], Line]()
    for number, given in rows:
        if not given.get("people"):
            found.empty += 1
            continue
        try:
            line = _line(given, places, ages)
        except Wrong as wrong:
            found.bad.append(Bad(number, *wrong.args))
            continue
        kept[(line.place, line.age)] = line
    found.lines = list(kept.values())
    return found


def _line(given: Mapping[str, str], places: Mapping[str, str], ages: Mapping[str, str]) -> Line:
    place, age, source, link = (given.get(name, "") for name in ("place", "age", "source", "link"))
    if _plain(place) not in places:
        raise Wrong("place", place)
    if _plain(age) not in ages:
        raise Wrong("age", age)
    if not source or len(source) > LONGEST_SOURCE:
        raise Wrong("source", source[:40])
    if link and not link.startswith(("https://", "http://")):
        raise Wrong("link", link[:40])
    return Line(places[_plain(place)], ages[_plain(age)], _people(given["people"]), source, _year(given.get("year", "")), link or None)


def _people(given: str) -> int:
    if not GROUPED.fullmatch(given):
        raise Wrong("people", given[:40])
    people = int(re.sub(r"\D", "", given)[:12])
    if people > MOST_PEOPLE:
        raise Wrong("people", given[:40])
    return people


def _year(given: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", given) or int(given) not in YEARS:
        raise Wrong("year", given[:40])
    return int(given)


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return {_plain(each): code for code, name in names.items() for each in (name, code)}


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").split()).casefold()
