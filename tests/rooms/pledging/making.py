"""Pledges for tests, without walking through the pages."""

from __future__ import annotations

import uuid
from typing import Any

from tests.making import the
from voice import keeping, plans, reading, safeguarding, storage
from voice.pledging import avatars
from voice.pledging.models import Pledge


def a_pledge(words: str, *, priority: str = "", place: str | None = None, cleared: bool = True, **more: Any) -> Pledge:
    """A pledge that is kept, screened and, unless said otherwise, cleared; `more` are columns of its row."""
    plan = plans.current_plan()
    found = plans.priority(plan.id, priority) if plan and priority else None
    kept = keeping.keep(str(uuid.uuid4()), activity_id=None, answers={}, words=[("pledge", words)], facts=keeping.Facts(place=place))
    safeguarding.screen_submission(kept.submission_id, [words])
    fields: dict[str, Any] = {"avatar": dict(avatars.FIRST), "kind": "avatar", **more}
    row = Pledge(submission_id=kept.submission_id, view_id=kept.view_ids[0], priority_id=found and found.id, **fields)
    storage.session().add(row)
    storage.session().flush()
    if cleared:
        reading.clear(kept.view_ids, the("officer"))
    storage.commit()
    return row
