"""A meeting for tests: five of the board, a chair, a worker."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from tests.making import a_member, a_submission, an_activity, the
from voice import asking, identity, inviting, keeping, reading, storage
from voice.inviting.models import InvitedGroup
from voice.reviewing.meeting import actions


def the_board(many: int = 5) -> list[uuid.UUID]:
    """Members of the board; the same ones each time they are asked for in a test."""
    known = identity.members_with("board_member")
    return [each.id for each in known] or [a_member("board_member", email=f"seat{number}@demo.example") for number in range(many)]


def the_worker() -> uuid.UUID:
    known = identity.members_with("board_worker")
    return known[0].id if known else a_member("board_worker", email="the-worker@demo.example")


def a_meeting(themes: Sequence[uuid.UUID], *, in_days: int = 1, pack: bool = True, seats: Sequence[uuid.UUID] | None = None) -> uuid.UUID:
    """A meeting over these themes, led by the first of its seats; its pack out, unless told otherwise. Committed."""
    board, worker = list(seats) if seats is not None else the_board(), the_worker()
    what = actions.Plan(
        day=storage.today() + timedelta(days=in_days),
        begins_at=time(18),
        ends_at=time(19, 30),
        place="The youth hub",
        chair_id=board[0],
        adult_id=worker,
        adult_name=None,
        adult_role=None,
        seats=board,
        themes=themes,
    )
    meeting_id = actions.make_meeting(what, worker)
    if pack:
        actions.let_pack_out(meeting_id, worker)
    storage.commit()
    return meeting_id


@dataclass(frozen=True)
class OfASchool:
    """What a class of a school said, cleared."""

    school_id: uuid.UUID
    view_ids: list[uuid.UUID]


def of_the_same_school(words: str) -> OfASchool:
    an_activity()
    known = asking.activity("my-week")
    assert known
    school = identity.make_organisation("Holme Lacy School", "school", None)
    group = inviting.invite(known.id, inviting.Invitation(name="7B", kind="class", expires_on=storage.today()), the("officer"))
    storage.session().get_one(InvitedGroup, group).organisation_id = school
    ours = list(a_submission(words, facts=keeping.Facts(group_id=group, age_band="11_13")).view_ids)
    reading.clear(ours, the("officer"))
    storage.commit()
    return OfASchool(school, ours)
