"""Pledges of organisations, at every point of their way."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from tests.making import a_priority, the
from voice import storage
from voice.delivering.partnering import actions
from voice.delivering.partnering.links import own_link


def of_partners() -> dict[str, Mapping[str, str]]:
    found = {state: _pledge(state) for state in ("not confirmed", "not read", "sent back", "public", "public, with new word", "taken off")}
    actions.send_back(found["sent back"], "Shorter, please.", the("officer"))
    for state in ("public", "public, with new word", "taken off"):
        actions.publish(found[state], the("officer"))
    actions.say(found["public, with new word"], actions.Said(mark="on_the_way"))
    actions.take_off(found["taken off"], "They have closed.", the("officer"))
    storage.commit()
    named = {state: {"partner_pledge_id": str(each), "text": own_link(each)} for state, each in found.items()}
    return {**named, "unknown": {"partner_pledge_id": str(uuid.UUID(int=7)), "text": "nothing-of-ours"}}


def _pledge(state: str) -> uuid.UUID:
    due_on = storage.today() + timedelta(days=200)
    what = actions.Pledged(priority_id=a_priority().id, organisation="The Wheel Yard", role="Lead", words="We mend bikes.", due_on=due_on)
    pledge_id = actions.pledge(what, f"{state.replace(' ', '-').replace(',', '')}@matrix.example")
    if state != "not confirmed":
        actions.confirm(pledge_id)
    return pledge_id
