"""Groups to be asked together, and the slips that were printed for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from tests.making import the
from tests.rooms.listening.making import an_open_activity
from voice import asking, inviting, storage
from voice.inviting import Slip


def a_group(
    kind: str = "class",
    *,
    activity: str = "way",
    one_use: bool = True,
    readers: Sequence[uuid.UUID] = (),
    expires_on: date | None = None,
    name: str = "Maple 4B",
    audience: str | None = None,
) -> uuid.UUID:
    """A group of an open activity, committed."""
    known = asking.activity(activity)
    activity_id = known.id if known else an_open_activity(activity)
    invitation = inviting.Invitation(
        name=name,
        kind=kind,
        audience=audience,
        readers=readers,
        one_use=one_use,
        expires_on=expires_on or storage.today() + timedelta(days=14),
    )
    group_id = inviting.invite(activity_id, invitation, the("officer"))
    storage.commit()
    return group_id


def some_slips(group_id: uuid.UUID, how_many: int = 3) -> list[Slip]:
    slips = inviting.make_slips(group_id, how_many, the("officer"))
    storage.commit()
    return slips
