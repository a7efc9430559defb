"""Reading how many children live where."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from voice import plans
from voice.counting.reaching.files import Line
from voice.counting.reaching.models import Population
from voice.storage import session
from voice.web.ages import AGES

GROWN: Final = "adult"
BANDS: Final = tuple(each for each in AGES if each != GROWN)
"""The ages of children and young people; how many adults live somewhere is not asked of anybody."""


class Source(NamedTuple):
    """Where a figure is from."""

    words: str
    year: int
    link: str | None


@dataclass(frozen=True)
class Populations:
    """How many people of each age live in each place of a plan. A place that nobody named a figure for is not in it."""

    figures: Mapping[tuple[str, str], int]  # by place (empty: the whole county) and band
    sources: tuple[Source, ...]
    put_in: frozenset[tuple[str, str]]  # by somebody here; the others stand in the plan’s file

    def of(self, place: str, band: str) -> int | None:
        return self.figures.get((place, band))

    def whole(self, band: str) -> int | None:
        """Of the whole county: as it is given, else all places added up."""
        given = self.figures.get(("", band))
        own = [people for (place, each), people in self.figures.items() if place and each == band]
        return given if given is not None else sum(own) if own else None

    def in_place(self, place: str) -> int | None:
        """All ages of a place (empty: the whole county), where each age has a figure."""
        own = [self.of(place, band) if place else self.whole(band) for band in BANDS]
        return sum(each for each in own if each is not None) if None not in own else None

    @property
    def places(self) -> frozenset[str]:
        return frozenset(place for place, _band in self.figures if place)


def populations(plan_id: uuid.UUID) -> Populations:
    """The figures of a plan: those in its file, and over them those that were put in here."""
    of_file = {(each.place, each.age): each for each in in_document(plans.document_of(plan_id).get("population"))}
    rows = session().scalars(select(Population).where(Population.plan_id == plan_id))
    own = {(row.place, row.age_band): Line(row.place, row.age_band, row.people, row.source, row.year, row.link) for row in rows}
    lines = {key: each for key, each in (of_file | own).items() if key[1] in BANDS}
    sources = dict.fromkeys(Source(each.source, each.year, each.link) for each in lines.values())
    return Populations({key: each.people for key, each in lines.items()}, tuple(sources), frozenset(own))


def in_document(block: Mapping[str, Any] | None) -> list[Line]:
    """The figures of a plan’s file. The block has the shape that the plan’s schema gives it."""
    if not block:
        return []
    source, year, link = block["source"], block["year"], block.get("link")
    return [Line(each.get("place", ""), band, people, source, year, link) for each in block["figures"] for band, people in each["people"].items()]
