"""Readings as a CSV file: reading one, and naming each line that cannot be read. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from voice.caring import labels_a_child
from voice.delivering.measuring.periods import period
from voice.delivering.measuring.printed import number
from voice.tables import Bad, Rows, Unusable, Wrong, read_table

COLUMNS: Final = ("measure", "words", "place", "when", "value", "out_of", "source", "story")
"""`words` is there to be read by whoever fills in the table; it is not read here."""
NEEDED: Final = ("measure", "when", "value")
MOST_LINES: Final = 5_000
LARGEST_FILE: Final = 2_000_000  # bytes
LONGEST_SOURCE: Final = 300
LONGEST_STORY: Final = 1_200
SHOWN: Final = 60  # letters of a cell that are said back
OTHER_NAMES: Final = {"period": "when", "date": "when", "figure": "value", "reading": "value", "out of": "out_of", "of": "out_of", "from": "source"}
SIGNED: Final = re.compile(r"(?P<pound>£)?(?P<number>[^%£]*?)(?P<percent>%)?")


class Line(NamedTuple):
    """One reading. `place`: a code, empty for all of the county. `unit`: what a sign beside the figure says of it (%, £), else None."""

    number: int
    measure: str
    place: str
    when: str
    value: float
    unit: str | None
    out_of: int | None
    source: str | None
    story: str | None


@dataclass
class Found:
    """What a file holds. `empty`: lines whose figure is not filled in, as in the template."""

    lines: list[Line] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    empty: int = 0


def read_readings(data: bytes, measures: Mapping[str, str], places: Mapping[str, str]) -> Found:
    """The readings of a CSV file.

    `measures`: each name a measure may be called by (its key, code or words) -> its key; `places`: codes -> names.

    Raises:
        Unusable: as `read_table` says; also `too_long` for a file that is too large.
    """
    if len(data) > LARGEST_FILE:
        raise Unusable("too_long", str(MOST_LINES))
    rows = read_table(data, needed=NEEDED, most=MOST_LINES, named=_column)
    return _read_lines(rows, {plain(name): key for name, key in measures.items()}, _place_names(places))


def template(measures: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The lines to fill in: each measure’s key and words."""
    return [(key, words, *("" for _empty in COLUMNS[2:])) for key, words in measures]


def plain(words: str) -> str:
    """A name without what differs for no reason: case, spaces, the shape of an apostrophe."""
    return " ".join(words.replace("’", "'").split()).casefold()


def _read_lines(rows: Rows, measures: Mapping[str, str], places: Mapping[str, str]) -> Found:
    found, there = Found(), dict[tuple[str, str, str], int]()
    for line_number, given in rows:
        if not given.get("value"):
            found.empty += 1
            continue
        try:
            line = _line(line_number, given, measures, places)
            before = there.setdefault((line.measure, line.place, line.when), line_number)
            if before != line_number:
                raise Wrong("twice", str(before))
        except Wrong as wrong:
            found.bad.append(Bad(line_number, *wrong.args))
            continue
        found.lines.append(line)
    return found


def _line(line_number: int, given: Mapping[str, str], measures: Mapping[str, str], places: Mapping[str, str]) -> Line:
    measure, place = (plain(given.get(name, "")) for name in ("measure", "place"))
    if measure not in measures:
        raise Wrong("measure", given.get("measure", "")[:SHOWN])
    if place not in places:
        raise Wrong("place", given["place"][:SHOWN])
    when = period(given.get("when", ""))
    if when is None:
        raise Wrong("when", given.get("when", "")[:SHOWN])
    value, unit = _value(given["value"])
    return Line(
        line_number,
        measures[measure],
        places[place],
        when.code,
        value,
        unit,
        _out_of(given.get("out_of", "")),
        _source(given.get("source", "")),
        _story(given.get("story", "")),
    )


def _value(cell: str) -> tuple[float, str | None]:
    found = SIGNED.fullmatch(cell)
    value = number(found["number"]) if found else None
    if found is None or value is None or (found["pound"] and found["percent"]):
        raise Wrong("value", cell[:SHOWN])
    return value, "percent" if found["percent"] else "money" if found["pound"] else None


def _out_of(cell: str) -> int | None:
    if not cell:
        return None
    found = number(cell)
    if found is None or found != int(found) or not 0 < found < 2**31:
        raise Wrong("out_of", cell[:SHOWN])
    return int(found)


def _source(cell: str) -> str | None:
    if len(cell) > LONGEST_SOURCE:
        raise Wrong("source", cell[:SHOWN])
    return cell or None


def _story(cell: str) -> str | None:
    if len(cell) > LONGEST_STORY:
        raise Wrong("story", cell[:SHOWN])
    labels = labels_a_child(cell)
    if labels:
        raise Wrong("labels", labels[0][0])
    return cell or None


def _column(name: str) -> str:
    tidy = " ".join(name.replace("_", " ").split()).casefold()
    return OTHER_NAMES.get(tidy, tidy.replace(" ", "_"))


def _place_names(places: Mapping[str, str]) -> dict[str, str]:
    own = {plain(each): code for code, name in places.items() for each in (name, code)}
    return own | dict.fromkeys(("", "whole county", "all of the county"), "")
