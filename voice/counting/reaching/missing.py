"""Who we have not heard from: what one page says of an activity, or of all there were."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voice.asking import ActivityFacts
from voice.counting.reaching.figures import cells_of, took_part
from voice.counting.reaching.populations import BANDS, Populations
from voice.counting.reaching.rules import Cell, Gap, Part, gaps, nobody, per_thousand
from voice.counting.rules import FEWEST

NOBODY: Final = nobody()
STEPS: Final = (0.25, 0.75, 1.25)
"""Where one shade of the table ends, in times of the county’s share."""


@dataclass(frozen=True)
class Square:
    """One place and age in the table."""

    children: int | None
    people: int | None
    is_few: bool  # fewer than ten took part; else, with no people, it is not shown
    per_thousand: int | None
    shade: int | None  # 0 (far behind the county) to 3 (ahead); None where nothing is said


@dataclass(frozen=True)
class Missing:
    """Everything the page says. `county`: out of 1,000 children of the whole county; None where too few took part or live there."""

    gaps: Sequence[Gap]
    squares: Mapping[Cell, Square]
    rows: Sequence[str]  # places with figures, then the whole county
    county: int | None
    unsaid: Part  # who did not say how old they are or where they live
    has_places: bool


def missing_of(activities: Sequence[ActivityFacts], plan_id: uuid.UUID, places: Sequence[str], known: Populations) -> Missing:
    """What the tallies of these activities say beside how many children live where."""
    cells, groups = cells_of(activities, plan_id), took_part(activities).groups
    whole = {("", band): groups.get(("age_band", band), NOBODY) for band in BANDS}
    county = _county(whole, known)
    rows = [place for place in places if place in known.places]
    heard = {cell: cells.get(cell, NOBODY) for cell in known.figures if cell[0] in rows} | whole
    children = {cell: known.figures[cell] for cell in heard if cell[0]} if rows else _whole(known)
    squares = {cell: _square(heard[cell], _living(cell, known), county) for cell in heard}
    unsaid = cells.get(("", ""), NOBODY)
    found = gaps(heard, children, county) if county else []
    return Missing(found, squares, [*rows, ""], round(1000 * county) if county else None, unsaid, bool(rows))


def _county(whole: Mapping[Cell, Part], known: Populations) -> float | None:
    """The share of the county’s children who took part, of those ages of which both numbers may be told; None where it cannot be said. A few of an
    age count as nobody: so it is rather too low, and says of nobody that they are behind who are not."""
    told = [band for band in BANDS if whole[("", band)].people is not None or whole[("", band)].is_few]
    children = sum(known.whole(band) or 0 for band in told)
    people = sum(whole[("", band)].people or 0 for band in told if known.whole(band))
    return people / children if children and people >= FEWEST else None


def _whole(known: Populations) -> dict[Cell, int]:
    return {("", band): people for band in BANDS if (people := known.whole(band))}


def _living(cell: Cell, known: Populations) -> int | None:
    place, band = cell
    return known.of(place, band) if place else known.whole(band)


def _square(of: Part, children: int | None, county: float | None) -> Square:
    if not children or (of.people is None and not of.is_few):
        return Square(children, of.people, of.is_few, None, None)
    shade = None
    if county:
        times = (of.people if of.people is not None else FEWEST - 1) / children / county
        shade = sum(times > step for step in STEPS) if of.people is not None or times <= STEPS[1] else None
    return Square(children, of.people, of.is_few, per_thousand(of.people, children), shade)
