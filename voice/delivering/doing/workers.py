"""The monitoring round: owners are asked by letter when word is due, reminded once, and then it shows as late.

Who was asked about what is written down before any letter goes, so that whatever stops in between nobody is asked twice in a round; a letter
that could not go is tried again.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, select

from voice import identity, plans
from voice.delivering.doing import letters
from voice.delivering.doing.actions import WHO_MAY_OWN
from voice.delivering.doing.due import measures_due, members_of_actions
from voice.delivering.doing.models import MonitoringItem, MonitoringRound
from voice.delivering.doing.queries import all_progress
from voice.delivering.doing.rules import Due, remind_from, to_ask
from voice.post import NotSent
from voice.storage import commit, session, today

log = logging.getLogger(__name__)


def keep_asking() -> int:
    """Begin the rounds that are due, send their letters, remind those who have not said anything. Returns how many letters went."""
    plan = plans.current_plan()
    if plan is None:
        return 0
    due = list(what_is_due(plan.id))
    _begin(due)
    commit()
    open_ones = {(each.owner, each.key, each.on) for each in due}
    to_send = [(row, "letter_on") for row in _rounds(MonitoringRound.letter_on.is_(None)) if _still_waits(row, open_ones)]
    sent_before = _rounds(MonitoringRound.letter_on.is_not(None), MonitoringRound.reminded_on.is_(None))
    late = [row for row in sent_before if remind_from(row.asked_on) <= today() and _still_waits(row, open_ones)]
    return sum(_send(row, column) for row, column in [*to_send, *((row, "reminded_on") for row in late)])


def what_is_due(plan_id: uuid.UUID) -> Iterator[Due]:
    """Everything of the plan that a member who is still here gives word of, with the day it is due, however far off."""
    able = {each.id for each in identity.members_with(*WHO_MAY_OWN)}
    members = members_of_actions(plan_id)
    for action in all_progress(plan_id):
        member_id = members.get(action.facts.id)
        if action.word_due_on and member_id in able:
            yield Due(_key("action_id", action.facts.id), str(member_id), action.word_due_on)
    for measure, owner_id in measures_due(plan_id):
        if measure.due_on and owner_id in able:
            yield Due(_key("measure_id", measure.facts.id), str(owner_id), measure.due_on)


def _key(column: str, thing_id: uuid.UUID | None) -> str:
    return f"{column} {thing_id}"


def _key_of(item: MonitoringItem) -> str:
    return _key("action_id", item.action_id) if item.action_id else _key("measure_id", item.measure_id)


def _begin(due: list[Due]) -> None:
    rows = session().execute(select(MonitoringItem, MonitoringRound.member_id).join(MonitoringRound))
    asked = [(_key_of(item), str(member_id), item.due_on) for item, member_id in rows]
    for owner, things in to_ask(due, asked, today()).items():
        row = _round_of(uuid.UUID(owner))
        for each in things:
            column, _, thing_id = each.key.partition(" ")
            session().add(MonitoringItem(round_id=row.id, due_on=each.on, **{column: uuid.UUID(thing_id)}))
    session().flush()


def _round_of(member_id: uuid.UUID) -> MonitoringRound:
    """Today's round of this owner: one a day at most, whatever else is given to them on it."""
    row = session().scalar(select(MonitoringRound).where(MonitoringRound.member_id == member_id, MonitoringRound.asked_on == today()))
    if row is None:
        row = MonitoringRound(member_id=member_id)
        session().add(row)
        session().flush()
    return row


def _rounds(*conditions: ColumnElement[bool]) -> list[MonitoringRound]:
    return list(session().scalars(select(MonitoringRound).where(*conditions).order_by(MonitoringRound.asked_on)))


def _still_waits(row: MonitoringRound, open_ones: set[tuple[str, str, date]]) -> bool:
    """Whether something this owner was asked about is still due as it was."""
    items = session().scalars(select(MonitoringItem).where(MonitoringItem.round_id == row.id))
    return any((str(row.member_id), _key_of(each), each.due_on) in open_ones for each in items)


def _send(row: MonitoringRound, column: str) -> bool:
    """The day is written down first; where the letter cannot go it is taken back, and the next run tries again."""
    setattr(row, column, today())
    commit()
    try:
        letters.word_is_due(row.member_id, is_reminder=column == "reminded_on", round_id=row.id)
    except NotSent as failure:
        log.warning("A letter to an owner could not be sent: %s", failure)
        setattr(row, column, None)
        commit()
        return False
    return True
