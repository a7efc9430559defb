"""Coded answers, one row for each submission: never a word, never an id, in no order, and no fact by which its sender stands out.

It is read in two goes. First every id and the facts beside it (24 bytes a row stay in memory), from which it follows which facts are left out.
Then the answers, a thousand at a time and in an order drawn by lot; between two goes the database is let go of.
"""

from __future__ import annotations

import uuid
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from random import SystemRandom
from typing import Any, Final, TypeAlias

from flask_babel import gettext as _
from sqlalchemy import Connection, Select, or_, select

from voice import asking, inviting, reading
from voice.asking import ActivityFacts
from voice.config import settings
from voice.counting.exporting import answers
from voice.counting.exporting.answers import Reader
from voice.counting.exporting.blanking import TOO_FEW, Facts, blanked
from voice.counting.exporting.tables import Column, Row, Table
from voice.counting.rules import FEWEST
from voice.counting.saying import value_labels
from voice.counting.sources import values_of
from voice.counting.wording import RELEASE_FACTS
from voice.keeping.models import Submission
from voice.storage import glance
from voice.web.sheets import Cell

ASKED: Final = ("age_band", "place", "speaker", "language", "way_in")
FACTS: Final = (*ASKED, "wave", "term")
WORTH: Final = (32, 16, 8, 4, 2, 3, 1)
"""How dear each fact is to whoever reads the file: of two ways to make senders alike the cheaper is taken."""
AT_ONCE: Final = 1000  # rows
MOST: Final = 1_000_000  # rows in one file
ID: Final = 16  # bytes

Look: TypeAlias = Callable[[], AbstractContextManager[Connection]]


class NothingYet(Exception):
    """Fewer than ten people answered."""


class TooLong(Exception):
    """More rows than this kind of file should hold."""


@dataclass(frozen=True)
class Drawn:
    """Who is in the file, in no order: an id and the number of the facts that stand beside it, row by row."""

    ids: bytearray
    which: array[int]
    facts: Sequence[Facts]
    count: int


def draw(activities: Sequence[ActivityFacts], by: uuid.UUID | None) -> Drawn:
    """Who is in the file, as this member may see it; None stands for whoever is nobody by name. What is set aside is out, and so is what groups
    sent who were asked on purpose, but for those whom this member reads.

    Raises:
        NothingYet, TooLong: there is none.
    """
    ids, which = bytearray(), array("I")
    numbers: dict[Facts, int] = {}
    counts: Counter[int] = Counter()
    terms = _Terms(settings().terms)
    with glance()() as connection:
        for activity in activities:
            wave = str(activity.wave)
            found = connection.execution_options(yield_per=AT_ONCE).execute(_wanted(activity.id, by))
            for submission_id, day, *own in found:
                facts = (*[each or "" for each in own], wave, terms[day])
                number = numbers.setdefault(facts, len(numbers))
                counts[number] += 1
                ids += submission_id.bytes
                which.append(number)
    if len(which) < FEWEST:
        raise NothingYet
    if len(which) > MOST:
        raise TooLong
    short = blanked({facts: counts[number] for facts, number in numbers.items()}, FEWEST, WORTH)
    return Drawn(ids, which, [short[facts] for facts in numbers], len(which))


def lines(activities: Sequence[ActivityFacts], drawn: Drawn) -> Table:
    """The file. `activities`: the newest first."""
    found, look = answers.reads(activities), glance()
    columns = (*_fact_columns(activities, drawn), *(column for each in found for column in each.columns))
    about = _("One row for each person who answered, in no order. A fact that fewer than 10 people share with all others beside it is left out.")
    return Table("lines", _("Line by line"), about, columns, lambda: _rows(drawn, [each.reader for each in found], look))


def _wanted(activity_id: uuid.UUID, by: uuid.UUID | None) -> Select[Any]:
    columns = [getattr(Submission, each) for each in ASKED]
    return select(Submission.id, Submission.received_on, *columns).where(
        Submission.activity_id == activity_id,
        Submission.id.not_in(reading.set_aside()),
        or_(Submission.group_id.is_(None), Submission.group_id.not_in(inviting.hidden_from(by))),
    )


class _Terms(dict[date, str]):
    """The school term of a day; there are few days."""

    def __init__(self, begins: Sequence[tuple[int, int]]) -> None:
        super().__init__()
        self.begins = begins

    def __missing__(self, day: date) -> str:
        found = self[day] = asking.name_of_term(asking.term_of(day, self.begins))
        return found


def _rows(drawn: Drawn, readers: Sequence[Reader], look: Look) -> Iterator[Row]:
    """What was taken back since the file was begun is not in it."""
    order = array("I", range(drawn.count))
    SystemRandom().shuffle(order)
    for start in range(0, drawn.count, AT_ONCE):
        part = order[start : start + AT_ONCE]
        ids = [uuid.UUID(bytes=bytes(drawn.ids[ID * at : ID * (at + 1)])) for at in part]
        found = dict(_cells(ids, readers, look))
        for at, submission_id in zip(part, ids, strict=True):
            own = found.get(submission_id)
            if own is not None:
                yield (*drawn.facts[drawn.which[at]], *own)


def _cells(ids: Sequence[uuid.UUID], readers: Sequence[Reader], look: Look) -> Iterator[tuple[uuid.UUID, tuple[Cell, ...]]]:
    """What these answered. Each is made into cells as it comes: answers that are held by the thousand keep Python’s collector of garbage busy
    for longer than all else here takes."""
    with look() as connection:
        for submission_id, given in connection.execute(select(Submission.id, Submission.answers).where(Submission.id.in_(ids))):
            yield submission_id, tuple(chain.from_iterable([read(given) for read in readers]))


def _fact_columns(activities: Sequence[ActivityFacts], drawn: Drawn) -> Iterator[Column]:
    newest, few = activities[0], {TOO_FEW: _("Left out, because fewer than 10 share it with the rest of the row")}
    titles = {str(each.wave): each.title for each in activities}
    titled = RELEASE_FACTS | {"wave": _("Wave"), "term": _("Term")}
    said = {"wave": _("Which time the same questions were asked."), "term": _("The school term in which it came.")}
    for at, fact in enumerate(FACTS):
        labels = value_labels(newest, fact) if fact in ASKED else titles
        own = [each for each in (values_of(newest, fact) if fact in ASKED else titles) if each]
        seen = sorted({facts[at] for facts in drawn.facts} - {"", TOO_FEW, *own})
        codes = {value: labels.get(value, value) for value in (*own, *seen)} | few
        yield Column(fact, str(titled[fact]), said.get(fact, _("Empty: they did not say.")), codes=codes, always=fact in said)
