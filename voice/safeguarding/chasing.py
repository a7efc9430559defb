"""What has not come back: a MASH or a LADO who has not acknowledged, and gaps in the rota. Each makes letters."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from voice.safeguarding import rota
from voice.safeguarding.about import concerns_about, not_for
from voice.safeguarding.models import ConcernAbout, ConcernAct, Screening
from voice.safeguarding.rota_rules import a_working_day_after, gaps, on_now
from voice.storage import session

CHASE_AFTER = timedelta(hours=24)
ANSWERS = {"referred_to_mash": "mash_acknowledged", "told_lado": "lado_acknowledged"}


@dataclass(frozen=True)
class Wanted:
    """A letter that should be there."""

    about: str
    since: datetime
    step: str
    channel: str
    recipient: str
    concern_id: uuid.UUID | None = None
    practice_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Awaited:
    """Something said to MASH or LADO and not yet acknowledged, or not yet said to the LADO. `due`: one working day."""

    concern_id: uuid.UUID
    what: str  # referred_to_mash, told_lado; tell_lado: nobody has told them
    at: datetime
    due: datetime
    by_id: uuid.UUID | None


def awaited(by: uuid.UUID | None = None) -> list[Awaited]:
    """What waits for an answer, open and closed concerns alike, the longest first; never what is about `by`."""
    found = [*_unanswered(by), *_lado_not_told(by)]
    return sorted(found, key=lambda each: each.due)


def _unanswered(by: uuid.UUID | None) -> list[Awaited]:
    later = aliased(ConcernAct)
    wanted = select(ConcernAct).where(ConcernAct.what.in_(ANSWERS))
    if by is not None:
        wanted = wanted.where(ConcernAct.concern_id.not_in(concerns_about(by)))
    for asked, answered in ANSWERS.items():
        after = select(later.id).where(later.concern_id == ConcernAct.concern_id, later.what.in_((asked, answered)), later.at > ConcernAct.at)
        wanted = wanted.where((ConcernAct.what != asked) | ~after.exists())
    return [Awaited(row.concern_id, row.what, row.at, a_working_day_after(row.at), row.by_id) for row in session().scalars(wanted)]


def _lado_not_told(by: uuid.UUID | None) -> list[Awaited]:
    """Open concerns that are about somebody who works with children, as a person said, and the LADO does not know."""
    told = select(ConcernAct.concern_id).where(ConcernAct.what == "told_lado")
    wanted = (
        select(ConcernAbout.concern_id, ConcernAbout.at)
        .join(Screening, Screening.id == ConcernAbout.concern_id)
        .where(Screening.is_concern, Screening.closed_at.is_(None), ConcernAbout.said_by.is_not(None), ConcernAbout.concern_id.not_in(told))
        .order_by(ConcernAbout.at)
    )
    if by is not None:
        wanted = wanted.where(ConcernAbout.concern_id.not_in(concerns_about(by)))
    first: dict[uuid.UUID, datetime] = {}
    for concern_id, at in session().execute(wanted):
        first.setdefault(concern_id, at)
    return [Awaited(concern_id, "tell_lado", at, a_working_day_after(at), None) for concern_id, at in first.items()]


def chases(moment: datetime) -> list[Wanted]:
    """After 24 hours without an acknowledgement: to whoever said it, or to those on now."""
    known = rota.the_rota()
    late = [each for each in awaited() if moment - each.at >= CHASE_AFTER]
    about = not_for([each.concern_id for each in late], known.able)
    found = []
    for each in late:
        may = known.without(about[each.concern_id])
        called = on_now(moment, may).called[:1] or sorted(may.able, key=str)[:1]
        who = each.by_id if each.by_id in may.able else next(iter(called), None)
        if who:
            found.append(Wanted(str(each.concern_id), each.at, "chase", "letter", str(who), each.concern_id))
    return found


def gap_letters(moment: datetime) -> list[Wanted]:
    """To every lead and deputy, once for each day of the coming week that lacks somebody."""
    known = rota.the_rota()
    if not known.turns:
        return []
    days = sorted({each.day for each in gaps(rota.day_of(moment), rota.WARN_DAYS, known)})
    return [
        Wanted(f"gap {day}", datetime.combine(day, time(), UTC), "gap", "letter", str(member))
        for day in days
        for member in sorted(known.able, key=str)
    ]
