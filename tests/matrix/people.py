"""Members, invitations and hand-overs, in every state they can be in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.making import a_member
from voice import identity, storage
from voice.identity import invitations
from voice.identity.models import Invitation
from voice.identity.people_models import HandOver

Values = Mapping[str, str]
NOT_THERE = str(uuid.UUID(int=7))


def of_people(the_one: Callable[[str], uuid.UUID]) -> dict[str, dict[str, Values]]:
    """`the_one(role)` is the member who asks with this role."""
    return {"member": _members(the_one), "invitation": _invitations(), "hand over": _hand_overs(the_one)}


def _members(the_one: Callable[[str], uuid.UUID]) -> dict[str, Values]:
    other, closed = a_member("publisher", email="pat@matrix.example"), a_member("analyst", email="gone@matrix.example")
    a_member("administrator", email="second@matrix.example")
    identity.close_member(closed, None)
    storage.commit()
    found = {"another": other, "the administrator": the_one("administrator"), "closed": closed, "unknown": NOT_THERE}
    return {state: {"person_id": str(each)} for state, each in found.items()}


def _invitations() -> dict[str, Values]:
    waiting, expired, withdrawn, used = (
        identity.invite(f"{name}@matrix.example", name, ["officer"], None).id for name in ("ivy", "joe", "kim", "lou")
    )
    card = identity.invite_with_card("Fox", None).id
    storage.session().get_one(Invitation, expired).expires_at = storage.now() - timedelta(days=1)
    identity.withdraw(withdrawn, None)
    invitations.take_up(used, "Lou", "purple kettle orbit marsh")
    storage.commit()
    found = {"waiting": waiting, "waiting, a card": card, "expired": expired, "withdrawn": withdrawn, "taken up": used, "unknown": NOT_THERE}
    return {state: {"invitation_id": str(each)} for state, each in found.items()}


def _hand_overs(the_one: Callable[[str], uuid.UUID]) -> dict[str, Values]:
    officer, other = the_one("officer"), a_member("officer", email="away@matrix.example")
    day, gone = storage.today(), timedelta(days=-9)
    ours, theirs, ended, over = (
        identity.hand_over(*pair, day, day, None) for pair in ((officer, other), (other, officer), (officer, other), (officer, other))
    )
    identity.end_hand_over(ended, officer)
    row = storage.session().get_one(HandOver, over)
    row.first_day = row.last_day = day + gone
    storage.commit()
    found = {
        "of the officer": (ours, officer),
        "of another": (theirs, other),
        "ended": (ended, officer),
        "over": (over, officer),
        "unknown": (NOT_THERE, officer),
    }
    return {state: {"hand_over_id": str(each), "person_id": str(member)} for state, (each, member) in found.items()}
