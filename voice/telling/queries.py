"""What a receipt shows: never the words, never whether they were held back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from voice import answering, asking, contacting, counting, keeping, plans, reading, reviewing, understanding
from voice.answering import AnswerFacts
from voice.contacting import Reply
from voice.storage import week_of

READ_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Story:
    """What became of one theme the sender’s words are part of. Nothing here that is not public."""

    slug: str | None  # None until the theme has a public page
    you_said: str
    how_many: str
    priority: str
    priority_code: str
    joined_on: date
    heard_on: date | None
    board_words: str | None
    answer: AnswerFacts | None
    mark: str | None
    said: Mapping[str, str]  # to “did we listen”, “did it help”
    is_same: bool = False  # the answer stands on this receipt already, at another theme


@dataclass(frozen=True)
class Told:
    """A receipt: the activity’s dated stages, and the public themes the words are part of."""

    week: date
    read_on: date | None
    read_by: date
    reply_by: date | None
    stories: tuple[Story, ...]
    replies: tuple[tuple[Reply, date], ...] = ()  # approved words a person left, newest first

    @property
    def is_answered(self) -> bool:
        return any(story.answer for story in self.stories)


def told(sent: keeping.Sent) -> Told:
    """What the receipt of this submission shows."""
    week = week_of(sent.received_on)
    activity = asking.activity_by_id(sent.activity_id) if sent.activity_id else None
    return Told(
        week,
        reading.activity_read_on(sent.activity_id, week, week + timedelta(days=6)),
        sent.received_on + READ_WITHIN,
        activity.reply_by if activity else None,
        tuple(_stories(sent.id)),
        tuple(contacting.replies_to(sent.id)),
    )


def shown_on(submission_id: uuid.UUID) -> frozenset[str]:
    """A mark for each public thing on this receipt, another one when it changes: what “there is news” goes by. Words held back, or about which
    somebody worries, give what words in no theme give."""
    marks = {f"reply {reply.code}" for reply, _day in contacting.replies_to(submission_id)}
    for theme, _heard_on, answer in _told_themes(submission_id):
        marks.add(f"theme {theme.id}")
        if answer:
            marks.add(f"answer {answer.id} {answer.number} {answer.published_on} {answer.state} {answer.written_at}")
            marks.update(f"became {answer.id} {answer.number} {place}" for place, _each in enumerate(answer.follow_ups))
            marks.update(f"step {each.id} {each.reached_on} {each.why_not}" for each in answer.milestones)
    return frozenset(marks)


def _stories(submission_id: uuid.UUID) -> list[Story]:
    found = _told_themes(submission_id)
    words = reviewing.board_words([theme.id for theme, _heard_on, _answer in found])
    first = {answer.id: theme.id for theme, _heard_on, answer in reversed(found) if answer}
    stories = [(theme, _story(theme, heard_on, words.get(theme.id), answer, submission_id)) for theme, heard_on, answer in found]
    return [replace(each, is_same=each.answer is not None and first[each.answer.id] != theme.id) for theme, each in stories]


def _told_themes(submission_id: uuid.UUID) -> list[tuple[understanding.ThemeFacts, date | None, AnswerFacts | None]]:
    """The public themes the words are part of, the day the board heard each, and its answer once that is public."""
    view_ids = reading.told_of(keeping.views_of(submission_id))
    themes = understanding.themes_of_views(view_ids) if view_ids else []
    ids = [theme.id for theme in themes]
    heard, public = reviewing.heard_on(ids), answering.public_answers(ids)
    return [(each, heard.get(each.id), public.get(each.id)) for each in themes if each.id in public or _may_be_told(each.id, heard)]


def _may_be_told(theme_id: uuid.UUID, heard: dict[uuid.UUID, date]) -> bool:
    return theme_id in heard and not reviewing.open_objection(theme_id) and counting.may_be_public(understanding.theme_views(theme_id))


def _story(theme: understanding.ThemeFacts, heard_on: date | None, words: str | None, answer: AnswerFacts | None, submission_id: uuid.UUID) -> Story:
    priority = plans.priority_by_id(theme.priority_id)
    return Story(
        theme.slug if answer else None,
        theme.you_said,
        counting.how_many_said(theme.id) if answer else "",
        priority.child_title if priority else "",
        priority.code if priority else "",
        theme.made_on,
        heard_on,
        words if answer else None,
        answer,
        answering.mark_of(answer.id, submission_id) if answer else None,
        answering.said_of(answer.id, submission_id) if answer else {},
    )


def may_mark(sent: keeping.Sent, answer_id: uuid.UUID) -> bool:
    """Whether this sender’s words are part of what this answer answers."""
    return any(story.answer and story.answer.id == answer_id for story in told(sent).stories)
