"""“I was listened to” and “it helped”: asked apart of those who said something, by their receipt, about each answer."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from sqlalchemy import func, select

from voice import counting, reading, understanding
from voice.answering.clock_models import SenderSaid
from voice.answering.clock_rules import QUESTIONS, SAID, hardest
from voice.answering.models import AnswerTheme
from voice.answering.queries import public_number
from voice.storage import session, today, week_of

PASSED: Final = ""  # said nothing to this question, and something to the other
ASKED: Final = {"listened": "did we listen to you?", "helped": "did it help?"}


@dataclass(frozen=True)
class Held:
    """One thing we hold: what it is, and what it says."""

    what: str
    says: str


def say(answer_id: uuid.UUID, submission_id: uuid.UUID, question: str, said: str) -> None:
    """What a sender says to one of the two questions; it may change.

    Raises:
        ValueError: there is no such question, or nothing of the kind can be said.
    """
    if question not in QUESTIONS or said not in SAID:
        raise ValueError("No such question or answer.")
    key = (answer_id, submission_id, question)
    row = session().get(SenderSaid, key) or SenderSaid(answer_id=answer_id, submission_id=submission_id, question=question)
    row.said, row.week, row.number = said, week_of(today()), public_number(answer_id) or 1
    session().add(row)
    session().flush()


def said_of(answer_id: uuid.UUID, submission_id: uuid.UUID) -> dict[str, str]:
    """What this sender said to each question, as far as they did, of the words that are public now."""
    rows = select(SenderSaid.question, SenderSaid.said).where(SenderSaid.answer_id == answer_id, SenderSaid.submission_id == submission_id)
    return dict(session().execute(rows.where(SenderSaid.number == public_number(answer_id))).all())


def said_about(answer_id: uuid.UUID) -> dict[str, dict[str, int]]:
    """Question -> what was said -> how many said it of the words that are public now, exact, for those inside; nothing where fewer than ten did."""
    these = (SenderSaid.answer_id == answer_id, SenderSaid.number == public_number(answer_id))
    people = select(SenderSaid.question, SenderSaid.said, func.count()).where(*these)
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SAID, 0))
    counted = people.where(SenderSaid.submission_id.not_in(reading.set_aside())).group_by(SenderSaid.question, SenderSaid.said)
    for question, said, count in session().execute(counted):
        found[question][said] = count
    return {question: found[question] for question in QUESTIONS if sum(found[question].values()) >= counting.FEWEST}


def said_by_question(plan_id: uuid.UUID) -> dict[str, dict[str, int]]:
    """Question -> what was said -> people, exact, for `counting` alone. Who judged several answers counts once, by what asks most of us."""
    themes = [each.id for each in [*understanding.sentences(plan_id), *understanding.merged_themes(plan_id)]]
    answers = select(AnswerTheme.answer_id).where(AnswerTheme.theme_id.in_(themes))
    rows = select(SenderSaid.question, SenderSaid.submission_id, SenderSaid.said)
    counted = rows.where(SenderSaid.answer_id.in_(answers), SenderSaid.submission_id.not_in(reading.set_aside()))
    own: dict[tuple[str, uuid.UUID], list[str]] = defaultdict(list)
    for question, submission_id, said in session().execute(counted):
        own[question, submission_id].append(said)
    senders = {sender for _question, sender in own}
    found = {question: dict.fromkeys((*SAID, PASSED), 0) for question in QUESTIONS}
    for question, sender in product(QUESTIONS, senders):
        found[question][hardest(own[question, sender]) if (question, sender) in own else PASSED] += 1
    return found


def what_we_hold(submission_id: uuid.UUID) -> Iterator[Held]:
    """For whoever brings their receipt and asks."""
    rows = select(SenderSaid.question, SenderSaid.said, SenderSaid.week).where(SenderSaid.submission_id == submission_id)
    for question, said, week in session().execute(rows.order_by(SenderSaid.week, SenderSaid.question, SenderSaid.answer_id)):
        yield Held(f"About our answer: {ASKED[question]}", f"{said.replace('_', ' ').capitalize()}, in the week of {week.isoformat()}")
