"""The answers desk: which themes wait, for whom, and since when."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from voice import identity, plans, reviewing, understanding
from voice.answering.facts import AnswerFacts
from voice.answering.queries import answers_for, doubted, owners, public_answers, published, reach, what_stops
from voice.answering.requesting import Asked, asked

# In the order in which the desk lists them.
STAGES = ("unanswered", "again", "draft", "with_board", "ready", "overdue", "out", "unheard")
WAIT_FOR_US = ("unanswered", "again", "draft", "ready", "overdue")


@dataclass(frozen=True)
class Waiting:
    """One answer on the answers desk, or a theme without one. `since`: the day from which it has been where it is (for `overdue`, the day we
    named)."""

    slug: str
    you_said: str
    priority: str
    stage: str
    since: date
    stopped_by: str | None  # a code of `rules.why_not_yet`
    owner: str | None = None  # whose it is to answer, by name; or whoever is invited to
    answer_by: date | None = None  # where somebody was asked for it and it has not come
    is_late: bool = False  # past that day
    others: int = 0  # how many more themes the same answer has


@dataclass(frozen=True)
class _Near:
    """What is known of the themes, read at once."""

    heard: Mapping[uuid.UUID, date]
    answers: Mapping[uuid.UUID, AnswerFacts]
    public: Mapping[uuid.UUID, AnswerFacts]
    doubted: Collection[uuid.UUID]
    asked: Mapping[uuid.UUID, Asked]
    names: Mapping[uuid.UUID, str]


def waiting(me: identity.Person) -> dict[str, list[Waiting]]:
    """The current plan's themes by stage, as far as they are this member's to see; in each, what waits longest first. An answer to many themes
    stands there once; one whose public words are overdue, while new ones are under way, stands in both places."""
    plan, theirs = plans.current_plan(), reach(me)
    themes = [each for each in (_themes(plan.id) if plan else []) if theirs is None or each.id in theirs]
    titles = {each.id: each.title for each in plans.priorities(plan.id, closed_too=True)} if plan else {}
    near = _near([each.id for each in themes])
    found = [line for each in _once(themes, near.answers) for line in _lines(each, titles[each.priority_id], near)]
    return {stage: sorted((each for each in found if each.stage == stage), key=lambda each: (each.since, each.slug)) for stage in STAGES}


def _themes(plan_id: uuid.UUID) -> list[understanding.ThemeFacts]:
    """The plan's themes; of those that went into another, the ones whose answer everyone can read, so that its dates are still kept."""
    merged = {each.id: each for each in understanding.merged_themes(plan_id)}
    public = {each.theme_id for each in published(merged)} if merged else set()
    return [*understanding.themes(plan_id), *(each for each in merged.values() if each.id in public)]


def _near(theme_ids: list[uuid.UUID]) -> _Near:
    public = public_answers(theme_ids)
    return _Near(reviewing.heard_on(theme_ids), answers_for(theme_ids), public, doubted(public.values()), asked(theme_ids), _owner_names(theme_ids))


def _owner_names(theme_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    names = {each.id: each.name for each in identity.members_with("answer_owner")}
    return {theme_id: names[member_id] for theme_id, member_id in owners(theme_ids).items()}


def _once(themes: list[understanding.ThemeFacts], answers: Mapping[uuid.UUID, AnswerFacts]) -> Iterator[understanding.ThemeFacts]:
    """Of the themes with the same answer the one that had it first."""
    there = {each.id for each in themes}
    for each in themes:
        answer = answers.get(each.id)
        if answer is None or each.id == next(theme_id for theme_id in answer.theme_ids if theme_id in there):
            yield each


def how_many_wait(me: identity.Person) -> int:
    """How many themes wait for one of us, not for the board, as far as this member sees them."""
    found = waiting(me)
    return sum(len(found[stage]) for stage in WAIT_FOR_US)


def _lines(theme: understanding.ThemeFacts, priority: str, near: _Near) -> Iterator[Waiting]:
    answer, public, request = near.answers.get(theme.id), near.public.get(theme.id), near.asked.get(theme.id)
    is_open = request is not None and not request.is_answered
    for stage, since, stopped_by in _stages(theme, near.heard.get(theme.id), answer, public, near.doubted):
        yield Waiting(
            theme.slug,
            theme.you_said,
            priority,
            stage,
            since,
            stopped_by,
            near.names.get(theme.id) or (request.invited if request else None),
            request.answer_by if request and is_open else None,
            request is not None and request.is_late,
            len(answer.theme_ids) - 1 if answer else 0,
        )


def _stages(
    theme: understanding.ThemeFacts, heard_on: date | None, answer: AnswerFacts | None, public: AnswerFacts | None, doubted: Collection[uuid.UUID]
) -> Iterator[tuple[str, date, str | None]]:
    if answer is None:
        yield ("unanswered", heard_on, None) if heard_on else ("unheard", theme.made_on, None)
        return
    if public and public.is_overdue and public.look_again_on:
        yield "overdue", public.look_again_on, None
    elif answer.published_on:
        yield ("again" if answer.id in doubted else "out"), answer.published_on, None
    if answer.published_on is None:
        yield _under_way(answer)


def _under_way(answer: AnswerFacts) -> tuple[str, date, str | None]:
    if answer.sent_to_board_on is None:
        return "draft", answer.answered_on, None
    why = what_stops(answer.id)
    return "with_board" if why == "with_board" else "ready", answer.sent_to_board_on, why


def last_heard(theme_id: uuid.UUID) -> date | None:
    """The day the board heard this theme."""
    return reviewing.heard_on([theme_id]).get(theme_id)
