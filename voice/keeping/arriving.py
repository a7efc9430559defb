"""Telling a machine from a class, without keeping who anybody is, and without turning anybody away.

Of each submission a mark of where it came from is kept for minutes: a keyed hash, with a salt that is thrown away each day. A school of some
hundred phones behind one address is under the bound; a machine that sends by the thousand is over it, and then all it sent counts as one rush,
what came before the bound was passed too. Nothing is refused. The reading room sets a rush aside for a person to judge.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from voice.config import settings
from voice.keeping.models import Arrival, DaySalt, WrongGuess
from voice.storage import day_of, new_id, now, session, today

KEPT: Final = timedelta(minutes=15)
AT_MOST: Final = timedelta(hours=24)
"""A rush that nobody set aside, because the worker stood still, is forgotten after this all the same."""


@dataclass(frozen=True)
class Rush:
    """More than `many` from one place within `within`."""

    many: int
    within: timedelta


RUSHES: Final = (Rush(400, timedelta(minutes=10)), Rush(200, timedelta(minutes=1)))


def arrive(submission_id: uuid.UUID, sender: str) -> bool:
    """A submission came from this place. In the same transaction as itself; flushes. Returns whether it belongs to a rush."""
    moment, mark = now(), mark_of(sender)
    # A few, and none that another transaction lets go of just now: nobody waits for this.
    few = select(Arrival.submission_id).where(_is_old(moment)).limit(50).with_for_update(skip_locked=True)
    session().execute(delete(Arrival).where(Arrival.submission_id.in_(few)))
    session().add(Arrival(submission_id=submission_id, mark=mark, at=moment))
    session().flush()
    if not any(_more_than(rush, mark, moment) for rush in RUSHES):
        return False
    _one_rush(mark)
    return True


def forget_arrivals(moment: datetime | None = None) -> int:
    """Let go of marks that are some minutes old. Returns how many. The worker does it too, for when nobody comes any more."""
    moment = moment or now()
    gone = 0
    for kind, condition in ((Arrival, _is_old(moment)), (WrongGuess, WrongGuess.at < moment - KEPT), (DaySalt, DaySalt.day < day_of(moment))):
        many = session().scalar(select(func.count()).select_from(kind).where(condition)) or 0
        if many:
            session().execute(delete(kind).where(condition))
        gone += many
    return gone


def _is_old(moment: datetime) -> ColumnElement[bool]:
    return (Arrival.at < moment - KEPT) & (Arrival.burst_id.is_(None) | (Arrival.at < moment - AT_MOST))


def _more_than(rush: Rush, mark: str, moment: datetime) -> bool:
    """Counts no further than it must: a flood must not make counting slow."""
    recent = select(Arrival.submission_id).where(Arrival.mark == mark, Arrival.at > moment - rush.within).limit(rush.many + 1).subquery()
    return (session().scalar(select(func.count()).select_from(recent)) or 0) > rush.many


def _one_rush(mark: str) -> None:
    """All that came from this place these minutes belongs together. One transaction at a time: two would wait for each other’s rows."""
    if not settings().is_sqlite:
        session().execute(select(func.pg_advisory_xact_lock(int(mark[:15], 16))))
    known = session().scalar(select(Arrival.burst_id).where(Arrival.mark == mark, Arrival.burst_id.is_not(None)).limit(1))
    session().execute(update(Arrival).where(Arrival.mark == mark, Arrival.burst_id.is_(None)).values(burst_id=known or new_id()))


def mark_of(sender: str) -> str:
    """Under the receipts’ key, which is in no backup, and under the day’s salt, which tomorrow is nowhere."""
    return hmac.new(settings().receipt_key, b"arrival\0" + _salt(today()) + sender.encode(), hashlib.sha256).hexdigest()[:32]


def _salt(day: date) -> bytes:
    found = session().get(DaySalt, day)
    if found:
        return found.salt
    try:
        with session().begin_nested():
            session().add(DaySalt(day=day, salt=secrets.token_bytes(16)))
            session().flush()
    except IntegrityError:
        pass  # another process made it just now, and it is the one
    return session().get_one(DaySalt, day).salt
