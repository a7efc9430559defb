"""Keeping marks, and letting go of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import delete, update

from voice.pairing.models import PairMark
from voice.pairing.rules import Marks
from voice.storage import new_id, session


def keep_marks(submission_id: uuid.UUID, moment: str, marks: Marks) -> None:
    """Keep them beside the submission, in its own transaction. `moment`: “before” or “after”."""
    session().add(PairMark(submission_id=submission_id, moment=moment, marks=[marks.whole or "", *marks.near]))
    session().flush()


def join(pairs: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> None:
    """Write down which two submissions belong together, so that they still do once their marks are wiped."""
    for pair in pairs:
        session().execute(update(PairMark).where(PairMark.submission_id.in_(pair), PairMark.joined.is_(None)).values(joined=new_id()))


def let_go(submission_id: uuid.UUID) -> None:
    """Wipe the marks of one submission. What was joined stays joined; what was not has nothing left."""
    session().execute(delete(PairMark).where(PairMark.submission_id == submission_id, PairMark.joined.is_(None)))
    session().execute(update(PairMark).where(PairMark.submission_id == submission_id).values(marks=[]))
