"""What the board noted, decided and asked, as pages and later rooms read it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from voice import identity
from voice.reviewing.meeting.models import BoardDecision, BoardNote, LeaderAsk, Meeting, MeetingTalk
from voice.reviewing.meeting.queries import MeetingFacts, meeting_before
from voice.reviewing.meeting.rules import ask_standing
from voice.storage import session, today


@dataclass(frozen=True)
class Note:
    """A note of the board. `is_mine`: the asking member wrote it; who else did is on no page."""

    id: uuid.UUID
    words: str
    is_mine: bool


@dataclass(frozen=True)
class DecisionFacts:
    """What the board decided, and the view of those who saw it otherwise, where there is one."""

    meeting_id: uuid.UUID
    theme_id: uuid.UUID
    words: str
    may_be_public: bool
    minority: str | None
    minority_may_be_public: bool
    decided_on: date


@dataclass(frozen=True)
class AskFacts:
    """What the board asked of a leader. `standing`: `open`, `late` or `answered`. `owner_id` is for letters and desks; in public the role and the
    organisation alone are named."""

    id: uuid.UUID
    meeting_id: uuid.UUID
    theme_id: uuid.UUID | None
    words: str
    owner_role: str
    organisation: str
    owner_id: uuid.UUID | None
    due_on: date
    asked_on: date
    may_be_public: bool
    standing: str
    answer: str | None
    answered_on: date | None


def notes(meeting_id: uuid.UUID, theme_id: uuid.UUID | None, member_id: uuid.UUID) -> list[Note]:
    """Notes of one theme, or (None) of the evening, in the order they were written."""
    of = BoardNote.theme_id == theme_id if theme_id else BoardNote.theme_id.is_(None)
    rows = session().scalars(select(BoardNote).where(BoardNote.meeting_id == meeting_id, of).order_by(BoardNote.written_at, BoardNote.id))
    return [Note(row.id, row.words, row.written_by == member_id) for row in rows]


def note_of(note_id: uuid.UUID, meeting_id: uuid.UUID) -> BoardNote | None:
    row = session().get(BoardNote, note_id)
    return row if row and row.meeting_id == meeting_id else None


def decision(meeting_id: uuid.UUID, theme_id: uuid.UUID) -> DecisionFacts | None:
    row = session().get(BoardDecision, (meeting_id, theme_id))
    return _decision(row) if row else None


def decided_in(meeting_id: uuid.UUID) -> dict[uuid.UUID, DecisionFacts]:
    """Every decision of a meeting, by its theme."""
    return {row.theme_id: _decision(row) for row in session().scalars(select(BoardDecision).where(BoardDecision.meeting_id == meeting_id))}


def public_decisions(theme_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[DecisionFacts]]:
    """What the board decided about these themes and lets everyone read, once the meeting is over, newest first; a minority view that it keeps
    inside is taken out. Who shows it sees to it that the theme is public."""
    over = select(BoardDecision).join(Meeting, Meeting.id == BoardDecision.meeting_id)
    wanted = (BoardDecision.theme_id.in_(theme_ids), BoardDecision.may_be_public.is_(True), _is_over())
    found: dict[uuid.UUID, list[DecisionFacts]] = {}
    for row in session().scalars(over.where(*wanted).order_by(BoardDecision.decided_on.desc(), BoardDecision.meeting_id)):
        facts = _decision(row)
        minority = facts.minority if facts.minority_may_be_public else None
        kept = DecisionFacts(row.meeting_id, row.theme_id, row.words, True, minority, minority is not None, row.decided_on)  # as its fields stand
        found.setdefault(row.theme_id, []).append(kept)
    return found


def asks_to_leaders(theme_ids: Collection[uuid.UUID] | None = None, *, inside: bool = False) -> list[AskFacts]:
    """Asks about these themes (None: all), newest first: those the board lets everyone read, or all of them for those `inside`."""
    about: list[ColumnElement[bool]] = [LeaderAsk.theme_id.in_(theme_ids)] if theme_ids is not None else []
    return _asks(*about, *(() if inside else (LeaderAsk.may_be_public.is_(True),)))


def came_of_asks(first: date, last: date) -> list[AskFacts]:
    """For a review of these days: asks the board made in them and lets everyone read, with what came of each by now, newest first."""
    return _asks(LeaderAsk.asked_on.between(first, last), LeaderAsk.may_be_public.is_(True))


def asked_in(meeting_id: uuid.UUID, theme_id: uuid.UUID | None = None) -> list[AskFacts]:
    """Asks of a meeting; of one theme, if given."""
    return _asks(LeaderAsk.meeting_id == meeting_id, *((LeaderAsk.theme_id == theme_id,) if theme_id else ()))


def came_of_earlier(found: MeetingFacts) -> list[AskFacts]:
    """What happened to what the board asked before this meeting: what is still open or late, what was asked at the meeting
    before, and what was answered since."""
    before = meeting_before(found)
    fresh = LeaderAsk.answered_on.is_(None)
    since = or_(fresh, LeaderAsk.meeting_id == before.id, LeaderAsk.answered_on >= before.day) if before else fresh
    return _asks(LeaderAsk.meeting_id != found.id, LeaderAsk.asked_on <= found.day, since)


def asks_of(member_id: uuid.UUID) -> list[AskFacts]:
    """Asks that are this member’s to answer, and of those for whom they stand in: what waits longest first, then what is answered."""
    found = _asks(LeaderAsk.owner_id.in_(identity.on_behalf_of(member_id)))
    return sorted(found, key=lambda each: (each.standing == "answered", each.due_on))


def all_asks() -> list[AskFacts]:
    """Every ask, for officers: what is due first, then what is answered."""
    return sorted(_asks(), key=lambda each: (each.standing == "answered", each.due_on))


def ask(ask_id: uuid.UUID) -> AskFacts | None:
    return next(iter(_asks(LeaderAsk.id == ask_id)), None)


def someone_would_like_a_talk(meeting_id: uuid.UUID | None = None) -> bool:
    """Whether the adult has yet to look in on everyone; of any meeting, unless one is named."""
    of = (MeetingTalk.meeting_id == meeting_id,) if meeting_id else ()
    return session().scalar(select(MeetingTalk.id).where(MeetingTalk.looked_in_on.is_(None), *of).limit(1)) is not None


def _is_over() -> ColumnElement[bool]:
    return or_(Meeting.ended_on.is_not(None), Meeting.day < today())


def _decision(row: BoardDecision) -> DecisionFacts:
    return DecisionFacts(row.meeting_id, row.theme_id, row.words, row.may_be_public, row.minority, row.minority_may_be_public, row.decided_on)


def _asks(*conditions: ColumnElement[bool]) -> list[AskFacts]:
    rows = session().scalars(select(LeaderAsk).where(*conditions).order_by(LeaderAsk.asked_on.desc(), LeaderAsk.due_on, LeaderAsk.id))
    return [_ask(row) for row in rows]


def _ask(row: LeaderAsk) -> AskFacts:
    return AskFacts(
        row.id,
        row.meeting_id,
        row.theme_id,
        row.words,
        row.owner_role,
        row.organisation,
        row.owner_id,
        row.due_on,
        row.asked_on,
        row.may_be_public,
        ask_standing(row.due_on, today(), answered=row.answered_on is not None),
        row.answer,
        row.answered_on,
    )
