"""Reading drafts as the board, officers and owners see them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from voice.reviewing.drafts.models import BoardDraft, BoardDraftSay, BoardDraftSection, BoardDraftWords
from voice.reviewing.drafts.rules import Stage, gathered, stage
from voice.storage import session, today

WHOLE = 0  # the place of what the board says of the whole draft


@dataclass(frozen=True)
class DraftFacts:
    id: uuid.UUID
    kind: str
    title: str
    plan_id: uuid.UUID | None
    owner_role: str
    organisation: str
    owner_id: uuid.UUID | None
    laid_on: date | None
    until: date | None
    closed_on: date | None
    answered_on: date | None
    stage: Stage


@dataclass(frozen=True)
class SectionFacts:
    id: uuid.UUID
    draft_id: uuid.UUID
    place: int
    title: str
    words: str
    priority_id: uuid.UUID | None
    outcome: str | None
    answer: str | None


@dataclass(frozen=True)
class Joint:
    """What the board says together; `number`: which writing it is."""

    words: str
    number: int
    written_on: date


@dataclass(frozen=True)
class Mine:
    """What the asking member said of a part, for them alone."""

    stance: str | None
    words: str | None
    held: bool


@dataclass(frozen=True)
class Held:
    """A comment that the board’s worker looks at first, and the mark by which a form names it."""

    mark: str
    words: str


def drafts(*conditions: ColumnElement[bool]) -> list[DraftFacts]:
    """All drafts, newest first."""
    rows = session().scalars(select(BoardDraft).where(*conditions).order_by(BoardDraft.made_on.desc(), BoardDraft.title, BoardDraft.id))
    return [_draft(row) for row in rows]


def draft(draft_id: uuid.UUID) -> DraftFacts | None:
    row = session().get(BoardDraft, draft_id)
    return _draft(row) if row else None


def before_the_board() -> list[DraftFacts]:
    """What was ever laid before it, what is open first."""
    found = drafts(BoardDraft.laid_on.is_not(None))
    order = {"open": 0, "closing": 1, "with_owner": 2, "answered": 3}
    return sorted(found, key=lambda each: (order.get(each.stage, 4), each.until or today()))


def drafts_of(owner_ids: Collection[uuid.UUID]) -> list[DraftFacts]:
    """Those that went to these members to be answered."""
    return drafts(BoardDraft.owner_id.in_(owner_ids), BoardDraft.closed_on.is_not(None))


def days_are_over() -> list[uuid.UUID]:
    """Drafts the board had its days with and nobody sent on."""
    over = (BoardDraft.closed_on.is_(None), BoardDraft.until < today())
    return list(session().scalars(select(BoardDraft.id).where(*over)))


def closed_between(first: date, last: date) -> list[DraftFacts]:
    """Drafts on which the board spoke in these days, both included."""
    return drafts(BoardDraft.closed_on >= first, BoardDraft.closed_on <= last)


def sections(draft_id: uuid.UUID) -> list[SectionFacts]:
    rows = session().scalars(select(BoardDraftSection).where(BoardDraftSection.draft_id == draft_id).order_by(BoardDraftSection.place))
    return [_section(row) for row in rows]


def section(draft_id: uuid.UUID, place: int) -> SectionFacts | None:
    row = session().scalar(select(BoardDraftSection).where(BoardDraftSection.draft_id == draft_id, BoardDraftSection.place == place))
    return _section(row) if row else None


def joint(draft_id: uuid.UUID) -> dict[int, Joint]:
    """What the board says now, by place."""
    rows = session().scalars(select(BoardDraftWords).where(BoardDraftWords.draft_id == draft_id).order_by(BoardDraftWords.number))
    return {row.place: Joint(row.words, row.number, row.written_at.date()) for row in rows}


def history(draft_id: uuid.UUID, place: int) -> list[Joint]:
    """What the board said of this part before, newest first; without what it says now."""
    here = (BoardDraftWords.draft_id == draft_id, BoardDraftWords.place == place)
    rows = session().scalars(select(BoardDraftWords).where(*here).order_by(BoardDraftWords.number.desc()).offset(1))
    return [Joint(row.words, row.number, row.written_at.date()) for row in rows]


def said_of(draft_id: uuid.UUID, member_id: uuid.UUID) -> dict[uuid.UUID, Mine]:
    """What this member said, by part."""
    mine = select(BoardDraftSay).join(BoardDraftSection, BoardDraftSection.id == BoardDraftSay.section_id)
    rows = session().scalars(mine.where(BoardDraftSection.draft_id == draft_id, BoardDraftSay.member_id == member_id))
    return {row.section_id: Mine(row.stance, row.words, row.held) for row in rows}


def how_many_said(section_id: uuid.UUID) -> int:
    """How many members said something of it; what is on no page until the days are over."""
    return session().scalar(select(func.count()).select_from(BoardDraftSay).where(BoardDraftSay.section_id == section_id)) or 0


def stances(section_id: uuid.UUID, stage_now: Stage) -> dict[str, int]:
    """How the board stands, once its days are over and enough have said."""
    counted = select(BoardDraftSay.stance, func.count()).where(BoardDraftSay.section_id == section_id, BoardDraftSay.stance.is_not(None))
    return gathered({name: many for name, many in session().execute(counted.group_by(BoardDraftSay.stance)) if name}, stage_now)


def comments(section_id: uuid.UUID, member_id: uuid.UUID) -> list[str]:
    """What the others wrote, without names, in an order of this member’s own; none that waits for the worker."""
    theirs = (BoardDraftSay.section_id == section_id, BoardDraftSay.member_id != member_id)
    rows = session().scalars(select(BoardDraftSay).where(*theirs, BoardDraftSay.words.is_not(None), BoardDraftSay.held.is_(False)))
    return [row.words or "" for row in sorted(rows, key=lambda row: mark(member_id, section_id, row.member_id))]


def held(section_id: uuid.UUID, worker_id: uuid.UUID) -> list[Held]:
    """Comments for the board’s worker to look at."""
    rows = session().scalars(
        select(BoardDraftSay).where(BoardDraftSay.section_id == section_id, BoardDraftSay.held, BoardDraftSay.words.is_not(None))
    )
    found = [Held(mark(worker_id, section_id, row.member_id), row.words or "") for row in rows]
    return sorted(found, key=lambda each: each.mark)


def whose(section_id: uuid.UUID, worker_id: uuid.UUID, marked: str) -> uuid.UUID | None:
    """The member whose comment a mark names."""
    rows = session().scalars(select(BoardDraftSay.member_id).where(BoardDraftSay.section_id == section_id))
    return next((each for each in rows if mark(worker_id, section_id, each) == marked), None)


def mark(for_member: uuid.UUID, section_id: uuid.UUID, of_member: uuid.UUID) -> str:
    """A name for somebody’s comment, other for each who looks."""
    return hashlib.sha256(f"{for_member} {section_id} {of_member}".encode()).hexdigest()[:20]


def stage_of(row: BoardDraft) -> Stage:
    return stage(laid_on=row.laid_on, until=row.until, closed_on=row.closed_on, answered_on=row.answered_on, on=today())


def _draft(row: BoardDraft) -> DraftFacts:
    return DraftFacts(
        row.id,
        row.kind,
        row.title,
        row.plan_id,
        row.owner_role,
        row.organisation,
        row.owner_id,
        row.laid_on,
        row.until,
        row.closed_on,
        row.answered_on,
        stage_of(row),
    )


def _section(row: BoardDraftSection) -> SectionFacts:
    return SectionFacts(row.id, row.draft_id, row.place, row.title, row.words, row.priority_id, row.outcome, row.answer)
