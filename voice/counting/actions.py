"""Giving a figure out: from then on it is what it was."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, func, select

from voice import inviting, keeping, reading
from voice.counting.models import Figure, ReleasedCell
from voice.counting.rules import band, moves
from voice.keeping.models import Submission
from voice.storage import session, today


def freeze(theme_id: uuid.UUID, view_ids: Collection[uuid.UUID]) -> None:
    """Freeze how many said it, for a theme's publication. A figure given out before stays until the next release."""
    if session().get(Figure, theme_id) is None:
        session().add(Figure(theme_id=theme_id, band=band(keeping.senders(reading.not_set_aside(view_ids)))))
        session().flush()


Key: TypeAlias = tuple[uuid.UUID, str, str]  # activity, fact, code


def release_counts() -> int:
    """Give out anew the figures that enough people have changed; the worker's job. Returns how many changed.

    What groups asked on purpose sent, and what is set aside, is in none of them.
    """
    given = {(row.activity_id, row.fact, row.code): row for row in session().scalars(select(ReleasedCell))}
    counted = _counted()
    moved = [key for key in {*given, *counted} if moves(given[key].counted if key in given else 0, counted.get(key, 0))]
    for key in moved:
        activity_id, fact, code = key
        row = given.get(key) or ReleasedCell(activity_id=activity_id, fact=fact, code=code)
        row.counted, row.released_on = counted.get(key, 0), today()
        session().add(row)
    session().flush()
    return len(moved)


def _counted() -> dict[Key, int]:
    """How many people there are now, by activity and by each fact about them."""
    facts = {"way_in": Submission.way_in, "language": Submission.language, "age_band": Submission.age_band}
    found = {key: people for fact, column in facts.items() for key, people in _by(fact, column).items()}
    return found | _by("group", Submission.group_id, Submission.group_id.in_(inviting.groups_of_settings()))


def _by(fact: str, column: Any, *wanted: ColumnElement[bool]) -> dict[Key, int]:
    counts = (Submission.activity_id.is_not(None), Submission.id.not_in(reading.set_aside()), *wanted)
    open_to_all = Submission.group_id.is_(None) | Submission.group_id.not_in(inviting.hidden_from(None))
    rows = session().execute(
        select(Submission.activity_id, column, func.count()).where(*counts, open_to_all).group_by(Submission.activity_id, column)
    )
    return {(activity_id, fact, "" if code is None else str(code)): people for activity_id, code, people in rows if activity_id}
