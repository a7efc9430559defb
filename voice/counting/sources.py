"""What releases and figures are made from: the tallies of an activity, and the questions that are counted."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from voice import inviting, plans
from voice.asking import ActivityFacts, Question
from voice.counting.composing import FILTERS, OWN, REACHED, TIED, Asked, Centers, Group, Truth
from voice.counting.saying import AGES, WAYS, instrument_of
from voice.counting.tally_models import Tally, TallyPeople, TallySlice
from voice.storage import session
from voice.web.locale import LANGUAGES

YOUNGER: Final = ("under_8", "8_10")
MOST_VALUES: Final = 12  # of a number: more are no answers to be counted one by one

Basis = Mapping[str, Mapping[str, Sequence[int]]]


def counted(activity: ActivityFacts, basis: Basis) -> Truth:
    """The tallies, with how many came or went since each group last moved. `basis` is the last release’s."""
    came = _by_generation(activity.id)
    groups = {*came, *(Group(fact, value) for fact, values in basis.items() for value in values)}
    people = {each: sum(came.get(each, {}).values()) for each in groups}
    changed = {each: _changed(came.get(each, {}), basis.get(each.fact, {}).get(each.value, (0, 0))) for each in groups}
    answered: dict[tuple[Group, str], int] = {}
    cells: dict[tuple[Group, str, str], int] = {}
    for group, question, code, count in _answers(activity.id):
        if code:
            cells[(group, question, code)] = count
        else:
            answered[(group, question)] = count
    return Truth(people, changed, answered, cells)


def asked_of(activity: ActivityFacts) -> list[Asked]:
    """The questions that are counted: those with answers to pick or a short scale, without the facts about the sender."""
    return [each for question in questions_of(activity) if (each := _asked(question)) is not None]


def questions_of(activity: ActivityFacts) -> Sequence[Question]:
    return instrument_of(activity).questions


def values_of(activity: ActivityFacts, fact: str) -> list[str]:
    """Everything a fact may be, whether anybody is of it or not, in order; not having said last. Empty where it was not asked."""
    if fact == "way_in":
        return list(WAYS)
    if fact == "language":
        return list(LANGUAGES)
    question = next((each for each in questions_of(activity) if each.role == fact), None)
    if question is None:
        return []
    offered = [each.name for each in (*question.choices, *question.skips)]
    own = offered
    if fact == "place":
        own = [each.code for each in plans.places(activity.plan_id)]
    elif fact == "age_band":  # the younger said it when they picked their words
        own = [each for each in AGES if each in {*offered, *YOUNGER}]
    return [*own, *(each for each in offered if each not in own), ""]


def next_basis(truth: Truth, basis: Basis, centers: Centers) -> dict[str, dict[str, list[int]]]:
    """Groups whose figures were made anew start counting from here."""
    after = {fact: {value: list(each) for value, each in values.items()} for fact, values in basis.items()}
    for fact, values in centers["moved_at"].items():
        for value, number in values.items():
            if number == centers["number"]:
                after.setdefault(fact, {})[value] = [number, truth.people.get(Group(fact, value), 0)]
    return after


def _changed(came: Mapping[int, int], basis: Sequence[int]) -> int:
    """How many people are in a group now and were not when it last moved, and how many were and are not."""
    number, people_then = basis
    before = sum(count for generation, count in came.items() if generation < number)
    return sum(came.values()) - before + max(0, people_then - before)


def _by_generation(activity_id: uuid.UUID) -> dict[Group, dict[int, int]]:
    facts = ("", *FILTERS, *REACHED, *TIED, *OWN)
    of_settings = {str(each) for each in session().scalars(inviting.groups_of_settings())}
    wanted = (TallySlice.activity_id == activity_id, TallySlice.other_fact == "", TallySlice.fact.in_(facts))
    found = session().execute(
        select(TallySlice.fact, TallySlice.value, TallyPeople.generation, TallyPeople.people)
        .join(TallyPeople, TallyPeople.slice_id == TallySlice.id)
        .where(*wanted)
    )
    came: dict[Group, dict[int, int]] = {}
    for fact, value, generation, people in found:
        if fact not in OWN or value in of_settings:
            came.setdefault(Group(fact, value), {})[generation] = people
    return came


def _answers(activity_id: uuid.UUID) -> list[tuple[Group, str, str, int]]:
    wanted = (TallySlice.activity_id == activity_id, TallySlice.other_fact == "", TallySlice.fact.in_(("", *FILTERS)))
    found = session().execute(
        select(TallySlice.fact, TallySlice.value, Tally.question, Tally.code, Tally.people)
        .join(Tally, Tally.slice_id == TallySlice.id)
        .where(*wanted)
    )
    return [(Group(fact, value), question, code, people) for fact, value, question, code, people in found]


def _asked(question: Question) -> Asked | None:
    if question.role not in (None, "moment") or not question.is_asked:
        return None
    if question.is_picked:
        return Asked(question.name, question.type != "select_one", tuple(each.name for each in (*question.choices, *question.skips)))
    low, high = question.start, question.end
    if question.type != "integer" or low is None or high is None or high - low >= MOST_VALUES:
        return None
    return Asked(question.name, False, (*map(str, range(low, high + 1)), *(each.name for each in question.skips)))
