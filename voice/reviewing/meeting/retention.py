"""How long the board’s meetings are remembered in detail: decisions and asks stay, what was noted and who was there goes."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, select

from voice.config import settings
from voice.retention import Retention, Rule, months_before, rows_past
from voice.reviewing.meeting.models import BoardNote, Meeting, MeetingTalk, Seat
from voice.storage import session

NOT_NAMED: Final = "Somebody we trusted"
"""What stands where the name of an adult was."""


def add_rules(rules: Retention) -> None:
    rules.add("board_notes", rows_past("Notes of the board’s meetings", BoardNote, lambda on: BoardNote.meeting_id.in_(_past(on))))
    rules.add("board_talks", rows_past("Wishes for a talk after a meeting", MeetingTalk, lambda on: MeetingTalk.meeting_id.in_(_past(on))))
    rules.add("board_meetings", Rule("Who was at the board’s meetings", _count, _remove))


def _past(on: date) -> Select[uuid.UUID]:
    return select(Meeting.id).where(Meeting.day <= months_before(on, settings().keep.board_months))


def _named(on: date) -> ColumnElement[bool]:
    return and_(Meeting.id.in_(_past(on)), Meeting.adult_name.is_not(None), Meeting.adult_name != NOT_NAMED)


def _seats(on: date) -> ColumnElement[bool]:
    return Seat.meeting_id.in_(_past(on))


def _count(on: date) -> int:
    return sum(
        session().scalar(select(func.count()).select_from(table).where(which)) or 0 for table, which in ((Seat, _seats(on)), (Meeting, _named(on)))
    )


def _remove(on: date, most: int) -> int:
    named = session().scalars(select(Meeting).where(_named(on)).limit(most)).all()
    for row in named:
        row.adult_name = NOT_NAMED
    session().flush()
    return len(named) + rows_past("", Seat, _seats).remove(on, most)
