"""The answers desk: which themes wait, for whom, and since when."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from voice import identity, plans, reviewing, understanding
from voice.answering.facts import AnswerFacts
from voice.answering.queries import answers_for, owners, published, reach, what_stops
from voice.storage import today

# In the order in which the desk lists them.
STAGES = ("unanswered", "draft", "with_board", "ready", "overdue", "out", "unheard")
WAIT_FOR_US = ("unanswered", "draft", "ready", "overdue")


@dataclass(frozen=True)
class Waiting:
    """One theme on the answers desk. `since`: the day from which it has been where it is (for `overdue`, the day we named)."""

    slug: str
    you_said: str
    priority: str
    stage: str
    since: date
    stopped_by: str | None  # a code of `rules.why_not_yet`
    owner: str | None = None  # whose it is to answer, by name


def waiting(me: identity.Person) -> dict[str, list[Waiting]]:
    """The current plan's themes by stage, as far as they are this member's to see; in each, what waits longest first."""
    plan, theirs = plans.current_plan(), reach(me)
    themes = [each for each in (_themes(plan.id) if plan else []) if theirs is None or each.id in theirs]
    titles = {each.id: each.title for each in plans.priorities(plan.id, closed_too=True)} if plan else {}
    heard, answers = reviewing.heard_on([each.id for each in themes]), answers_for([each.id for each in themes])
    names = _owner_names([each.id for each in themes])
    found = [_waiting(each, titles[each.priority_id], heard.get(each.id), answers.get(each.id), names.get(each.id)) for each in themes]
    return {stage: sorted((each for each in found if each.stage == stage), key=lambda each: (each.since, each.slug)) for stage in STAGES}


def _themes(plan_id: uuid.UUID) -> list[understanding.ThemeFacts]:
    """The plan's themes; of those that went into another, the ones whose answer everyone can read, so that its dates are still kept."""
    merged = {each.id: each for each in understanding.merged_themes(plan_id)}
    public = {each.theme_id for each in published(merged)} if merged else set()
    return [*understanding.themes(plan_id), *(each for each in merged.values() if each.id in public)]


def _owner_names(theme_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    found = {theme_id: identity.person(member_id) for theme_id, member_id in owners(theme_ids).items()}
    return {theme_id: owner.name for theme_id, owner in found.items() if owner}


def how_many_wait(me: identity.Person) -> int:
    """How many themes wait for one of us, not for the board, as far as this member sees them."""
    found = waiting(me)
    return sum(len(found[stage]) for stage in WAIT_FOR_US)


def _waiting(theme: understanding.ThemeFacts, priority: str, heard_on: date | None, answer: AnswerFacts | None, owner: str | None) -> Waiting:
    stage, since, stopped_by = _stage(theme, heard_on, answer)
    return Waiting(theme.slug, theme.you_said, priority, stage, since, stopped_by, owner)


def _stage(theme: understanding.ThemeFacts, heard_on: date | None, answer: AnswerFacts | None) -> tuple[str, date, str | None]:
    if answer is None:
        return ("unanswered", heard_on, None) if heard_on else ("unheard", theme.made_on, None)
    if answer.published_on:
        return ("overdue", answer.follow_up_on, None) if answer.follow_up_on < today() else ("out", answer.published_on, None)
    if answer.sent_to_board_on is None:
        return "draft", answer.answered_on, None
    why = what_stops(answer.id)
    return "with_board" if why == "with_board" else "ready", answer.sent_to_board_on, why


def last_heard(theme_id: uuid.UUID) -> date | None:
    """The day the board heard this theme."""
    return reviewing.heard_on([theme_id]).get(theme_id)
