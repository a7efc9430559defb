"""Reading what organisations pledge. What no officer has read goes to officers, and to those who wrote it, alone."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from voice import plans, reading
from voice.config import settings
from voice.delivering.partnering.models import BoardMark, PartnerPledge, PartnerUpdate
from voice.delivering.partnering.rules import collective, is_late, may_ask, word_due_on
from voice.plans.models import Priority
from voice.storage import session, today

IS_PUBLIC = (PartnerPledge.published_on.is_not(None), PartnerPledge.ended_on.is_(None))


@dataclass(frozen=True, kw_only=True)
class PartnerPledgeFacts:
    """A pledge as everyone sees it. A mark is kept, on_the_way or not_kept; None: not said yet."""

    id: uuid.UUID
    priority_id: uuid.UUID
    priority: str  # its name for young people
    organisation: str
    role: str
    words: str
    due_on: date
    published_on: date
    own_mark: str | None
    own_why: str | None
    own_evidence: str | None
    own_said_on: date | None
    board_mark: str | None
    late: bool


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a partner says became of its pledge, and how far an officer is with it."""

    number: int
    mark: str
    why: str | None
    evidence: str | None
    written_on: date
    sent_back_why: str | None


@dataclass(frozen=True, kw_only=True)
class Own:
    """A pledge as its partner and the officers see it."""

    id: uuid.UUID
    priority_id: uuid.UUID
    priority: str
    organisation: str
    role: str
    words: str
    due_on: date
    made_on: date
    language: str
    confirmed_on: date | None
    published_on: date | None
    sent_back_why: str | None
    ended_on: date | None
    public: PartnerPledgeFacts | None  # as everyone sees it now
    word: Word | None  # what an officer has not let out yet

    @property
    def stage(self) -> str:
        """unconfirmed, unread, back, public or ended."""
        if self.ended_on:
            return "ended"
        if self.confirmed_on is None:
            return "unconfirmed"
        if self.published_on:
            return "public"
        return "back" if self.sent_back_why else "unread"

    @property
    def waits(self) -> bool:
        """Whether an officer has something to read."""
        return self.stage == "unread" or (self.stage == "public" and self.word is not None and self.word.sent_back_why is None)


def partner_pledges(plan_id: uuid.UUID, priority_id: uuid.UUID | None = None) -> list[PartnerPledgeFacts]:
    """Pledges for this plan, or for one priority of it, in the plan’s order, the nearest day first: confirmed and checked ones alone."""
    under = [PartnerPledge.priority_id == priority_id] if priority_id else []
    return _facts(_rows(Priority.plan_id == plan_id, *IS_PUBLIC, *under))


def public_pledge(pledge_id: uuid.UUID) -> PartnerPledgeFacts | None:
    return next(iter(_facts(_rows(PartnerPledge.id == pledge_id, *IS_PUBLIC))), None)


def own(pledge_id: uuid.UUID) -> Own | None:
    return next(iter(_own(_rows(PartnerPledge.id == pledge_id))), None)


def of_organisation(name: str) -> list[Own]:
    """What an organisation pledged and confirmed, whatever became of it, by its name as it is known here."""
    same = func.lower(PartnerPledge.organisation) == name.strip().lower()
    return _own(_rows(same, PartnerPledge.confirmed_on.is_not(None), PartnerPledge.ended_on.is_(None)))


def desk() -> list[Own]:
    """For officers: everything somebody confirmed, what waits to be read first."""
    found = _own(_rows(PartnerPledge.confirmed_on.is_not(None)))
    return sorted(found, key=lambda each: (not each.waits, each.stage == "ended", each.made_on))


def how_many_wait() -> int:
    """Pledges and words about them that no officer has read."""
    unread = select(PartnerPledge.id).where(
        PartnerPledge.confirmed_on.is_not(None),
        PartnerPledge.published_on.is_(None),
        PartnerPledge.sent_back_on.is_(None),
        PartnerPledge.ended_on.is_(None),
    )
    words = (
        select(PartnerUpdate.id)
        .join(PartnerPledge, PartnerPledge.id == PartnerUpdate.pledge_id)
        .where(PartnerUpdate.published_on.is_(None), PartnerUpdate.sent_back_on.is_(None), PartnerPledge.ended_on.is_(None))
    )
    return sum(session().scalar(select(func.count()).select_from(each.subquery())) or 0 for each in (unread, words))


def mark_of(member_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """A board member’s own marks, by pledge."""
    return dict(session().execute(select(BoardMark.pledge_id, BoardMark.mark).where(BoardMark.member_id == member_id)).all())


def to_ask() -> list[uuid.UUID]:
    """Public pledges whose partner is asked by letter today how it goes."""
    rows = _rows(*IS_PUBLIC, PartnerPledge.sealed.is_not(None))
    facts = {each.id: each for each in _facts(rows)}
    words = _words(list(facts))
    found = []
    for row in rows:
        each, word = facts[row.id], words.get(row.id)
        last = max(filter(None, (each.published_on, each.own_said_on, word.written_on if word else None)))
        if may_ask(word_due_on(each.due_on, last, each.own_mark, settings().action_months), row.reminded_on, today()):
            found.append(row.id)
    return found


def pieces(words: str | None, language: str) -> list[reading.Piece]:
    """The words cut where an officer should look: they may name a child, a school, a number."""
    plan = plans.current_plan()
    places = [each.name for each in plans.places(plan.id)] if plan else []
    return reading.pieces(words or "", reading.proposals(words or "", language, places))


def _rows(*conditions: ColumnElement[bool]) -> list[PartnerPledge]:
    wanted = select(PartnerPledge).join(Priority, Priority.id == PartnerPledge.priority_id).where(*conditions)
    return list(session().scalars(wanted.order_by(Priority.position, PartnerPledge.due_on, PartnerPledge.id)))


def _facts(rows: Collection[PartnerPledge]) -> list[PartnerPledgeFacts]:
    ids = [row.id for row in rows]
    said, marks = _said(ids), _board_marks(ids)
    return [_public(row, said.get(row.id), marks.get(row.id, [])) for row in rows if row.published_on]


def _public(row: PartnerPledge, said: PartnerUpdate | None, marks: Iterable[str]) -> PartnerPledgeFacts:
    own_mark = said.mark if said else None
    return PartnerPledgeFacts(
        id=row.id,
        priority_id=row.priority_id,
        priority=_priority(row),
        organisation=row.organisation,
        role=row.role,
        words=row.words,
        due_on=row.due_on,
        published_on=row.published_on or row.made_on,
        own_mark=own_mark,
        own_why=said.why if said else None,
        own_evidence=said.evidence if said else None,
        own_said_on=said.written_on if said else None,
        board_mark=collective(marks),
        late=is_late(row.due_on, own_mark, today()),
    )


def _own(rows: Collection[PartnerPledge]) -> list[Own]:
    public = {each.id: each for each in _facts([row for row in rows if row.published_on and not row.ended_on])}
    words = _words([row.id for row in rows])
    names = ("id", "priority_id", "organisation", "role", "words", "due_on", "made_on", "language", "confirmed_on", "published_on")
    return [
        Own(
            **{name: getattr(row, name) for name in (*names, "sent_back_why", "ended_on")},
            priority=_priority(row),
            public=public.get(row.id),
            word=words.get(row.id),
        )
        for row in rows
    ]


def _said(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PartnerUpdate]:
    """The newest word an officer let out, of each."""
    wanted = select(PartnerUpdate).where(PartnerUpdate.pledge_id.in_(ids), PartnerUpdate.published_on.is_not(None))
    return {row.pledge_id: row for row in session().scalars(wanted.order_by(PartnerUpdate.number))}


def _words(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Word]:
    """The word no officer let out yet, of each."""
    wanted = select(PartnerUpdate).where(PartnerUpdate.pledge_id.in_(ids), PartnerUpdate.published_on.is_(None))
    return {
        row.pledge_id: Word(
            number=row.number, mark=row.mark, why=row.why, evidence=row.evidence, written_on=row.written_on, sent_back_why=row.sent_back_why
        )
        for row in session().scalars(wanted.order_by(PartnerUpdate.number))
    }


def _board_marks(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = {}
    for pledge_id, mark in session().execute(select(BoardMark.pledge_id, BoardMark.mark).where(BoardMark.pledge_id.in_(ids))):
        found.setdefault(pledge_id, []).append(mark)
    return found


def _priority(row: PartnerPledge) -> str:
    found = plans.priority_by_id(row.priority_id)
    return found.child_title if found else ""
