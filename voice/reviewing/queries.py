"""What the board heard and said."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from voice.reviewing.models import BoardWords, Hearing, Objection, Vote
from voice.storage import session


@dataclass(frozen=True)
class ObjectionFacts:
    id: uuid.UUID
    words: str
    raised_on: date
    settled_on: date | None
    settlement: str | None


@dataclass(frozen=True)
class Heard:
    """A theme as the board has it; `my_vote` is the asking member's own."""

    heard_on: date | None
    words: str | None
    words_on: date | None
    my_vote: int | None
    objections: tuple[ObjectionFacts, ...]


def review_of(theme_id: uuid.UUID, member_id: uuid.UUID) -> Heard:
    """Everything the board's page of one theme shows to one member."""
    hearing, words, mine = session().get(Hearing, theme_id), session().get(BoardWords, theme_id), session().get(Vote, (theme_id, member_id))
    return Heard(
        hearing.heard_on if hearing else None,
        words.words if words else None,
        words.written_on if words else None,
        mine.weight if mine else None,
        tuple(objections(theme_id)),
    )


def heard_on(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The day the board heard each of these."""
    return {row.theme_id: row.heard_on for row in session().scalars(select(Hearing).where(Hearing.theme_id.in_(theme_ids)))}


def board_words(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The board's own words on each of these."""
    return {row.theme_id: row.words for row in session().scalars(select(BoardWords).where(BoardWords.theme_id.in_(theme_ids)))}


def objections(theme_id: uuid.UUID) -> list[ObjectionFacts]:
    rows = session().scalars(select(Objection).where(Objection.theme_id == theme_id).order_by(Objection.raised_on, Objection.id))
    return [ObjectionFacts(row.id, row.words, row.raised_on, row.settled_on, row.settlement) for row in rows]


def open_objection(theme_id: uuid.UUID) -> bool:
    """Whether the board says “that isn’t what they said” and nobody has settled it."""
    return any(each.settled_on is None for each in objections(theme_id))


def tally(theme_id: uuid.UUID) -> int:
    """How many members have voted. How they voted is in no page."""
    return session().scalar(select(func.count()).select_from(Vote).where(Vote.theme_id == theme_id)) or 0


def ranking(theme_ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """These themes by what matters most to the board; the tally itself stays inside."""
    weights = select(Vote.theme_id, func.avg(Vote.weight), func.count()).where(Vote.theme_id.in_(theme_ids)).group_by(Vote.theme_id)
    scored = {theme_id: (float(mean), count) for theme_id, mean, count in session().execute(weights)}
    return sorted(theme_ids, key=lambda each: (scored.get(each, (0.0, 0)), str(each)), reverse=True)
