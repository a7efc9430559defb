"""Invented pledges of organisations, with every pair of marks that matters: kept, on the way, not kept; agreed with and not; and some to read."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from voice import plans, storage
from voice.delivering.partnering import actions
from voice.delivering.partnering.actions import Pledged, Said
from voice.delivering.partnering.models import PartnerPledge, PartnerUpdate
from voice.demonstrating.voices import County, ago
from voice.storage import session


@dataclass(frozen=True)
class Invented:
    """One pledge: for which priority, whose, what; the day it is for, in days from today; what they say of it, and what the board does."""

    priority: str
    organisation: str
    role: str
    words: str
    due_in: int
    said: Said | None = None
    board: tuple[str, ...] = ()
    is_read: bool = True


PLEDGES: Final = (
    Invented(
        "1",
        "Demo county police",
        "Community safety team",
        "We will walk the way from the bus station to the college every school day at four o’clock, so that you can see us there.",
        -20,
        Said(mark="kept", evidence="The days we walked stand on a sheet at the bus station."),
        ("kept", "kept"),
    ),
    Invented(
        "1",
        "Demo county buses",
        "Head of timetables",
        "We will run one more bus home at nine in the evening, on Fridays and Saturdays.",
        80,
        Said(mark="on_the_way", why="The driver starts in the spring. The stop is agreed."),
        ("not_kept", "on_the_way"),
    ),
    Invented(
        "2",
        "The Food Shed",
        "Kitchen lead",
        "We will cook a free warm meal for anyone under 19, each Tuesday in the holidays.",
        -45,
        Said(mark="not_kept", why="Our kitchen was flooded in June. We cook again from October, and will do two days a week then."),
    ),
    Invented("2", "Demo county libraries", "Head of libraries", "We will keep one warm, quiet table free for homework in each library.", 150),
    Invented("1", "The Wheel Yard", "Workshop lead", "We will mend bikes for free on the first Saturday of each month.", 200, is_read=False),
)


def fill_partner_pledges(county: County) -> None:
    """As if they had come one after the other, and an officer and the board had done their part. One still waits to be read."""
    officer, board = county.members["officer@demo.example"], _board(county)
    for each in PLEDGES:
        pledge_id = _pledged(county.plan_id, each)
        if not each.is_read:
            session().get_one(PartnerPledge, pledge_id).letter = None
            continue
        actions.publish(pledge_id, officer)
        if each.said:
            actions.say(pledge_id, each.said)
            actions.publish_update(pledge_id, 1, officer)
        for member, mark in zip(board, each.board, strict=False):
            actions.judge(pledge_id, member, mark)
        _long_ago(pledge_id)
    session().flush()


def _pledged(plan_id: uuid.UUID, each: Invented) -> uuid.UUID:
    priority = plans.priority(plan_id, each.priority)
    if priority is None:
        raise LookupError(each.priority)
    day = storage.today() + timedelta(days=each.due_in)
    what = Pledged(priority_id=priority.id, organisation=each.organisation, role=each.role, words=each.words, due_on=day)
    pledge_id = actions.pledge(what, f"{each.organisation.lower().replace(' ', '-')}@demo.example")
    actions.confirm(pledge_id)
    return pledge_id


def _long_ago(pledge_id: uuid.UUID) -> None:
    """Days as they would be; nobody is written to."""
    row = session().get_one(PartnerPledge, pledge_id)
    row.made_on, row.confirmed_on, row.published_on, row.letter = ago(160), ago(159), ago(150), None
    for update in session().query(PartnerUpdate).filter_by(pledge_id=pledge_id):
        update.written_on, update.published_on = ago(15), ago(12)


def _board(county: County) -> list[uuid.UUID]:
    return [member_id for email, member_id in sorted(county.members.items()) if email.startswith("board")]
