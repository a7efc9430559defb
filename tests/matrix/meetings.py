"""Meetings of the board and what it asks of leaders, in every state, for the table of who may do what."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import time, timedelta

from sqlalchemy import select

from tests.making import a_member, a_theme
from voice import storage
from voice.reviewing.meeting import actions, asking, rounds
from voice.reviewing.meeting.models import BoardNote

NOT_THERE = str(uuid.UUID(int=7))
States = dict[str, dict[str, str]]


def of_meetings(the_one: Callable[[str], uuid.UUID]) -> dict[str, States]:
    """`meeting` and `ask`. Each meeting has a theme and, but for the first, a note by another member; the board member who asks leads it, but where
    another does."""
    member, worker = the_one("board_member"), the_one("board_worker")
    other = a_member("board_member", email="other-board@matrix.example")
    theme_id = a_theme("Buses stop too early to come to the meeting.", heard=True)
    names = ("before its pack", "pack out", "led by another", "voting", "over", "called off")
    ids = {name: _meeting(name, theme_id, other if name == "led by another" else member, other, worker) for name in names}
    rounds.open_round(ids["voting"], 60, worker)
    storage.commit()
    asks = _asks(ids["pack out"], theme_id, the_one("answer_owner"), member)
    actions.end_meeting(ids["over"], worker)
    actions.call_off(ids["called off"], worker)
    storage.commit()
    named = {"theme_id": str(theme_id), "chair": str(member)}
    meetings = {name: {"meeting_id": str(each), "note_id": _note_of(each), **named} for name, each in ids.items()}
    return {"meeting": {**meetings, "unknown": {"meeting_id": NOT_THERE, "note_id": NOT_THERE, **named}}, "ask": asks, "board": {"is there": named}}


def _meeting(name: str, theme_id: uuid.UUID, chair: uuid.UUID, other: uuid.UUID, worker: uuid.UUID) -> uuid.UUID:
    what = actions.Plan(
        day=storage.today() + timedelta(days=7),
        begins_at=time(18),
        ends_at=time(19, 30),
        place="The youth hub",
        chair_id=chair,
        adult_id=worker,
        adult_name=None,
        adult_role=None,
        seats=[chair, other],
        themes=[theme_id],
    )
    meeting_id = actions.make_meeting(what, worker)
    if name != "before its pack":
        actions.let_pack_out(meeting_id, worker)
        actions.write_note(meeting_id, None, "Buses first.", other)
    if name == "pack out":
        actions.wish_for_talk(meeting_id)
    storage.commit()
    return meeting_id


def _note_of(meeting_id: uuid.UUID) -> str:
    return str(storage.session().scalar(select(BoardNote.id).where(BoardNote.meeting_id == meeting_id)) or NOT_THERE)


def _asks(meeting_id: uuid.UUID, theme_id: uuid.UUID, owner: uuid.UUID, member: uuid.UUID) -> States:
    found = {}
    for state, owner_id in (("its own", owner), ("of another", None), ("answered", owner)):
        what = asking.Asked(
            words="Later buses on Friday.",
            owner_role="Head of Transport",
            organisation="The council",
            owner_id=owner_id,
            due_on=storage.today() + timedelta(days=28),
            may_be_public=True,
        )
        found[state] = asking.ask_leader(meeting_id, theme_id, what, member)
    asking.answer_ask(found["answered"], "One more from May.", owner)
    storage.commit()
    return {**{state: {"ask_id": str(each)} for state, each in found.items()}, "unknown": {"ask_id": NOT_THERE}}
