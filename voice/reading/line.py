"""What waits for an officer, as the line of the database has it (migration 0009), for queries."""

from __future__ import annotations

import uuid

from sqlalchemy import Select, or_, select

from voice import inviting, safeguarding
from voice.keeping.models import View
from voice.reading.models import InLine
from voice.reading.rules import TO_SORT


def in_line(by: uuid.UUID | None, *lanes: int) -> Select[uuid.UUID]:
    """Ids of the views in these lanes that this member may read, as far as their group goes, and as they are not about them."""
    about = select(View.id).where(View.submission_id.in_(safeguarding.submissions_about(by)))
    theirs = or_(InLine.group_id.is_(None), InLine.group_id.not_in(inviting.hidden_from(by)))
    return select(InLine.view_id).where(InLine.lane.in_(lanes), theirs, InLine.view_id.not_in(about))


def to_sort(by: uuid.UUID | None) -> Select[uuid.UUID]:
    """Ids of the views that were read and that nobody has sorted, the oldest reading first, for other rooms’ queries: none that is held or withheld,
    or not this member’s to read."""
    return in_line(by, TO_SORT).order_by(InLine.since, InLine.view_id)
