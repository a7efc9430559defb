"""Telling a machine from a class, without keeping who anybody is, and without turning anybody away.

Of each submission a mark of where it came from is kept for minutes: a keyed hash, with a salt that is thrown away each day. A school of some
hundred phones behind one address is under the bound; a machine that sends by the thousand is over it, and then all it sent counts as one rush,
what came before the bound was passed too. Nothing is refused. The reading room sets a rush aside for a person to judge.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, select, update

from voice.config import settings
from voice.keeping.models import Arrival, DaySalt, WrongGuess
from voice.storage import Moment, connection, day_of, new_id, now, put, put_once, session, today

KEPT: Final = timedelta(minutes=15)
AT_MOST: Final = timedelta(hours=24)
"""A rush that nobody set aside, because the worker stood still, is forgotten after this all the same."""


@dataclass(frozen=True)
class Rush:
    """More than `many` from one place within `within`."""

    many: int
    within: timedelta


FORGETS: Final = 64
"""One in so many lets go of old marks on its way, and looks through all of its rush."""
_SALT: Final = select(DaySalt.salt).where(DaySalt.day == bindparam("of_day"))
RUSHES: Final = (Rush(400, timedelta(minutes=10)), Rush(200, timedelta(minutes=1)))


def arrive(submission_id: uuid.UUID, sender: str) -> bool:
    """A submission came from this place. In the same transaction as itself. Returns whether it belongs to a rush."""
    moment, mark, on = now(), mark_of(sender), connection()
    put(Arrival, {"submission_id": submission_id, "mark": mark, "at": moment}, on=on)
    is_rush = _is_a_rush(mark, moment, on)
    if is_rush:
        _one_rush(submission_id, mark)
    if submission_id.int % FORGETS == 0:
        _forget_a_few(moment)
    return is_rush


def _forget_a_few(moment: datetime) -> None:
    """For when the worker stands still. None that another transaction lets go of just now: nobody waits for this."""
    few = select(Arrival.submission_id).where(_is_old(moment)).limit(5 * FORGETS).with_for_update(skip_locked=True)
    connection().execute(delete(Arrival).where(Arrival.submission_id.in_(few)))


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


def _is_a_rush(mark: str, moment: datetime, on: Connection) -> bool:
    """Whether more came from there than from any class."""
    since = {f"since_{number}": moment - rush.within for number, rush in enumerate(RUSHES)}
    counts = on.execute(_counts(RUSHES), {"from_there": mark, **since}).one()
    return any(counts[number] > rush.many for number, rush in enumerate(RUSHES))


@functools.cache
def _counts(rushes: tuple[Rush, ...]) -> Select[Any]:
    """Counts no further than it must: a flood must not make counting slow."""
    there = Arrival.mark == bindparam("from_there")
    recent = (
        select(Arrival.submission_id).where(there, Arrival.at > bindparam(f"since_{number}", type_=Moment)).limit(rush.many + 1).subquery()
        for number, rush in enumerate(rushes)
    )
    return select(*(select(func.count()).select_from(each).scalar_subquery() for each in recent))


def _one_rush(submission_id: uuid.UUID, mark: str) -> None:
    """All that came from this place these minutes belongs together. One transaction at a time: two would wait for each other’s rows.

    In the middle of a rush only the newest has still to be told so; all are looked through when it begins, and now and then.
    """
    if not settings().is_sqlite:
        session().execute(select(func.pg_advisory_xact_lock(int(mark[:15], 16))))
    before = select(Arrival.burst_id).where(Arrival.mark == mark, Arrival.submission_id != submission_id).order_by(Arrival.at.desc()).limit(1)
    known = session().scalar(before)
    if known is not None and submission_id.int % FORGETS:
        connection().execute(update(Arrival).where(Arrival.submission_id == submission_id).values(burst_id=known))
        return
    known = session().scalar(select(Arrival.burst_id).where(Arrival.mark == mark, Arrival.burst_id.is_not(None)).limit(1))
    session().execute(update(Arrival).where(Arrival.mark == mark, Arrival.burst_id.is_(None)).values(burst_id=known or new_id()))


def mark_of(sender: str) -> str:
    """Under the receipts’ key, which is in no backup, and under the day’s salt, which tomorrow is nowhere."""
    return hmac.new(settings().receipt_key, b"arrival\0" + _salt(today()) + sender.encode(), hashlib.sha256).hexdigest()[:32]


def _salt(day: date) -> bytes:
    """Read each time: what is thrown away at midnight shall lie in no memory of ours."""
    on = connection()
    found: bytes | None = on.execute(_SALT, {"of_day": day}).scalar()
    if found is not None:
        return found
    put_once(DaySalt, {"day": day, "salt": secrets.token_bytes(16)}, on)  # where another process makes it just now, it is the one
    made: bytes = on.execute(_SALT, {"of_day": day}).scalar_one()
    return made
