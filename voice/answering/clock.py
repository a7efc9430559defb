"""The clock: when each activity and theme is to be answered, when it was, and what is late. What is kept here is only ever filled in."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from voice import asking, counting, inviting, plans, reading, understanding
from voice.answering.clock_models import ActivityClock, ThemeClock
from voice.answering.clock_rules import Wait, due_on
from voice.answering.queries import public_days
from voice.asking import ActivityFacts
from voice.config import settings
from voice.keeping.models import Submission, View
from voice.reviewing import heard_on
from voice.storage import session, today
from voice.understanding import ThemeSentence
from voice.understanding.models import ThemeView

TO_SEE_SENDERS = 200
"""Enough of a theme's views to see whether it has enough senders: nobody sends this many in one go."""
WEEK = timedelta(days=6)  # from its Monday to its last day


@dataclass(frozen=True)
class ActivityTime:
    """The days of one activity that has closed. `is_heard`: three or more wrote to it; None: its day has not passed."""

    activity: ActivityFacts
    closed_on: date
    due_on: date
    answered_on: date | None
    is_heard: bool | None


def activity_times(plan_id: uuid.UUID) -> list[ActivityTime]:
    """The plan’s activities that have closed, the longest closed first."""
    closed = [(each, each.closes_on) for each in asking.activities(plan_id) if each.closes_on and each.closes_on < today()]
    kept = {
        row.activity_id: row
        for row in session().scalars(select(ActivityClock).where(ActivityClock.activity_id.in_([each.id for each, _day in closed])))
    }
    open_ones = [each.id for each, _day in closed if each.id not in kept or kept[each.id].answered_on is None]
    answered = _first_answers(open_ones, plan_id)
    found = [_time(each, day, kept.get(each.id), answered.get(each.id)) for each, day in closed]
    return sorted(found, key=lambda each: (each.closed_on, each.activity.slug))


def _time(activity: ActivityFacts, closed_on: date, row: ActivityClock | None, answered_on: date | None) -> ActivityTime:
    due = due_on(closed_on, activity.reply_by, settings().first_answer_days)
    return ActivityTime(activity, closed_on, due, (row.answered_on if row else None) or answered_on, row.is_heard if row else None)


def _first_answers(activity_ids: Collection[uuid.UUID], plan_id: uuid.UUID) -> dict[uuid.UUID, date]:
    """Of these activities, the day of the first answer to something that enough of those who wrote to it said."""
    days = _public_since(plan_id) if activity_ids else {}
    found = {each: [days[theme] for theme in themes if theme in days] for each, themes in counting.in_themes(activity_ids).items()}
    return {each: min(some) for each, some in found.items() if some}


def _public_since(plan_id: uuid.UUID) -> dict[uuid.UUID, date]:
    """Theme -> the day on which everyone could first read an answer to it, or to one that went into it; newer words do not move it."""
    themes: dict[uuid.UUID, ThemeSentence] = {each.id: each for each in [*understanding.sentences(plan_id), *understanding.merged_themes(plan_id)]}
    days, found = public_days(), dict[uuid.UUID, date]()
    for theme_id, first in session().execute(select(days.c.theme_id, func.min(days.c.published_on)).group_by(days.c.theme_id)):
        if theme_id in themes:
            at = understanding.where_it_went(themes[theme_id]).id
            found[at] = min(found.get(at, first), first)
    return found


def theme_dues(themes: Collection[ThemeSentence], plan_id: uuid.UUID) -> dict[uuid.UUID, date]:
    """By when each of these was to be answered: as it was noted, or as it stands."""
    rows = session().execute(select(ThemeClock.theme_id, ThemeClock.due_on).where(ThemeClock.theme_id.in_([each.id for each in themes])))
    kept: dict[uuid.UUID, date] = dict(rows.all())
    new = [each.id for each in themes if each.id not in kept]
    return kept | {key: due for key, (_week, due) in _dues(new, plan_id).items()}


def has_senders(theme_id: uuid.UUID) -> bool:
    """Whether enough people said it for it to be public."""
    return counting.may_be_public(understanding.theme_views(theme_id, most=TO_SEE_SENDERS))


def keep_clock() -> int:
    """The worker’s job: what can be said now and could not be worked out for good, as what it is worked out from goes in time. Flushes; how many."""
    plan = plans.current_plan()
    if plan is None:
        return 0
    return _keep_activities(plan.id) + _keep_themes(plan.id)


def _keep_activities(plan_id: uuid.UUID) -> int:
    times = activity_times(plan_id)
    rows = {row.activity_id: row for row in session().scalars(select(ActivityClock))}
    due = [each for each in times if each.activity.id not in rows and (each.answered_on or today() > each.due_on)]
    wrote = counting.wrote([each.activity.id for each in due])
    for each in due:
        heard = each.answered_on is not None or each.activity.id in wrote
        session().add(ActivityClock(activity_id=each.activity.id, is_heard=heard, answered_on=each.answered_on))
    late = [each for each in times if each.activity.id in rows and each.answered_on and rows[each.activity.id].answered_on is None]
    for each in late:
        rows[each.activity.id].answered_on, rows[each.activity.id].is_heard = each.answered_on, True
    session().flush()
    return len(due) + len(late)


def _keep_themes(plan_id: uuid.UUID) -> int:
    rows = {row.theme_id: row for row in session().scalars(select(ThemeClock))}
    days = _public_since(plan_id)
    new = [each.id for each in understanding.sentences(plan_id) if each.id not in rows and has_senders(each.id)]
    for theme_id, (week, due) in _dues(new, plan_id).items():
        session().add(ThemeClock(theme_id=theme_id, said_week=week, due_on=due, answered_on=days.get(theme_id)))
    late = [row for row in rows.values() if row.answered_on is None and row.theme_id in days]
    for row in late:
        row.answered_on = days[row.theme_id]
    session().flush()
    return len(new) + len(late)


def _dues(theme_ids: Collection[uuid.UUID], plan_id: uuid.UUID) -> dict[uuid.UUID, tuple[date | None, date]]:
    """Theme -> the week by which three had said it in what never closes (None: in nothing such), and the first day on which it is to be answered."""
    if not theme_ids:
        return {}
    activities = {each.id: each for each in asking.activities(plan_id)}
    said_in: dict[uuid.UUID, list[ActivityFacts]] = {}
    for activity_id, themes in counting.in_themes(activities).items():
        for theme_id in themes:
            said_in.setdefault(theme_id, []).append(activities[activity_id])
    heard = heard_on(theme_ids)
    return {each: _due(each, said_in.get(each, []), heard) for each in theme_ids}


def _due(theme_id: uuid.UUID, activities: Collection[ActivityFacts], heard: Mapping[uuid.UUID, date]) -> tuple[date | None, date]:
    days = settings().first_answer_days
    week = _third_week(theme_id, [each.id for each in activities if each.closes_on is None])
    found = [due_on(each.closes_on, each.reply_by, days) for each in activities if each.closes_on]
    if week:
        found.append(week + WEEK + timedelta(days=days))
    if found:
        return week, min(found)
    theme = understanding.theme(theme_id)
    return None, heard.get(theme_id, theme.made_on if theme else today()) + timedelta(days=days)


def _third_week(theme_id: uuid.UUID, activity_ids: Collection[uuid.UUID]) -> date | None:
    """The Monday of the week by which three people had said it: a day that rests on one child is said nowhere."""
    if not activity_ids:
        return None
    first = (
        select(func.min(Submission.received_on))
        .join(View, View.submission_id == Submission.id)
        .join(ThemeView, ThemeView.view_id == View.id)
        .where(ThemeView.theme_id == theme_id, Submission.activity_id.in_(activity_ids))
        .where(Submission.id.not_in(reading.set_aside()), Submission.id.not_in(inviting.hidden_submissions(None)))
        .group_by(Submission.id)
        .order_by(func.min(Submission.received_on))
    )
    day = session().scalar(first.offset(counting.FEWEST_SENDERS - 1).limit(1))
    return day - timedelta(days=day.weekday()) if day else None


def waits(plan_id: uuid.UUID) -> list[Wait]:
    """Everything of the plan that waited for a first answer: activities from their closing, what never closes from the week it was said."""
    closed = [Wait(each.closed_on, each.due_on, each.answered_on) for each in activity_times(plan_id) if each.is_heard]
    ids = [each.id for each in understanding.sentences(plan_id)]
    rows = session().scalars(select(ThemeClock).where(ThemeClock.theme_id.in_(ids), ThemeClock.said_week.is_not(None)))
    return closed + [Wait(row.said_week + WEEK, row.due_on, row.answered_on) for row in rows if row.said_week]


def activities_due(plan_id: uuid.UUID) -> list[uuid.UUID]:
    """The plan’s activities whose writers should have an answer by now; what never closes, from when it has been open for so long."""
    days = timedelta(days=settings().first_answer_days)
    closed = {each.activity.id for each in activity_times(plan_id) if today() > each.due_on}
    return [each.id for each in asking.activities(plan_id) if each.id in closed or (each.closes_on is None and each.opens_on + days < today())]
