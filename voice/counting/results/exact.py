"""Exact figures of an activity, line by line, for those inside: what is too few to show is not in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from voice.asking import ActivityFacts
from voice.counting.composing import FILTERS
from voice.counting.folding import FIRST
from voice.counting.results.tallied import Tallied, Who, tallied
from voice.counting.showing import percent
from voice.counting.sources import questions_of, values_of


class Line(NamedTuple):
    """One figure. `fact` and `value`: of whom, both empty for everyone, joined by “+” where it is two facts. `question`: empty where it is
    told how many they are; ends in “#1” where it is told what was put first. `code`: empty where it is told how many answered at all.
    `people`: exact, None where they are too few to show. `percent`: out of 100 of them who took part, whole (of all who took part, where it
    is told how many they are)."""

    fact: str
    value: str
    question: str
    code: str
    people: int | None
    percent: int | None


def exact_tables(activity: ActivityFacts, by: Sequence[str] = ()) -> Iterator[Line]:
    """Every exact figure of an activity: of everyone, or split by one or two of `folding.FACTS` (then everyone is not repeated).

    No group of fewer than ten people is in them, nor anything from which one could be worked out, by one of these tables or by all together.

    Raises:
        ValueError: nobody is counted by these facts.
    """
    found = tallied(activity.id, by)
    fact = "+".join(by)
    for who in _groups(activity, found):
        value = "+".join(each or "" for each in who)
        size = found.size(who)
        yield Line(fact, value, "", "", size, _percent(size, found.size(found.everyone)))
        for question, codes in _questions(activity):
            answered, given = found.answered(who, question), found.given(who, question)
            yield Line(fact, value, question, "", answered, _percent(answered, size))
            known = dict.fromkeys([*codes, *(given or ())])
            for code in known:
                people = None if given is None else given.get(code, 0)
                yield Line(fact, value, question, code, people, _percent(people, size))


def _percent(people: int | None, of: int | None) -> int | None:
    return None if people is None or not of else percent(people, of)


def _groups(activity: ActivityFacts, found: Tallied) -> list[Who]:
    """Everything the facts may be, whether anybody is of it or not: nobody and too few look the same."""
    groups: list[Who] = [()]
    for at, fact in enumerate(found.by):
        offered = values_of(activity, fact) or ([""] if fact in FILTERS else [])
        values = dict.fromkeys([*offered, *found.values(at)])
        groups = [(*before, value) for before in groups for value in values]
    return groups


def _questions(activity: ActivityFacts) -> Iterator[tuple[str, list[str]]]:
    """Questions that have anything to count, with what may be picked."""
    for each in questions_of(activity):
        if each.role or not each.is_asked or each.type == "text":
            continue
        codes = [choice.name for choice in (*each.choices, *each.skips)]
        yield each.name, codes
        if each.type == "rank":
            yield each.name + FIRST, codes
