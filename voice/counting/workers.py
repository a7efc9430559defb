"""Keeping the tallies up to date: the worker’s job, and counting everything again to see that they are right."""

from __future__ import annotations

import time
from typing import NamedTuple

from sqlalchemy import Text, cast, delete, select

from voice.counting.folding import Cell, Slice, Sums
from voice.counting.tallies import AT_ONCE, alone, fold, fold_words, read_sent, settle_aside
from voice.counting.tally_models import Counted, CountedWords, Tally, TallyPeople
from voice.counting.tally_rows import add_to, cells_now, people_now
from voice.keeping.models import Submission
from voice.storage import commit, session

LONGEST = 60.0  # seconds; what is left waits for the next round
PAUSE = 0.01  # seconds between two transactions, for others to write
AIM = 0.2  # seconds that one transaction should take: whoever sends their words meanwhile waits for it, and should not for a quarter of a second
LEAST_AT_ONCE, MOST_AT_ONCE = AT_ONCE, 8000  # of fewer, each would touch as many rows all the same


class Again(NamedTuple):
    """Counting everything again: how many tallies there should be, and how many of those that are kept differ."""

    tallies: int
    differ: int


def keep_up(longest: float = LONGEST) -> int:
    """The worker’s job: everything that is due, a few at a time. Commits; returns how much it did."""
    until, done = time.monotonic() + longest, 0
    for part in (fold, settle_aside, fold_words):
        at_once = AT_ONCE
        while time.monotonic() < until:
            begun = time.monotonic()
            few = part(at_once)
            commit()
            done += few
            if few < at_once:
                break
            at_once = as_many_as_fit(at_once, time.monotonic() - begun)
            time.sleep(PAUSE)
    return done


def as_many_as_fit(at_once: int, took: float) -> int:
    """How many to take next, when so many took so many seconds: twice as many at most, as a machine may only just have been idle."""
    fits = int(at_once * AIM / max(took, AIM / 2))
    return max(LEAST_AT_ONCE, min(MOST_AT_ONCE, fits))


def count_again(*, mend: bool = False) -> Again:
    """Count every submission that was folded anew and compare; with `mend`, put what was counted in the place of what was kept. Flushes."""
    alone()
    people, cells = _counted_anew()
    kept_people, kept_cells = people_now(), cells_now()
    differ = sum(people.get(key, 0) != kept_people.get(key, 0) for key in {*people, *kept_people})
    differ += sum(cells.get(key, 0) != kept_cells.get(key, 0) for key in {*cells, *kept_cells})
    if differ and mend:
        for table in (Tally, TallyPeople):
            session().execute(delete(table))
        add_to(people, cells)
    return Again(len(people) + len(cells), differ)


def _counted_anew() -> tuple[dict[tuple[Slice, int], int], dict[tuple[Slice, Cell], int]]:
    sums = Sums()
    generations = dict(session().execute(select(cast(Counted.submission_id, Text), Counted.generation).where(Counted.left_out.is_(False))).all())
    in_tallies = select(Counted.submission_id).where(Counted.left_out.is_(False))
    words: dict[str, list[tuple[int, str, str]]] = {}
    tied = select(cast(CountedWords.submission_id, Text), CountedWords.generation, CountedWords.fact, CountedWords.value)
    for submission_id, generation, fact, value in session().execute(tied):
        words.setdefault(submission_id, []).append((generation, fact, value))
    for each in read_sent(Submission.id.in_(in_tallies)):
        sums.add(each.sender, generations[each.id], each.cells)
        for tie in words.get(each.id, ()):
            sums.add_words(each.sender, *tie)
    aside = dict(session().execute(select(cast(Counted.submission_id, Text), Counted.generation).where(Counted.left_out)).all())
    for each in read_sent(Submission.id.in_(select(Counted.submission_id).where(Counted.left_out))):
        sums.add_aside(each.sender, aside[each.id])
    return sums.people(), sums.cells()
