"""Reading answers: in their newest words for those who write and judge, in their public words for everyone."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, func, select, union_all
from sqlalchemy.orm import aliased

from voice import counting, identity, reviewing, understanding
from voice.answering import facts
from voice.answering.facts import AnswerFacts, Row
from voice.answering.models import Answer, AnswerOwner, AnswerTheme, AnswerVersion, SenderMark, Verdict
from voice.answering.rules import FEWEST_MARKS, alone_from, why_not_yet
from voice.storage import now, session, today


@dataclass(frozen=True)
class Stop:
    """Why an answer may not go out: a code of `rules.why_not_yet`, and the theme it is about, where it is about one."""

    why: str
    theme_id: uuid.UUID | None = None


# --- in the newest words


def answer(answer_id: uuid.UUID) -> AnswerFacts | None:
    """In its newest words, public or not; of its themes the first."""
    row = session().get(Answer, answer_id)
    return next(iter(facts.working([(row.theme_id, row)]))) if row else None


def answer_for(theme_id: uuid.UUID) -> AnswerFacts | None:
    """The answer to this theme in its newest words, public or not. For what everyone reads take `public_answer`."""
    return answers_for([theme_id]).get(theme_id)


def answers_for(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AnswerFacts]:
    """Answers of these themes in their newest words, public or not; one answer may stand at many themes."""
    wanted = select(AnswerTheme.theme_id, Answer).join(Answer, Answer.id == AnswerTheme.answer_id).where(AnswerTheme.theme_id.in_(theme_ids))
    rows = session().execute(wanted)
    return {each.theme_id: each for each in facts.working((theme_id, row) for theme_id, row in rows)}


def due_for_board() -> list[AnswerFacts]:
    """Words that lie with the board; each answer once."""
    wanted = select(Answer).where(Answer.sent_to_board_on.is_not(None), Answer.published_on.is_(None))
    rows = session().scalars(wanted.order_by(Answer.answered_on.desc(), Answer.id))
    return facts.working((row.theme_id, row) for row in rows)


# --- in the public words


def published(theme_ids: Collection[uuid.UUID] | None = None) -> list[AnswerFacts]:
    """Answers everyone may see, in the newest words that are public, newest first: one for each theme (of these). An answer to two themes
    comes twice, with the same `id`."""
    found = facts.public(_public_rows(theme_ids))
    by_day = sorted(found, key=lambda each: (each.id, each.theme_id))
    return sorted(by_day, key=lambda each: (each.published_on or each.answered_on, each.answered_on), reverse=True)


def public_answers(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AnswerFacts]:
    """The same by theme."""
    return {each.theme_id: each for each in published(theme_ids)}


def public_answer(theme_id: uuid.UUID) -> AnswerFacts | None:
    """What everyone reads as the answer to this theme, also while newer words are being written or lie with the board."""
    return public_answers([theme_id]).get(theme_id)


def promised_by(organisation: str) -> list[AnswerFacts]:
    """Public answers that an organisation gave, newest first; each once."""
    name = organisation.strip().lower()
    mine = {facts.id_of(row): (theme_id, row) for theme_id, row in reversed(_public_rows(None)) if row.organisation.lower() == name}
    return sorted(facts.public(mine.values()), key=lambda each: (each.published_on or each.answered_on, each.id), reverse=True)


def came_of(activity_id: uuid.UUID) -> list[tuple[str, str]]:
    """Public answers that an activity led to: where each theme stands, and its sentence. Three of its senders or more are in each."""
    themes = {each.id: each for each in understanding.themes_of_activity(activity_id, counting.FEWEST_SENDERS)}
    objected = reviewing.objected(themes)
    return [(themes[each.theme_id].slug, themes[each.theme_id].you_said) for each in published(themes) if each.theme_id not in objected]


def answered_themes() -> Select[uuid.UUID]:
    """Themes whose answer everyone can see."""
    return select(public_days().c.theme_id).distinct()


def years() -> list[int]:
    """Years in which answers were published, newest first."""
    return sorted({day.year for day in session().scalars(select(public_days().c.published_on).distinct())}, reverse=True)


def public_days() -> Subquery:
    """Each theme with each day on which words that answer it became public: `theme_id`, `published_on`."""
    newest = select(AnswerTheme.theme_id, Answer.published_on).join(Answer, Answer.id == AnswerTheme.answer_id)
    before = select(AnswerTheme.theme_id, AnswerVersion.published_on).join(AnswerVersion, _answers())
    return union_all(newest.where(Answer.published_on.is_not(None)), before.where(AnswerVersion.published_on.is_not(None))).subquery()


def _answers() -> Any:
    """These earlier words answered this theme already."""
    return (AnswerVersion.answer_id == AnswerTheme.answer_id) & (AnswerTheme.since <= AnswerVersion.number)


def _public_rows(theme_ids: Collection[uuid.UUID] | None) -> list[tuple[uuid.UUID, Row]]:
    """Each theme with the newest public words of its answer."""
    if theme_ids is not None and not theme_ids:
        return []
    these = [AnswerTheme.theme_id.in_(theme_ids)] if theme_ids is not None else []
    newest = select(AnswerTheme.theme_id, Answer).join(Answer, Answer.id == AnswerTheme.answer_id).where(Answer.published_on.is_not(None), *these)
    found: dict[uuid.UUID, Row] = {}
    found.update((theme_id, row) for theme_id, row in session().execute(newest))
    before = select(AnswerTheme.theme_id, AnswerVersion).join(AnswerVersion, _answers()).join(Answer, Answer.id == AnswerTheme.answer_id)
    hidden = before.where(Answer.published_on.is_(None), AnswerVersion.published_on.is_not(None), *these).order_by(AnswerVersion.number)
    found.update((theme_id, row) for theme_id, row in session().execute(hidden))
    return list(found.items())


def public_number(answer_id: uuid.UUID) -> int | None:
    """The number of the words everyone reads; None: nothing is public."""
    row = session().get_one(Answer, answer_id)
    if row.published_on:
        return row.number
    public = (AnswerVersion.answer_id == answer_id, AnswerVersion.published_on.is_not(None))
    return session().scalar(select(func.max(AnswerVersion.number)).where(*public))


# --- what the board and the senders make of it


def with_the_board(answer_id: uuid.UUID) -> AnswerFacts | None:
    """What the board may judge: the newest words once it has them, else those that are public. None: it has nothing of this."""
    row = session().get(Answer, answer_id)
    if row is None or row.sent_to_board_on:
        return answer(answer_id)
    return next((each for each in published([row.theme_id])), None)


def board_verdict(answer_id: uuid.UUID, member_id: uuid.UUID) -> str | None:
    """This member's own verdict on what the board may judge now."""
    judged = number_to_judge(answer_id)
    row = session().get(Verdict, (answer_id, judged, member_id)) if judged else None
    return row.verdict if row else None


def number_to_judge(answer_id: uuid.UUID) -> int | None:
    row = session().get_one(Answer, answer_id)
    return row.number if row.sent_to_board_on else public_number(answer_id)


def marks(answer_id: uuid.UUID) -> dict[str, int]:
    """What senders thought of what is public, exact: for the reading room, never for a page."""
    mine = select(SenderMark.mark, func.count()).where(SenderMark.answer_id == answer_id, SenderMark.number == public_number(answer_id))
    return dict(session().execute(mine.group_by(SenderMark.mark)).all())


def mark_of(answer_id: uuid.UUID, submission_id: uuid.UUID) -> str | None:
    """What this sender thought of it, as it stands; of earlier words they may have thought otherwise."""
    row = session().get(SenderMark, (answer_id, submission_id))
    return row.mark if row and row.number == public_number(answer_id) else None


def doubted(answers: Collection[AnswerFacts]) -> set[uuid.UUID]:
    """Of these public answers, those the board or enough senders call not good enough: they ask to look again."""
    asked = {each.id for each in answers if each.verdict in ("not_yet", "not_answered")}
    numbers = {each.id: each.number for each in answers}
    few = select(SenderMark.answer_id, SenderMark.number, func.count()).where(SenderMark.mark == "not_good_enough")
    counted = session().execute(few.where(SenderMark.answer_id.in_(numbers)).group_by(SenderMark.answer_id, SenderMark.number))
    return asked | {answer_id for answer_id, number, count in counted if numbers[answer_id] == number and count >= FEWEST_MARKS}


# --- what stops it


def what_stops(answer_id: uuid.UUID, by: uuid.UUID | None = None) -> str | None:
    """Why this answer may not go out now (by this member), as a code of `rules.why_not_yet`, or None where it may."""
    found = stop(answer_id, by)
    return found.why if found else None


def stop(answer_id: uuid.UUID, by: uuid.UUID | None = None) -> Stop | None:
    """The same with the theme: an answer is stopped if any of its themes is."""
    row = session().get_one(Answer, answer_id)
    themes = list(session().scalars(select(AnswerTheme.theme_id).where(AnswerTheme.answer_id == answer_id).order_by(AnswerTheme.since)))
    is_own = by is not None and by in {row.drafted_by, row.written_by, *owners(themes).values()}
    few = next((each for each in themes if not counting.may_be_public(understanding.theme_views(each))), None)
    objected = next((each for each in themes if reviewing.open_objection(each)), None)
    judged = select(Verdict.verdict).where(Verdict.answer_id == answer_id, Verdict.number == row.number)
    why = why_not_yet(
        sent_to_board_on=row.sent_to_board_on,
        has_verdict=bool(session().scalar(judged.limit(1))),
        has_objection=objected is not None,
        enough_senders=few is None,
        on=today(),
        waits_alone=is_own and row.written_at is not None and now() < alone_from(row.written_at),
    )
    return Stop(why, {"too_few": few, "objection": objected}.get(why)) if why else None


# --- whose it is


def owners(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Whose the answers to these themes are; only members who still answer for something. Who answers one theme answers those with the
    same answer, unless they are given to somebody else."""
    near = _together(theme_ids)
    every = {each for group in near.values() for each in group}
    found = session().execute(select(AnswerOwner.theme_id, AnswerOwner.member_id).where(AnswerOwner.theme_id.in_(every)))
    able = {each.id for each in identity.members_with("answer_owner")}
    given = {theme_id: member_id for theme_id, member_id in found if member_id in able}
    theirs = {theme_id: next((given[each] for each in group if each in given), None) for theme_id, group in near.items()}
    return {theme_id: member_id for theme_id, member_id in theirs.items() if member_id}


def _together(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Each of these themes, first itself and then those with the same answer."""
    one, other = aliased(AnswerTheme), aliased(AnswerTheme)
    pairs = select(one.theme_id, other.theme_id).join(other, other.answer_id == one.answer_id).where(one.theme_id.in_(theme_ids))
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list, {each: [each] for each in theme_ids})
    for theme_id, near in session().execute(pairs.order_by(other.since, other.theme_id)):
        if near != theme_id:
            found[theme_id].append(near)
    return dict(found)


def themes_of(member_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Themes whose answer is one of these members' to give, with those that have the same answer."""
    given = set(session().scalars(select(AnswerOwner.theme_id).where(AnswerOwner.member_id.in_(member_ids))))
    return {each for group in _together(given).values() for each in group}


def reach(me: identity.Person) -> set[uuid.UUID] | None:
    """Themes whose answers this member sees: all (None) for officers and publishers; else their own, and of those for whom they stand in."""
    return None if me.roles & {"officer", "publisher"} else themes_of(identity.on_behalf_of(me.id))
