"""The answers of a year, in the words that went out in it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from voice import answering, counting, plans, reviewing, understanding
from voice.answering import AnswerFacts, Earlier
from voice.delivering.yearly.documents import AlsoSaid, AnswerLine, EarlierAnswer, Followed, Milestone
from voice.understanding import ThemeSentence

Words: TypeAlias = AnswerFacts | Earlier
COMING = ("doing", "will")


def answers_between(plan_id: uuid.UUID, since: date, until: date) -> list[AnswerLine]:
    """What went out from the first day to the last, oldest first; each answer once, however many themes it is about."""
    themes = {each.id: each for each in understanding.sentences(plan_id)}
    objected = reviewing.objected(themes)
    by_answer: dict[uuid.UUID, list[AnswerFacts]] = {}
    for each in answering.published(themes):
        if each.theme_id not in objected and _said_in(each, since, until):
            by_answer.setdefault(each.id, []).append(each)
    codes = {each.id: each.code for each in plans.priorities(plan_id, closed_too=True)}
    bands, words = counting.bands(themes), reviewing.board_words(themes)
    lines = [_line(some, themes, codes, bands, words, since, until) for some in by_answer.values()]
    return sorted(lines, key=lambda each: (each.published_on, each.slug))


def _said_in(answer: AnswerFacts, since: date, until: date) -> Words | None:
    """The newest words of an answer that went out in these days."""
    all_words: Sequence[Words] = (*answer.history, answer)
    return next((each for each in reversed(all_words) if each.published_on and since <= each.published_on <= until), None)


def _line(
    some: Sequence[AnswerFacts],
    themes: Mapping[uuid.UUID, ThemeSentence],
    codes: Mapping[uuid.UUID, str],
    bands: Mapping[uuid.UUID, str],
    board_words: Mapping[uuid.UUID, str],
    since: date,
    until: date,
) -> AnswerLine:
    first, *more = sorted(some, key=lambda each: (bands.get(each.theme_id) != "many", themes[each.theme_id].slug))
    said, theme = _said_in(first, since, until), themes[first.theme_id]
    if said is None or said.published_on is None:
        raise ValueError("Nothing went out in these days.")
    where = said.where_decided
    return AnswerLine(
        slug=theme.slug,
        you_said=theme.you_said,
        band=bands.get(theme.id, "some"),
        priority=codes[theme.priority_id],
        state=said.state,
        words=said.words,
        owner=said.owner_role,
        organisation=said.organisation,
        published_on=said.published_on,
        because=said.because,
        instead=said.instead,
        evidence=said.evidence,
        due_on=said.due_on,
        late=said.state in COMING and said.due_on is not None and said.due_on < until,
        board_words=board_words.get(theme.id),
        verdict=said.verdict,
        decided=where.title if where else None,
        decided_at=where.link if where else None,
        earlier=tuple(_earlier(each) for each in first.history if each.published_on and each.published_on < said.published_on),
        also=tuple(AlsoSaid(themes[each.theme_id].slug, themes[each.theme_id].you_said) for each in more),
        milestones=tuple(Milestone(each.words, each.due_on, each.reached_on) for each in first.milestones),
        followed=tuple(Followed(each.outcome, each.words, each.said_on) for each in said.follow_ups),
    )


def _earlier(each: Earlier) -> EarlierAnswer:
    if each.published_on is None:
        raise ValueError("Words that never went out are in no review.")
    return EarlierAnswer(each.state, each.words, each.published_on, each.verdict)
