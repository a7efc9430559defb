"""What actions carry out: the public answers to young people, and the themes those answer. Both ways."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from voice import answering, plans, reviewing, understanding
from voice.answering import AnswerFacts
from voice.delivering.doing.models import ActionAnswer
from voice.delivering.doing.queries import ActionProgress, standing_of
from voice.plans.models import Action
from voice.storage import session
from voice.understanding import ThemeSentence


@dataclass(frozen=True)
class CarriedOut:
    """A public theme and its answer, which an action carries out."""

    theme: ThemeSentence
    answer: AnswerFacts


def carried_out_by(action_id: uuid.UUID, plan_id: uuid.UUID) -> list[CarriedOut]:
    """What this action carries out, as everyone may see it, newest answer first."""
    tied = set(session().scalars(select(ActionAnswer.answer_id).where(ActionAnswer.action_id == action_id)))
    return [each for each in public_answers(plan_id) if each.answer.id in tied] if tied else []


def public_answers(plan_id: uuid.UUID) -> list[CarriedOut]:
    """Every theme of the plan whose answer everyone can read, newest answer first; not one of which the board says “that isn’t what they said”."""
    themes = {each.id: each for each in understanding.sentences(plan_id)}
    objected = reviewing.objected(themes)
    return [CarriedOut(themes[each.theme_id], each) for each in answering.published(themes) if each.theme_id not in objected]


def actions_for(answer_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[ActionProgress]]:
    """The actions that carry out each of these answers, in the plan's order; an answer without any is not there."""
    rows = session().execute(
        select(ActionAnswer.answer_id, Action).join(Action).where(ActionAnswer.answer_id.in_(answer_ids)).order_by(Action.position)
    )
    pairs = [(answer_id, row) for answer_id, row in rows if row.closed_at is None]
    facts = {row.id: plans.ActionFacts(row.id, row.key, row.code, row.part_of, row.words, row.details, row.priority_id) for _, row in pairs}
    known = {each.facts.id: each for each in standing_of(list(facts.values()))}
    found: dict[uuid.UUID, list[ActionProgress]] = {}
    for answer_id, row in pairs:
        found.setdefault(answer_id, []).append(known[row.id])
    return found
