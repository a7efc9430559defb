"""What a board member is not shown because it is too near: what people of their own school or group said."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection

from flask import Flask, current_app

GroupsOf = Callable[[uuid.UUID], Collection[uuid.UUID]]
_KEY = "voice.reviewing.own_groups"


def provide_own_groups(app: Flask, groups_of: GroupsOf) -> None:
    """`groups_of` names the invited groups that are a member's own; called once, by the room that keeps which those are."""
    app.extensions[_KEY] = groups_of


def own_groups(member_id: uuid.UUID | None) -> set[uuid.UUID]:
    """The member's own groups; none where nobody keeps them."""
    groups_of: GroupsOf | None = current_app.extensions.get(_KEY)
    return set(groups_of(member_id)) if groups_of and member_id else set()
