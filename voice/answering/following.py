"""Following up: what became of an answer that everyone could read."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from voice import audit
from voice.answering.models import AnswerFollowUp
from voice.answering.queries import public_number
from voice.answering.rules import latest_follow_up
from voice.config import settings
from voice.storage import session, today


class CannotFollowUp(Exception):
    """`why`: `not_public` (nobody was told anything yet), or the name of the field that is missing or does not fit."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Became:
    """What became of it. `outcome`: happened, partly or not. Without `next_on` this is the end of it: `why_closed` says why, unless it happened."""

    outcome: str
    words: str
    evidence: str | None = None
    next_on: date | None = None
    why_closed: str | None = None


def follow_up(answer_id: uuid.UUID, what: Became, by: uuid.UUID) -> None:
    """Say what became of the words that are public; everyone reads it at once. Said twice on a day it is said once.

    Raises:
        CannotFollowUp: nothing is public, or a part is missing.
    """
    number = public_number(answer_id)
    if number is None:
        raise CannotFollowUp("not_public")
    missing = missing_part(what)
    if missing:
        raise CannotFollowUp(missing)
    given = {name: value or None for name, value in asdict(what).items()}
    if _is_said(answer_id, number, given):
        return
    session().add(AnswerFollowUp(answer_id=answer_id, number=number, said_by=by, **given))
    session().flush()
    audit.record(by, "followed up", "answer", answer_id, what.outcome)


def _is_said(answer_id: uuid.UUID, number: int, given: dict[str, object]) -> bool:
    """The same was said today already: a button was pressed twice."""
    same = [getattr(AnswerFollowUp, name) == value if value is not None else getattr(AnswerFollowUp, name).is_(None) for name, value in given.items()]
    mine = (AnswerFollowUp.answer_id == answer_id, AnswerFollowUp.number == number, AnswerFollowUp.said_on == today())
    return session().scalar(select(AnswerFollowUp.id).where(*mine, *same).limit(1)) is not None


def missing_part(what: Became) -> str | None:
    """The field that a follow-up like this cannot go without, or whose day does not fit."""
    if not what.words.strip():
        return "words"
    if what.outcome == "happened" and not what.evidence:
        return "evidence"
    if what.next_on and not today() < what.next_on <= latest_follow_up(today(), settings().follow_up_months):
        return "next_on"
    if what.outcome != "happened" and not what.next_on and not what.why_closed:
        return "why_closed"
    return None
