"""What an officer decides about a view."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from sqlalchemy import select

from voice import audit, safeguarding
from voice.keeping.models import View
from voice.reading.models import Reading
from voice.reading.queries import still_waiting
from voice.reading.rules import REASONS
from voice.storage import session


def take_up(view_ids: Collection[uuid.UUID], by: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Of these views, those still waiting to be read, held until the commit so that two officers never decide at once.
    Left out: read by someone else, taken back, or handed to the safeguarding lead meanwhile; and what is not theirs (`by`) to read."""
    session().execute(select(View.id).where(View.id.in_(view_ids)).order_by(View.id).with_for_update())
    return still_waiting(view_ids, by)


def clear(view_ids: Iterable[uuid.UUID], by: uuid.UUID) -> None:
    """These may be seen as they are: by the board, and in a theme."""
    for view_id in view_ids:
        _decide(view_id, by, "cleared")


def redact(view_id: uuid.UUID, shown_words: str, reason: str, by: uuid.UUID) -> None:
    """This may be seen with some words taken out, for this reason."""
    _decide(view_id, by, "redacted", reason, shown_words)


def withhold(view_id: uuid.UUID, reason: str, by: uuid.UUID) -> None:
    """Nobody outside the reading room sees this, for this reason; its sender sees no difference."""
    _decide(view_id, by, "withheld", reason)


def raise_concern(view_id: uuid.UUID, by: uuid.UUID, why: str) -> None:
    """A reader is worried: all that was sent with this view goes to the safeguarding lead, and leaves every list at once."""
    submission_id = session().scalars(select(View.submission_id).where(View.id == view_id)).one()
    safeguarding.raise_concern(submission_id, by, why)


def put_back(view_id: uuid.UUID, by: uuid.UUID) -> None:
    """Undo: it waits to be read again."""
    row = session().get(Reading, view_id)
    if row is not None:
        session().delete(row)
        session().flush()
        audit.record(by, "put back to read", "view", view_id)


def _decide(view_id: uuid.UUID, by: uuid.UUID, decision: str, reason: str | None = None, shown_words: str | None = None) -> None:
    if reason is not None and reason not in REASONS:
        raise ValueError(reason)
    row = session().get(Reading, view_id) or Reading(view_id=view_id)
    row.decision, row.reason, row.shown_words, row.read_by = decision, reason, shown_words, by
    session().add(row)
    session().flush()
    audit.record(by, decision, "view", view_id, reason)
