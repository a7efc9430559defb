"""How the council listens, as a whole: full, friendly, fast, followed up (Lundy’s four), and what young people make of it.

Days and answers are the council’s own and are counted as they are. What is counted of children comes once a quarter, through `counting`.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from voice import counting, reading_age, reviewing, understanding
from voice.answering.clock import activities_due, waits
from voice.answering.clock_rules import Fast, came_back, how_fast
from voice.answering.facts import AnswerFacts
from voice.answering.listened import said_by_question
from voice.answering.queries import published
from voice.answering.rules import VERDICTS
from voice.config import settings
from voice.plans import current_plan
from voice.storage import today

NOT_JUDGED = "not_judged"
EASY_AT = 10  # years old: whom our answers are written for


@dataclass(frozen=True)
class Full:
    """How many answers say what. `changed`: done, doing or will do, and where to see it or by when; `why_not`: can’t, and why, and what instead;
    `decided`: where it was decided."""

    of: int
    changed: int
    why_not: int
    decided: int


@dataclass(frozen=True)
class Friendly:
    """How old one has to be to read an answer: the middle one, and how many a ten year old can read."""

    age: int
    easy: int
    of: int


@dataclass(frozen=True)
class Followed:
    """Of the days on which we were to come back to an answer, those we kept. `of`: days that are over, or on which we came sooner."""

    kept: int
    of: int


@dataclass(frozen=True)
class FourFs:
    """Each part is None while there is nothing to judge it by."""

    fast: Fast | None
    days: int  # within which a first answer comes
    full: Full | None
    friendly: Friendly | None
    followed: Followed | None
    verdicts: Mapping[str, int]  # fair, not_yet, not_answered, not_judged -> answers
    quarter: counting.Quarter | None

    @property
    def answers(self) -> int:
        return self.full.of if self.full else 0


def four_fs(plan_id: uuid.UUID) -> FourFs:
    answers = _answers(plan_id)
    days = settings().first_answer_days
    fast = how_fast(waits(plan_id), days, today())
    return FourFs(fast, days, _full(answers), _friendly(answers), _followed(answers), _verdicts(answers), counting.how_we_listen())


def keep_quarter() -> int:
    """The worker’s job: figures of children, once a quarter. Flushes; returns 1 where it was time."""
    plan = current_plan()
    return counting.give_out_quarter(activities_due(plan.id), said_by_question(plan.id)) if plan else 0


def reading_ages(answers: Collection[AnswerFacts]) -> list[int]:
    """How old one has to be to read each of these, youngest first."""
    return sorted(age_of(each) for each in answers)


def age_of(answer: AnswerFacts) -> int:
    return reading_age.age(parts_of(answer))


def parts_of(answer: AnswerFacts) -> list[str]:
    """What of an answer is read as sentences."""
    return [each for each in (answer.words, answer.because, answer.instead, answer.evidence) if each]


def _answers(plan_id: uuid.UUID) -> list[AnswerFacts]:
    """The plan’s public answers, each once; none that the board says is about something nobody said."""
    themes = {each.id for each in [*understanding.sentences(plan_id), *understanding.merged_themes(plan_id)]}
    shown = themes - reviewing.objected(themes)
    return list({each.id: each for each in published(shown)}.values())


def _full(answers: Sequence[AnswerFacts]) -> Full | None:
    cant = sum(each.state == "cant" for each in answers)
    decided = sum(each.where_decided is not None for each in answers)
    return Full(len(answers), len(answers) - cant, cant, decided) if answers else None


def _friendly(answers: Sequence[AnswerFacts]) -> Friendly | None:
    ages = reading_ages(answers)
    return Friendly(ages[len(ages) // 2], sum(each <= EASY_AT for each in ages), len(ages)) if ages else None


def _followed(answers: Sequence[AnswerFacts]) -> Followed | None:
    counted = [came_back(each.follow_up_on, [(one.said_on, one.next_on) for one in each.follow_ups], today()) for each in answers]
    kept, due = sum(one for one, _of in counted), sum(of for _one, of in counted)
    return Followed(kept, due) if due else None


def _verdicts(answers: Sequence[AnswerFacts]) -> dict[str, int]:
    counted = Counter(each.verdict or NOT_JUDGED for each in answers)
    return {each: counted[each] for each in (*VERDICTS, NOT_JUDGED)}
