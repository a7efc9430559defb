"""Views that are much alike, for the matrix: together, set aside, left out; and the plan's tags."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from tests.making import a_priority, a_view, the
from voice import keeping, storage
from voice.reading.models import Fingerprint, SetAside

Values = Mapping[str, str]


def alike() -> dict[str, Values]:
    """One group in each state it can be in."""
    return {
        "together": _group(),
        "set aside": _group(is_real=None),
        "left out": _group(is_real=False),
        "unknown": {"alike_id": str(uuid.UUID(int=7)), "view": str(uuid.UUID(int=7))},
    }


def tags() -> dict[str, Values]:
    return {"of the plan": {"priority_id": str(a_priority("1").id)}, "unknown": {"priority_id": str(uuid.UUID(int=7))}}


def _group(**aside: bool | None) -> Values:
    group_id, views = uuid.uuid4(), [a_view(f"Please keep the pool open {each}", cleared=False) for each in range(2)]
    rows: list[Fingerprint | SetAside] = [Fingerprint(view_id=each, marks=b"", letters=22, group_id=group_id) for each in views]
    if aside:
        judged = {"judged_on": storage.today(), "judged_by": the("officer"), "reason": "All in one hour."} if aside["is_real"] is not None else {}
        rows += [SetAside(submission_id=raw.submission_id, group_id=group_id, **aside, **judged) for raw in keeping.raw_views(views)]
    storage.session().add_all(rows)
    storage.commit()
    return {"alike_id": str(group_id), "view": str(views[0])}
