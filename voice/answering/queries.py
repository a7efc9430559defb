"""Reading answers."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, extract, func, select

from voice import counting, identity, reviewing, understanding
from voice.answering.models import Answer, AnswerOwner, SenderMark, Verdict
from voice.answering.rules import alone_from, collective, why_not_yet
from voice.storage import now, session, today


@dataclass(frozen=True)
class AnswerFacts:
    id: uuid.UUID
    theme_id: uuid.UUID
    state: str
    words: str
    because: str | None
    instead: str | None
    evidence: str | None
    owner_role: str
    organisation: str
    answered_on: date
    due_on: date | None
    follow_up_on: date
    sent_to_board_on: date | None
    published_on: date | None
    verdict: str | None  # the board's
    written_at: datetime | None


def answer(answer_id: uuid.UUID) -> AnswerFacts | None:
    return next(iter(_facts(Answer.id == answer_id)), None)


def answer_for(theme_id: uuid.UUID) -> AnswerFacts | None:
    return next(iter(_facts(Answer.theme_id == theme_id)), None)


def answers_for(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AnswerFacts]:
    """Answers of these themes, published or not."""
    return {each.theme_id: each for each in _facts(Answer.theme_id.in_(theme_ids))}


def published(theme_ids: Collection[uuid.UUID] | None = None) -> list[AnswerFacts]:
    """Answers everyone may see, newest first."""
    conditions = [Answer.published_on.is_not(None)] + ([Answer.theme_id.in_(theme_ids)] if theme_ids is not None else [])
    return _facts(*conditions)


def answered_themes() -> Select[uuid.UUID]:
    """Themes whose answer everyone can see."""
    return select(Answer.theme_id).where(Answer.published_on.is_not(None))


def due_for_board() -> list[AnswerFacts]:
    """Drafts that lie with the board."""
    return _facts(Answer.sent_to_board_on.is_not(None), Answer.published_on.is_(None))


def what_stops(answer_id: uuid.UUID, by: uuid.UUID | None = None) -> str | None:
    """Why this answer may not go out now (by this member), as a code of `rules.why_not_yet`, or None where it may."""
    row = session().get_one(Answer, answer_id)
    is_own = by is not None and by in {row.drafted_by, row.written_by, owners([row.theme_id]).get(row.theme_id)}
    return why_not_yet(
        sent_to_board_on=row.sent_to_board_on,
        has_verdict=bool(session().scalar(select(Verdict.verdict).where(Verdict.answer_id == answer_id).limit(1))),
        has_objection=reviewing.open_objection(row.theme_id),
        enough_senders=counting.may_be_public(understanding.theme_views(row.theme_id)),
        on=today(),
        waits_alone=is_own and row.written_at is not None and now() < alone_from(row.written_at),
    )


def owners(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whose the answers to these themes are; only members who still answer for something."""
    found = session().execute(select(AnswerOwner.theme_id, AnswerOwner.member_id).where(AnswerOwner.theme_id.in_(theme_ids)))
    able = {each.id for each in identity.members_with("answer_owner")}
    return {theme_id: member_id for theme_id, member_id in found if member_id in able}


def themes_of(member_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Themes whose answer is one of these members' to give."""
    return set(session().scalars(select(AnswerOwner.theme_id).where(AnswerOwner.member_id.in_(member_ids))))


def reach(me: identity.Person) -> set[uuid.UUID] | None:
    """Themes whose answers this member sees: all (None) for officers and publishers; else their own, and of those for whom they stand in."""
    return None if me.roles & {"officer", "publisher"} else themes_of(identity.on_behalf_of(me.id))


def came_of(activity_id: uuid.UUID) -> list[tuple[str, str]]:
    """Public answers that an activity led to: where each theme stands, and its sentence. Three of its senders or more are in each."""
    themes = {each.id: each for each in understanding.themes_of_activity(activity_id, counting.FEWEST_SENDERS)}
    objected = reviewing.objected(themes)
    return [(themes[each.theme_id].slug, themes[each.theme_id].you_said) for each in published(themes) if each.theme_id not in objected]


def promised_by(organisation: str) -> list[AnswerFacts]:
    """Public answers that an organisation gave, newest first."""
    return _facts(Answer.published_on.is_not(None), func.lower(Answer.organisation) == organisation.strip().lower())


def years() -> list[int]:
    """Years in which answers were published, newest first."""
    year = extract("year", Answer.published_on)
    return [int(found) for found in session().scalars(select(year).where(Answer.published_on.is_not(None)).distinct().order_by(year.desc()))]


def board_verdict(answer_id: uuid.UUID, member_id: uuid.UUID) -> str | None:
    """This member's own verdict."""
    row = session().get(Verdict, (answer_id, member_id))
    return row.verdict if row else None


def marks(answer_id: uuid.UUID) -> dict[str, int]:
    """What senders thought of it, exact: for the reading room, never for a page."""
    found = session().execute(select(SenderMark.mark, func.count()).where(SenderMark.answer_id == answer_id).group_by(SenderMark.mark))
    return dict(found.all())


def mark_of(answer_id: uuid.UUID, submission_id: uuid.UUID) -> str | None:
    """What this sender thought of it."""
    row = session().get(SenderMark, (answer_id, submission_id))
    return row.mark if row else None


def _facts(*conditions: Any) -> list[AnswerFacts]:
    rows = session().scalars(select(Answer).where(*conditions).order_by(Answer.published_on.desc(), Answer.answered_on.desc(), Answer.id)).all()
    verdicts: dict[uuid.UUID, list[str]] = {row.id: [] for row in rows}
    for answer_id, verdict in session().execute(select(Verdict.answer_id, Verdict.verdict).where(Verdict.answer_id.in_(verdicts))):
        verdicts[answer_id].append(verdict)
    return [_answer(row, collective(verdicts[row.id])) for row in rows]


def _answer(row: Answer, verdict: str | None) -> AnswerFacts:
    return AnswerFacts(
        row.id,
        row.theme_id,
        row.state,
        row.words,
        row.because,
        row.instead,
        row.evidence,
        row.owner_role,
        row.organisation,
        row.answered_on,
        row.due_on,
        row.follow_up_on,
        row.sent_to_board_on,
        row.published_on,
        verdict,
        row.written_at,
    )
