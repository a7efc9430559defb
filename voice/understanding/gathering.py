"""Views laid before an officer in bunches: what was said in nearly the same words as one line, and lines that say much the same together."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from voice import plans, reading
from voice.understanding import queries
from voice.understanding.clustering import MOST, clusters, typical
from voice.understanding.rules import FEWEST_TO_COUNT

PROPOSALS = 20  # on a page
TYPICAL = 3  # views that stand for a bunch


@dataclass(frozen=True)
class Line:
    """One line to tick: a view, or the most usual of several that say it in nearly the same words."""

    view: reading.ShownView
    ids: tuple[uuid.UUID, ...]
    said_by: str  # how many people, where there are several; empty for one

    @property
    def value(self) -> str:
        """What the box sends."""
        return ",".join(str(each) for each in self.ids)


@dataclass(frozen=True)
class Bunch:
    """Lines that say much the same; `words`: those they have in common, as they are written."""

    lines: tuple[Line, ...]
    words: tuple[str, ...]
    said_by: str
    size: int  # of people; it orders and is shown nowhere

    @property
    def value(self) -> str:
        return ",".join(each.value for each in self.lines)

    @property
    def first(self) -> uuid.UUID:
        return self.lines[0].ids[0]

    @property
    def typical(self) -> tuple[Line, ...]:
        return self.lines[:TYPICAL]


@dataclass(frozen=True)
class Laid:
    """All that may be chosen: bunches, those most people said first, and lines by themselves."""

    bunches: tuple[Bunch, ...]
    alone: tuple[Line, ...]


@dataclass(frozen=True)
class Proposed:
    """A bunch of views that stand in no theme yet."""

    priority: plans.PriorityFacts
    bunch: Bunch


def said_by(people: int) -> str:
    """How many people said it: exact from ten on; below that in words, since few can be told apart."""
    if people < FEWEST_TO_COUNT:
        return str(_("said by fewer than 10"))
    return str(ngettext("said by %(num)s", "said by %(num)s", people))


def lay_out(views: Sequence[reading.ShownView]) -> Laid:
    """Views in bunches; at most MOST of them."""
    senders = queries.senders_of([each.id for each in views])
    lines = lines_of(views, senders)
    people = [len({senders[each] for each in line.ids}) for line in lines]
    found = clusters([each.view.words for each in lines], people)
    bunches = tuple(_bunch([lines[place] for place in each.members], each.words, senders) for each in found)
    together = {place for each in found for place in each.members}
    # What several said in nearly the same words is a bunch by itself.
    repeated = tuple(_bunch([line], (), senders) for place, line in enumerate(lines) if place not in together and len(line.ids) > 1)
    alone = tuple(line for place, line in enumerate(lines) if place not in together and len(line.ids) == 1)
    return Laid(tuple(sorted((*bunches, *repeated), key=lambda each: -each.size)), alone)


def proposed_themes(plan_id: uuid.UUID, by: uuid.UUID) -> list[Proposed]:
    """Bunches of the plan's views that stand in no theme, those most people said first; the newest MOST views are looked at."""
    tied: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for priority_id, view_id in queries.untied_views(MOST, by):
        tied[priority_id].append(view_id)
    shown = reading.shown({each for ids in tied.values() for each in ids}, by)
    found: list[Proposed] = []
    for priority in plans.priorities(plan_id):
        laid = lay_out([shown[each] for each in tied[priority.id] if each in shown])
        found += [Proposed(priority, each) for each in laid.bunches]
    return sorted(found, key=lambda each: -each.bunch.size)[:PROPOSALS]


def lines_of(views: Sequence[reading.ShownView], senders: dict[uuid.UUID, uuid.UUID]) -> list[Line]:
    """Views in nearly the same words as one line each, in the order in which they came."""
    groups = reading.groups_of([each.id for each in views])
    alike: dict[object, list[reading.ShownView]] = defaultdict(list)
    for each in views[:MOST]:
        alike[groups.get(each.id) or " ".join(each.words.casefold().split())].append(each)
    return [_line(each, senders) for each in alike.values()]


def ids_in(values: Iterable[str]) -> list[str]:
    """What the boxes of lines and bunches sent, as ids."""
    return list(dict.fromkeys(part for value in values for part in value.split(",")))


def _line(views: Sequence[reading.ShownView], senders: dict[uuid.UUID, uuid.UUID]) -> Line:
    usual = views[typical([each.words for each in views], 1)[0]] if len(views) > 1 else views[0]
    ids = (usual.id, *(each.id for each in views if each.id != usual.id))
    return Line(usual, ids, said_by(len({senders[each] for each in ids})) if len(ids) > 1 else "")


def _bunch(lines: Sequence[Line], words: tuple[str, ...], senders: dict[uuid.UUID, uuid.UUID]) -> Bunch:
    people = len({senders[each] for line in lines for each in line.ids})
    return Bunch(tuple(lines), words, said_by(people), people)
