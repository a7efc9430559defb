"""What stands on a results page beside the questions: who took part, how they were reached, what words were about, what everyone sees."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from voice import asking, plans, understanding
from voice.asking import ActivityFacts
from voice.counting.folding import WORD_FACTS
from voice.counting.release_models import Release
from voice.counting.results.composed import Cell, Group, groups
from voice.counting.results.tallied import Tallied, tallied, tallied_each, tied
from voice.counting.showing import percent
from voice.counting.sources import values_of
from voice.storage import session


@dataclass(frozen=True)
class Line:
    """An activity in the list. `people`: None where too few to show; `out`: since when everyone sees figures; `earlier`: its waves before."""

    activity: ActivityFacts
    people: int | None
    out: date | None
    earlier: Sequence[Line] = ()


@dataclass(frozen=True)
class Part:
    """So many people of some kind; `cell` is None where they are too few to show."""

    value: str
    heading: str
    cell: Cell | None


@dataclass(frozen=True)
class Tie:
    """A priority or a theme with how many people’s words are tied to it, for each column."""

    heading: str
    slug: str  # of a theme; empty for a priority
    cells: Sequence[Cell]


def activity_lines(plan_id: uuid.UUID) -> list[Line]:
    """Everything asked for a plan, newest first, with what there is of it; a series is one line. Three queries, however much was asked."""
    found = asking.activities(plan_id)
    ids = [each.id for each in found]
    people, out = tallied_each(ids, (), ()), _out(ids)
    series: dict[str, list[Line]] = {}
    for each in found:
        series.setdefault(each.address, []).append(Line(each, people[each.id].size(()), out.get(each.id)))
    return [replace(newest, earlier=earlier) for newest, *earlier in series.values()]


def parts(activity: ActivityFacts, fact: str) -> list[Part]:
    """How many people are of each value of a fact; those of whom there is nobody look like those of whom there are too few."""
    found = tallied(activity.id, (fact,), ())
    return [Part(each.who[0] or "", each.heading, _of_all(found, each)) for each in groups(activity, found)]


def facts_of(activity: ActivityFacts) -> list[str]:
    """What the figures of an activity may be cut by: what was asked of the sender, and how they came."""
    return [fact for fact in ("age_band", "place", "speaker") if values_of(activity, fact)] + ["way_in", "language"]


def ties(activity: ActivityFacts, found: Tallied, shown: Sequence[Group], kind: str) -> list[Tie]:
    """What people’s words are tied to, most first: `kind` is priority or theme. Empty where nothing is counted by the fact they are cut by."""
    fact = found.by[0] if found.by else ""
    if len(found.by) > 1 or (fact and fact not in WORD_FACTS):
        return []
    people = tied(activity.id, fact)
    names = _priorities(activity) if kind == "priority" else _themes(activity)
    own = [Tie(heading, slug, _cells(found, shown, people, kind, value)) for value, (heading, slug) in names.items()]
    told = [each for each in own if any(cell.people for cell in each.cells)]
    return sorted(told, key=lambda each: (-sum(cell.people for cell in each.cells), each.heading))


def _cells(found: Tallied, shown: Sequence[Group], people: Mapping[tuple[str, str, str], int], kind: str, value: str) -> list[Cell]:
    counts = [(people.get((kind, value, each.who[0] or "" if each.who else ""), 0), found.size(each.who) or 1) for each in shown]
    return [Cell(count, percent(count, of) or 0) for count, of in counts]


def _priorities(activity: ActivityFacts) -> dict[str, tuple[str, str]]:
    return {str(each.id): (f"{each.code} {each.title}", "") for each in plans.priorities(activity.plan_id)}


def _themes(activity: ActivityFacts) -> dict[str, tuple[str, str]]:
    return {str(each.id): (each.you_said, each.slug) for each in understanding.sentences(activity.plan_id)}


def _of_all(found: Tallied, group: Group) -> Cell | None:
    people, everyone = found.size(group.who), found.size(found.everyone)
    return None if people is None or not everyone else Cell(people, percent(people, everyone) or 0)


def _out(activity_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    newest = select(Release.activity_id, func.max(Release.published_on)).where(
        Release.activity_id.in_(activity_ids), Release.published_on.is_not(None)
    )
    return {activity_id: day for activity_id, day in session().execute(newest.group_by(Release.activity_id)) if day}
