"""Pledges for tests, without walking through the pages."""

from __future__ import annotations

import uuid
from typing import Any

from tests.making import a_picture, the
from voice import keeping, plans, reading, safeguarding, storage
from voice.pledging import avatars
from voice.pledging.models import WITH_PICTURE, Pledge


def a_pledge(words: str, *, priority: str = "", place: str | None = None, cleared: bool = True, shown_as: str = "", **more: Any) -> Pledge:
    """A pledge that is kept, screened and, unless said otherwise, cleared; `more` are columns of its row.

    Where its kind has a picture there is one; with `shown_as` an officer has shown it, and said that this is in it.
    """
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
    if row.kind in WITH_PICTURE:
        picture_id = a_picture(kept.submission_id, kind=row.kind)
        if shown_as:
            reading.show_picture(picture_id, shown_as, the("officer"))
    storage.commit()
    return row


def picture_of(pledge: Pledge) -> str:
    """The address of its picture."""
    (kept,) = keeping.pictures_of([pledge.submission_id])[pledge.submission_id]
    return f"/pictures/{kept.file}/card.webp"
