"""What a quarter's page shows: what is late, what was done, measures that moved, answers and what the board said, what still waits.

All of it is plain data, as it is kept once the page is final. No figure in it is of children: how many said a thing is in the words that
`counting` froze for everyone.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import TypedDict

from voice import answering, plans, reviewing
from voice.answering import AnswerFacts
from voice.delivering.doing.queries import ActionProgress, UpdateFacts, all_progress, said_between
from voice.delivering.doing.rules import STATUSES, Quarter
from voice.delivering.doing.ties import CarriedOut, public_answers
from voice.delivering.measuring.queries import MeasureStory, all_measure_stories
from voice.storage import today

NOT_JUDGED = "not_judged"


class Line(TypedDict):
    """One thing on the page. `on`: a day as 2026-09-30; `about`: which part of the plan; `who`: role and organisation; `more`: why, or what
    shows it."""

    words: str
    about: str
    who: str
    on: str | None
    more: str


class Moved(TypedDict):
    """A measure that has a new reading. `standing`: met, nearer, no_nearer, unknown."""

    words: str
    before: str | None
    now: str
    on: str
    standing: str


class Answers(TypedDict):
    """Answers that became public in the quarter. `days`: the middle of the days from the board hearing a theme to its answer."""

    given: int
    days: int | None
    states: dict[str, int]
    verdicts: dict[str, int]


class Sheet(TypedDict):
    """Everything a quarter's page shows, as it stood on the day `on`."""

    place: str
    plan: str
    quarter: str
    first: str
    last: str
    on: str
    actions: int
    statuses: dict[str, int]
    unsaid: int
    late: list[Line]
    done: list[Line]
    stopped: list[Line]
    steps: list[Line]
    measures: list[Moved]
    stale: int  # measures whose newest figure is too old
    answers: Answers
    asks: list[Line]
    waiting: list[Line]


def compose(plan: plans.PlanFacts, quarter: Quarter, place: str) -> Sheet:
    """The page of this quarter as it stands today."""
    actions = all_progress(plan.id)
    titles = {each.id: each.title for each in plans.priorities(plan.id, closed_too=True)}
    said = said_between([each.facts.id for each in actions], quarter.first, quarter.last)
    measures = all_measure_stories(plan.id)
    statuses = Counter(each.status for each in actions if each.status)
    return Sheet(
        place=place,
        plan=plan.title,
        quarter=quarter.code,
        first=quarter.first.isoformat(),
        last=quarter.last.isoformat(),
        on=today().isoformat(),
        actions=len(actions),
        statuses={each: statuses[each] for each in STATUSES},
        unsaid=sum(each.status is None for each in actions),
        late=sorted((_late(each, titles) for each in actions if each.late), key=_by_day),
        done=_ended(actions, said, titles, "done"),
        stopped=_ended(actions, said, titles, "stopped"),
        steps=sorted((line for each in actions for line in _steps(each, quarter)), key=_by_day),
        measures=[line for each in measures if (line := _moved(each, quarter))],
        stale=sum(not each.fresh for each in measures),
        answers=_answers(public_answers(plan.id), quarter),
        asks=_asks(quarter),
        waiting=_waiting(plan.id),
    )


def _by_day(line: Line) -> tuple[str, str]:
    return line["on"] or "", line["words"]


def _line(words: str, about: str = "", who: str = "", on: date | None = None, more: str | None = None) -> Line:
    return Line(words=words, about=about, who=who, on=on.isoformat() if on else None, more=more or "")


def _who(each: ActionProgress) -> str:
    return f"{each.owner.role}, {each.owner.organisation}" if each.owner else ""


def _about(each: ActionProgress, titles: Mapping[uuid.UUID, str]) -> str:
    return titles.get(each.facts.priority_id, "") if each.facts.priority_id else ""


def _late(each: ActionProgress, titles: Mapping[uuid.UUID, str]) -> Line:
    return _line(each.facts.words, _about(each, titles), _who(each), each.behind_since or each.word_due_on, each.why)


def _ended(
    actions: Iterable[ActionProgress], said: Mapping[uuid.UUID, Sequence[UpdateFacts]], titles: Mapping[uuid.UUID, str], status: str
) -> list[Line]:
    """Actions of which it was said in the quarter that they are done, or stopped, and that still are."""
    found = []
    for each in actions:
        news = next((one for one in said.get(each.facts.id, []) if one.status == status), None)
        if each.status == status and news:
            found.append(_line(each.facts.words, _about(each, titles), _who(each), news.said_on, news.evidence or news.why))
    return sorted(found, key=_by_day)


def _steps(each: ActionProgress, quarter: Quarter) -> list[Line]:
    return [_line(step.words, each.facts.words, step.place or "", step.reached_on) for step in each.milestones if quarter.holds(step.reached_on)]


def _answers(public: Sequence[CarriedOut], quarter: Quarter) -> Answers:
    given = [each for each in public if quarter.holds(each.answer.published_on)]
    answers = list({each.answer.id: each.answer for each in given}.values())
    verdicts = Counter(each.verdict or NOT_JUDGED for each in answers)
    states = Counter(each.state for each in answers)
    return Answers(
        given=len(answers),
        days=_middle(given),
        states={each: states[each] for each in answering.STATES},
        verdicts={each: verdicts[each] for each in (*answering.VERDICTS, NOT_JUDGED)},
    )


def _middle(given: Sequence[CarriedOut]) -> int | None:
    heard = reviewing.heard_on([each.theme.id for each in given])
    days = [_days(each.answer, heard[each.theme.id]) for each in given if each.theme.id in heard]
    return round(median(days)) if days else None


def _days(answer: AnswerFacts, heard_on: date) -> int:
    return max(0, ((answer.published_on or today()) - heard_on).days)


def _waiting(plan_id: uuid.UUID) -> list[Line]:
    """Themes the board has heard that nobody has answered and that may be public, longest first."""
    return [_line(each.said, each.priority or "", on=each.since) for each in answering.still_waiting(plan_id).themes]


def _asks(quarter: Quarter) -> list[Line]:
    """What the youth board asked of leaders in the quarter and lets everyone read, and earlier asks that nobody has answered yet."""
    asked = [each for each in reviewing.asks_to_leaders() if quarter.holds(each.asked_on) or (each.asked_on < quarter.first and each.answer is None)]
    who = {each.id: f"{each.owner_role}, {each.organisation}" for each in asked}
    return sorted((_line(each.words, who=who[each.id], on=each.asked_on, more=each.answer) for each in asked), key=_by_day)


def _moved(story: MeasureStory, quarter: Quarter) -> Moved | None:
    """A measure of which a figure was entered in the quarter that is not the one before; figures of few people are not looked at."""
    whole = story.whole
    if len(whole) < 2 or not quarter.holds(whole[-1].entered_at.date()) or whole[-1].value == whole[-2].value:
        return None
    return Moved(words=story.facts.words, before=whole[-2].said, now=whole[-1].said, on=whole[-1].on.isoformat(), standing=story.standing)
