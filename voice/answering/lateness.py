"""What waits for an answer, or for us to look again, and the day we named: for everyone, and for officers who can do something about it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from voice import asking, counting, identity, plans, reviewing, understanding
from voice.answering.clock import activity_times, has_senders, theme_dues
from voice.answering.clock_rules import days_late
from voice.answering.facts import AnswerFacts
from voice.answering.queries import published, reach
from voice.storage import today
from voice.understanding import ThemeSentence


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. `since`: the board heard it, or it closed, or it was answered; `due_on`: the day we named. Days, of dates alone."""

    kind: str  # theme, activity, follow_up
    slug: str
    said: str
    priority: str | None
    since: date
    due_on: date
    days: int  # waited, of a theme or an activity
    late: int  # past the day we named; 0: it has not passed


@dataclass(frozen=True)
class StillWaiting:
    """Everything that waits and that everyone may know of, the longest wait first."""

    themes: Sequence[Waiting]
    activities: Sequence[Waiting]
    follow_ups: Sequence[Waiting]

    @property
    def is_nothing(self) -> bool:
        return not (self.themes or self.activities or self.follow_ups)


def still_waiting(plan_id: uuid.UUID) -> StillWaiting:
    """What the plan’s young people wait for. Only what may be public: three senders or more, and nothing the board objects to."""
    return StillWaiting(_themes(plan_id), _activities(plan_id, public=True), _follow_ups(plan_id))


def late(plan_id: uuid.UUID) -> list[Waiting]:
    """What is past the day we named, the latest first, for those who can do something about it."""
    found = [*_themes(plan_id), *_activities(plan_id, public=False), *_follow_ups(plan_id)]
    return sorted((each for each in found if each.late), key=lambda each: (-each.late, each.kind, each.slug))


def late_for(me: identity.Person) -> list[Waiting]:
    """The same, as far as it is this member’s to answer; activities are the officers’ and the publishers’."""
    plan, theirs = plans.current_plan(), reach(me)
    found = late(plan.id) if plan else []
    if plan is None or theirs is None:
        return found
    slugs = {each.slug for each in understanding.sentences(plan.id) if each.id in theirs}
    return [each for each in found if each.kind != "activity" and each.slug in slugs]


def how_many(items: Sequence[Waiting]) -> int:
    return len(items)


def first_steps(slugs: Collection[str]) -> dict[str, list[ThemeSentence]]:
    """Activity -> themes in which enough of those who wrote to it are heard: to answer one of them is to answer it."""
    plan = plans.current_plan()
    if plan is None or not slugs:
        return {}
    wanted = {each.id: each.slug for each in asking.activities(plan.id) if each.slug in slugs}
    themes = {each.id: each for each in understanding.sentences(plan.id)}
    found = {wanted[each]: [themes[one] for one in some if one in themes] for each, some in counting.in_themes(wanted).items()}
    return {slug: sorted(some, key=lambda each: each.you_said) for slug, some in found.items()}


def _themes(plan_id: uuid.UUID) -> list[Waiting]:
    """Themes the board has heard that nobody has answered."""
    themes = {theme.id: theme for theme in understanding.sentences(plan_id)}
    heard = reviewing.heard_on(themes)
    settled = {answer.theme_id for answer in published(themes)} | reviewing.objected(themes)
    open_ones = [themes[each] for each in heard if each not in settled and has_senders(each)]
    dues, names = theme_dues(open_ones, plan_id), _names(plan_id)
    found = [_of_theme("theme", each, names, heard[each.id], dues[each.id]) for each in open_ones]
    return sorted(found, key=lambda each: (each.since, each.said))


def _activities(plan_id: uuid.UUID, *, public: bool) -> list[Waiting]:
    """Activities past their day that nobody has answered."""
    wrong = [each for each in activity_times(plan_id) if each.answered_on is None and today() > each.due_on]
    enough = {each.activity.id for each in wrong if each.is_heard}
    if not public:
        enough |= counting.wrote([each.activity.id for each in wrong if each.is_heard is None])
    named = [each for each in wrong if each.activity.id in enough]
    return [_waiting("activity", each.activity.slug, each.activity.title, None, each.closed_on, each.due_on) for each in named]


def _follow_ups(plan_id: uuid.UUID) -> list[Waiting]:
    """Answers to which we were to come back by a day that is over; one that answers many themes stands at one of them."""
    themes = {theme.id: theme for theme in understanding.sentences(plan_id)}
    objected, names = reviewing.objected(themes), _names(plan_id)
    answers = {each.id: each for each in published(themes.keys() - objected) if each.is_overdue}
    found = [_of_theme("follow_up", themes[each.theme_id], names, _said_on(each), each.look_again_on or today()) for each in answers.values()]
    return sorted(found, key=lambda each: (each.due_on, each.said))


def _said_on(answer: AnswerFacts) -> date:
    """When everyone last read something of it."""
    return answer.followed_up_on or answer.published_on or answer.answered_on


def _of_theme(kind: str, theme: ThemeSentence, names: Mapping[uuid.UUID, str], since: date, due_on: date) -> Waiting:
    return _waiting(kind, theme.slug, theme.you_said, names.get(theme.priority_id), since, due_on)


def _waiting(kind: str, slug: str, said: str, priority: str | None, since: date, due_on: date) -> Waiting:
    return Waiting(kind, slug, said, priority, since, due_on, max(0, (today() - since).days), days_late(due_on, today()))


def _names(plan_id: uuid.UUID) -> dict[uuid.UUID, str]:
    return {each.id: each.child_title for each in plans.priorities(plan_id, closed_too=True)}
