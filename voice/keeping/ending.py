"""The last days of what was sent: first its receipt ends, later its words go. A pledge goes whole."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select

from voice.config import settings
from voice.keeping.actions import forget
from voice.keeping.lifetimes import lifetimes_of
from voice.keeping.models import Submission, Tombstone, View
from voice.retention import Rule, months_before
from voice.storage import session

Due = Callable[[date, Subquery | None], ColumnElement[bool]]


def submission_rules() -> dict[str, Rule]:
    """Pledges first: one whose time is over needs no ended receipt."""
    return {
        "pledges": _rule("Pledges, whole", _pledge_is_over, _let_go),
        "receipts": _rule("Receipts: what was sent can no longer be found, or taken back, by its words", _link_is_over, end_link),
        "answers": _rule("What was said and picked", _answers_are_over, _let_go),
    }


def goes_whole(what: str, over: Callable[[date], ColumnElement[bool]]) -> Rule:
    """A rule for submissions that another room knows the last day of; `over(on)` is a condition on `Submission`. What is locked stays."""
    return _rule(what, lambda on, _published: over(on), _let_go)


def end_link(row: Submission, on: date) -> None:
    """The receipt of this submission ends. Other rooms leave only what nobody could be known by.

    Its key goes to a tombstone, so that the same again is not stored twice. Nothing leads from there to the row: its own hashes are
    random now, and the tombstone carries the first of the month.
    """
    view_ids = tuple(session().scalars(select(View.id).where(View.submission_id == row.id)))
    lifetimes_of().settle(row.id, view_ids)
    _leave_tombstone(row, on)
    row.key_hash, row.receipt_hash, row.payload_digest, row.is_unlinked = secrets.token_hex(32), secrets.token_hex(32), "", True
    session().flush()


def _let_go(row: Submission, on: date) -> None:
    if not row.is_unlinked:
        _leave_tombstone(row, on)
    forget(row.id)


def _leave_tombstone(row: Submission, on: date) -> None:
    session().add(Tombstone(key_hash=row.key_hash, receipt_hash=row.receipt_hash, why="link_ended", erased_on=on.replace(day=1)))


def locked(on: date) -> dict[str, int]:
    """How many submissions are past their day and stay because something holds them, by what holds them."""
    over = or_(*(_over(due, on) for due in (_pledge_is_over, _link_is_over, _answers_are_over)))
    return {name: _count(select(Submission.id).where(over, Submission.id.in_(holds()))) for name, holds in lifetimes_of().locks().items()}


def _rule(what: str, over: Due, let_go: Callable[[Submission, date], None]) -> Rule:
    def due(on: date) -> int:
        return _count(_due(over, on))

    def remove(on: date, most: int) -> int:
        rows = session().scalars(select(Submission).where(Submission.id.in_(_due(over, on).limit(most)))).all()
        for row in rows:
            let_go(row, on)
        session().expire_all()
        return len(rows)

    return Rule(what, due, remove)


def _due(over: Due, on: date) -> Select[uuid.UUID]:
    """Ids of submissions past their day that nothing holds."""
    held = [holds().subquery() for holds in lifetimes_of().locks().values()]
    free = [Submission.id.not_in(select(each.c[0]).where(each.c[0].is_not(None))) for each in held]
    return select(Submission.id).where(_over(over, on), *free)


def _over(over: Due, on: date) -> ColumnElement[bool]:
    published = lifetimes_of().published
    return over(on, published().subquery() if published else None)


def _pledge_is_over(on: date, _published: Subquery | None) -> ColumnElement[bool]:
    return and_(Submission.purpose == "pledge", Submission.received_on <= months_before(on, settings().keep.pledges_months))


def _link_is_over(on: date, published: Subquery | None) -> ColumnElement[bool]:
    keep = settings().keep
    by_age = Submission.received_on <= months_before(on, keep.link_at_most_months)
    return and_(Submission.is_unlinked.is_(False), or_(by_age, _answered_by(published, months_before(on, keep.link_months))))


def _answers_are_over(on: date, published: Subquery | None) -> ColumnElement[bool]:
    keep = settings().keep
    unanswered = Submission.received_on <= months_before(on, keep.answers_months + keep.link_at_most_months)
    if published is not None:
        unanswered = and_(unanswered, Submission.id.not_in(select(published.c[0])))
    return and_(Submission.purpose == "answers", or_(unanswered, _answered_by(published, months_before(on, keep.answers_months))))


def _answered_by(published: Subquery | None, day: date) -> ColumnElement[bool]:
    """Whether the first answer was published by this day."""
    if published is None:
        return Submission.id.in_([])
    return Submission.id.in_(select(published.c[0]).where(published.c[1] <= day))


def _count(found: Select[uuid.UUID]) -> int:
    return session().scalar(select(func.count()).select_from(found.subquery())) or 0
