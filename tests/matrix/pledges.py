"""A pledge in the states it can be in for everybody who has its address."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta

from tests.rooms.pledging.making import a_pledge
from voice import keeping, storage


def of_pledges() -> dict[str, Mapping[str, str]]:
    gone = a_pledge("I will plant a tree.")
    found = {
        "on the wall": a_pledge("I will plant a tree.").id,
        "nobody has read": a_pledge("I will plant a tree.", cleared=False).id,
        "over": a_pledge("I will plant a tree.", ends_on=storage.today() - timedelta(days=1)).id,
        "no parent has agreed": a_pledge("I will plant a tree.", is_under_13=True).id,
        "taken back": gone.id,
        "unknown": uuid.UUID(int=7),
    }
    keeping.erase(gone.submission_id)
    storage.commit()
    return {state: {"pledge_id": str(pledge_id)} for state, pledge_id in found.items()}
