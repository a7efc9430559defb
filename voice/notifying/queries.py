"""Whom to write to now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_, select

from voice.keeping.models import Submission
from voice.notifying.models import NewsCount, NewsWish
from voice.notifying.receipts import shown_on
from voice.notifying.rules import FIRST_LETTERS_A_DAY, is_news, may_tell
from voice.notifying.sealing import Unreadable, Wanted, count_mark, locator, seen_marks, unseal
from voice.storage import now, session, today

AT_ONCE = 5000  # ids in memory


@dataclass(frozen=True)
class Due:
    """A letter to write: the row, where it goes, and what they have been told of once it went."""

    wish: uuid.UUID
    wanted: Wanted
    tries: int


def first_letters() -> list[Due]:
    """Those who were not asked yet whether it was they, who asked first coming first; an address that had its letters today waits."""
    wanted = select(NewsWish).where(NewsWish.first_letter_on.is_(None), _may_be_tried()).order_by(NewsWish.asked_on, NewsWish.id)
    found, sent = list[Due](), dict[str, int]()
    for row in session().scalars(wanted):
        due = _due(row)
        mark = count_mark(due.wanted.address, today()) if due else ""
        if due and sent.setdefault(mark, sent_today(due.wanted.address)) < FIRST_LETTERS_A_DAY:
            sent[mark] += 1
            found.append(due)
    return found


def news() -> list[Due]:
    """Those whose receipt shows something they were not told of. Each submission is held against the rows, as no row knows its own: a keyed hash
    for each, and nothing else is read of those nobody asked about."""
    rows = {row.locator: row for row in session().scalars(select(NewsWish).where(NewsWish.confirmed_on.is_not(None), _may_be_tried()))}
    waiting = {where: row for where, row in rows.items() if may_tell(row.told_on, today())}
    found = list[Due]()
    for submission_id in _matching(waiting) if waiting else ():
        row = waiting[locator(submission_id)]
        due, shown = _due(row), seen_marks(row.locator, shown_on(submission_id))
        if due and is_news(due.wanted.seen, shown):
            found.append(replace(due, wanted=replace(due.wanted, seen=shown)))
    return found


def sent_today(address: str) -> int:
    """First letters that went to this address today."""
    row = session().get(NewsCount, count_mark(address, today()))
    return row.many if row else 0


def _matching(rows: dict[str, NewsWish]) -> list[uuid.UUID]:
    """Submissions that one of these rows is of."""
    live = select(Submission.id).where(Submission.is_unlinked.is_(False), Submission.purpose == "answers")
    return [each for each in session().scalars(live.execution_options(yield_per=AT_ONCE)) if locator(each) in rows]


def _may_be_tried() -> ColumnElement[bool]:
    return or_(NewsWish.not_before.is_(None), NewsWish.not_before <= now())


def _due(row: NewsWish) -> Due | None:
    try:
        return Due(row.id, unseal(row.sealed, row.id), row.tries)
    except Unreadable:  # the key was lost: nobody can be written to, and the row goes on its day
        return None


def has_asked(submission_id: uuid.UUID) -> bool:
    """Whether somebody asked for letters about this submission."""
    return session().scalar(select(NewsWish.id).where(NewsWish.locator == locator(submission_id))) is not None
