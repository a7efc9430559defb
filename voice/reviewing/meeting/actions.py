"""Making a meeting, letting its pack out, ending it; notes, decisions, and the wish for a talk."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import delete, select, union

from voice import audit
from voice.reviewing.actions import mark_heard
from voice.reviewing.meeting.models import BoardDecision, BoardNote, LeaderAsk, Meeting, MeetingTalk, MeetingTheme, RoundTheme, Seat, VoteRound
from voice.reviewing.meeting.queries import held_back_now
from voice.storage import now, session, today


class RoundIsOpen(Exception):
    """Who takes part and what is weighed stays as it is until the round closes."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is said of a meeting beforehand. The adult is a board worker (`adult_id`), or a name with a role."""

    day: date
    begins_at: time
    ends_at: time
    place: str
    chair_id: uuid.UUID
    adult_id: uuid.UUID | None
    adult_name: str | None
    adult_role: str | None
    seats: Sequence[uuid.UUID]
    themes: Sequence[uuid.UUID]


def make_meeting(what: Plan, by: uuid.UUID) -> uuid.UUID:
    """A meeting to come. Its chair takes part."""
    row = Meeting(made_by=by)
    _say(row, what)
    session().add(row)
    session().flush()
    _seat(row.id, what)
    audit.record(by, "meeting made", "meeting", row.id)
    return row.id


def change_meeting(meeting_id: uuid.UUID, what: Plan, by: uuid.UUID) -> None:
    """Say it anew. What was held back is looked at again where the themes are others.

    Raises:
        RoundIsOpen: its votes are coming in.
    """
    if session().scalar(select(VoteRound.id).where(VoteRound.meeting_id == meeting_id, VoteRound.closed_at.is_(None))):
        raise RoundIsOpen
    row = session().get_one(Meeting, meeting_id)
    before = set(session().scalars(select(MeetingTheme.theme_id).where(MeetingTheme.meeting_id == meeting_id)))
    _say(row, what)
    if row.pack_out_on and before != set(what.themes):
        row.held_back = held_back_now(what.themes)
    for each in (MeetingTheme, Seat):
        session().execute(delete(each).where(each.meeting_id == meeting_id))
    _seat(meeting_id, what)
    audit.record(by, "meeting changed", "meeting", meeting_id)


def let_pack_out(meeting_id: uuid.UUID, by: uuid.UUID) -> None:
    """From now on the board finds the themes. What was held back is frozen as of today; the first day stays."""
    row = session().get_one(Meeting, meeting_id)
    if row.pack_out_on is None:
        themes = session().scalars(select(MeetingTheme.theme_id).where(MeetingTheme.meeting_id == meeting_id)).all()
        row.pack_out_on, row.held_back = today(), held_back_now(themes)
        session().flush()
        audit.record(by, "pack out", "meeting", meeting_id)


def call_off(meeting_id: uuid.UUID, by: uuid.UUID) -> None:
    """It is not held."""
    row = session().get_one(Meeting, meeting_id)
    if row.ended_on is None and row.called_off_on is None:
        row.called_off_on = today()
        session().flush()
        audit.record(by, "meeting called off", "meeting", meeting_id)


def end_meeting(meeting_id: uuid.UUID, by: uuid.UUID) -> None:
    """It is over: its notes and decisions stay as they are, and what was talked about counts as heard."""
    row = session().get_one(Meeting, meeting_id)
    if row.ended_on is None and row.called_off_on is None:
        row.ended_on = today()
        for theme_id in _talked_about(meeting_id):
            mark_heard(theme_id, by)
        session().flush()
        audit.record(by, "meeting over", "meeting", meeting_id)


def write_note(meeting_id: uuid.UUID, theme_id: uuid.UUID | None, words: str, by: uuid.UUID) -> None:
    session().add(BoardNote(meeting_id=meeting_id, theme_id=theme_id, words=words, written_by=by, written_at=now()))
    session().flush()


def take_note_away(note_id: uuid.UUID, by: uuid.UUID) -> None:
    """Gone for good: by its writer, or by the adult in the room."""
    row = session().get_one(BoardNote, note_id)
    audit.record(by, "note taken away", "meeting", row.meeting_id)
    session().delete(row)
    session().flush()


@dataclass(frozen=True, kw_only=True)
class Decided:
    words: str
    may_be_public: bool
    minority: str | None
    minority_may_be_public: bool


def decide(meeting_id: uuid.UUID, theme_id: uuid.UUID, what: Decided, by: uuid.UUID) -> None:
    """What the board decided about a theme, in place of what stood there."""
    row = session().get(BoardDecision, (meeting_id, theme_id)) or BoardDecision(meeting_id=meeting_id, theme_id=theme_id)
    row.words, row.may_be_public, row.minority = what.words, what.may_be_public, what.minority
    row.minority_may_be_public = bool(what.minority) and what.minority_may_be_public
    row.written_by, row.decided_on = by, today()
    session().add(row)
    session().flush()
    audit.record(by, "decision written", "meeting", meeting_id)


def wish_for_talk(meeting_id: uuid.UUID) -> None:
    """Someone would like a talk. Who is not asked, not kept and not in the record."""
    if session().scalar(select(MeetingTalk.id).where(MeetingTalk.meeting_id == meeting_id, MeetingTalk.looked_in_on.is_(None))) is None:
        session().add(MeetingTalk(meeting_id=meeting_id))
        session().flush()


def looked_in(meeting_id: uuid.UUID, by: uuid.UUID) -> None:
    """The adult looked in on everyone."""
    row = session().scalar(select(MeetingTalk).where(MeetingTalk.meeting_id == meeting_id, MeetingTalk.looked_in_on.is_(None)))
    if row:
        row.looked_in_on, row.looked_in_by = today(), by
        session().flush()
        audit.record(by, "looked in on everyone", "meeting", meeting_id)


def _say(row: Meeting, what: Plan) -> None:
    row.day, row.begins_at, row.ends_at, row.place, row.chair_id = what.day, what.begins_at, what.ends_at, what.place, what.chair_id
    row.adult_id, row.adult_name, row.adult_role = what.adult_id, what.adult_name, what.adult_role


def _seat(meeting_id: uuid.UUID, what: Plan) -> None:
    session().add_all([Seat(meeting_id=meeting_id, member_id=each) for each in {*what.seats, what.chair_id}])
    session().add_all([MeetingTheme(meeting_id=meeting_id, theme_id=each, place=place) for place, each in enumerate(dict.fromkeys(what.themes), 1)])
    session().flush()


def _talked_about(meeting_id: uuid.UUID) -> list[uuid.UUID]:
    """Themes with a note, a decision, an ask, or a place in a round that closed."""
    written = [
        select(each.theme_id).where(each.meeting_id == meeting_id, each.theme_id.is_not(None)) for each in (BoardNote, BoardDecision, LeaderAsk)
    ]
    weighed = select(RoundTheme.theme_id).join(VoteRound, VoteRound.id == RoundTheme.round_id)
    closed = weighed.where(VoteRound.meeting_id == meeting_id, RoundTheme.voices.is_not(None))
    found = session().scalars(union(*written, closed))
    return [each for each in found if each]
