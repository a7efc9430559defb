"""Coded answers, one row for each submission: never a word, never an id, in no order, and no fact by which its sender stands out.

It is read in two goes. First every id and the facts beside it (24 bytes a row stay in memory), from which it follows which facts are left out.
Then the answers, a thousand at a time and in an order drawn by lot; between two goes the database is let go of.
"""

from __future__ import annotations

import uuid
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from random import SystemRandom
from typing import Any, Final

from flask_babel import gettext as _
from sqlalchemy import Select, or_, select

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

ASKED: Final = ("age_band", "place", "speaker", "language", "way_in")
FACTS: Final = (*ASKED, "wave", "term")
WORTH: Final = (32, 16, 8, 4, 2, 3, 1)
"""How dear each fact is to whoever reads the file: of two ways to make senders alike the cheaper is taken."""
AT_ONCE: Final = 1000  # rows
MOST: Final = 1_000_000  # rows in one file
ID: Final = 16  # bytes


class TooFew(Exception):
    """Fewer than ten people answered: there is no file yet."""


class TooMany(Exception):
    """More than a file may hold."""


@dataclass(frozen=True)
class Drawn:
    """Who is in the file, in no order: an id and the number of the facts that stand beside it, row by row."""

    ids: bytes
    which: array[int]
    facts: Sequence[Facts]
    count: int


def draw(activities: Sequence[ActivityFacts], by: uuid.UUID | None) -> Drawn:
    """Who is in the file, as this member may see it; None stands for whoever is nobody by name. What is set aside is out, and so is what groups
    sent who were asked on purpose, but for those whom this member reads.

    Raises:
        TooFew, TooMany: there is none.
    """
    ids, which = bytearray(), array("I")
    numbers: dict[Facts, int] = {}
    counts: Counter[int] = Counter()
    waves = {each.id: str(each.wave) for each in activities}
    with glance() as connection:
        found = connection.execution_options(yield_per=AT_ONCE).execute(_wanted(list(waves), by))
        for submission_id, activity_id, day, *own in found:
            facts = (*(each or "" for each in own), waves[activity_id], _term(day))
            number = numbers.setdefault(facts, len(numbers))
            counts[number] += 1
            ids += submission_id.bytes
            which.append(number)
    if len(which) < FEWEST:
        raise TooFew
    if len(which) > MOST:
        raise TooMany
    short = blanked({facts: counts[number] for facts, number in numbers.items()}, FEWEST, WORTH)
    return Drawn(bytes(ids), which, [short[facts] for facts in numbers], len(which))


def lines(activities: Sequence[ActivityFacts], drawn: Drawn) -> Table:
    """The file. `activities`: the newest first."""
    found = answers.reads(activities)
    columns = (*_fact_columns(activities, drawn), *(column for each in found for column in each.columns))
    about = _("One row for each person who answered, in no order. A fact that fewer than 10 people share with all others beside it is left out.")
    return Table("lines", _("Line by line"), about, columns, lambda: _rows(drawn, [each.reader for each in found]))


def _wanted(activity_ids: Sequence[uuid.UUID], by: uuid.UUID | None) -> Select[Any]:
    columns = [getattr(Submission, each) for each in ASKED]
    return select(Submission.id, Submission.activity_id, Submission.received_on, *columns).where(
        Submission.activity_id.in_(activity_ids),
        Submission.id.not_in(reading.set_aside()),
        or_(Submission.group_id.is_(None), Submission.group_id.not_in(inviting.hidden_from(by))),
    )


def _term(day: Any) -> str:
    return _named(day, settings().terms)


@lru_cache(maxsize=4096)
def _named(day: Any, terms: Any) -> str:
    return asking.name_of_term(asking.term_of(day, terms))


def _rows(drawn: Drawn, readers: Sequence[Reader]) -> Iterator[Row]:
    """What was taken back since the file was begun is not in it."""
    order = array("I", range(drawn.count))
    SystemRandom().shuffle(order)
    for start in range(0, drawn.count, AT_ONCE):
        part = order[start : start + AT_ONCE]
        ids = [uuid.UUID(bytes=drawn.ids[ID * at : ID * (at + 1)]) for at in part]
        with glance() as connection:
            found: dict[uuid.UUID, dict[str, Any]] = dict(
                connection.execute(select(Submission.id, Submission.answers).where(Submission.id.in_(ids))).all()
            )
        for at, submission_id in zip(part, ids, strict=True):
            given = found.get(submission_id)
            if given is not None:
                yield [*drawn.facts[drawn.which[at]], *chain.from_iterable([read(given) for read in readers])]


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
