"""What a board member is not shown because it is too near: what people of their own school or setting said."""

from __future__ import annotations

import uuid

from voice import identity, inviting
from voice.safeguarding.rules import same_setting


def own_groups(member_id: uuid.UUID | None) -> set[uuid.UUID]:
    """The invited groups of the school or setting a member comes from, as the people room keeps it. Also those that only bear its name:
    whoever made the group may not have said where it is from, and then hiding too much costs little."""
    place = identity.organisation_of(member_id) if member_id else None
    if place is None:
        return set()
    own = {each.id for each in inviting.groups_of(place.id)}
    return own | {group_id for group_id, name in inviting.names_of_groups().items() if same_setting(place.name, name)}
