"""What is much alike, as an officer meets it, and what a person judges about very many of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, func, select

from voice import audit
from voice.keeping.models import View
from voice.reading.alike import DAYS_BEFORE, counts_by_way
from voice.reading.line import in_line
from voice.reading.models import Fingerprint, InLine, SetAside
from voice.reading.repeats import likenesses
from voice.reading.rules import OPEN_WAYS, UNREAD, is_a_burst, usual
from voice.storage import session, today, week_of

MOST = 200  # members of a group that are put in order; the rest come after them, as they came
DAYS_SHOWN = 14


@dataclass(frozen=True)
class Alike:
    """A view's group, and how many others of it wait."""

    group_id: uuid.UUID
    others: int


@dataclass(frozen=True)
class AsideGroup:
    """A group that is set aside: how many, since which week, and what a person said about it."""

    group_id: uuid.UUID
    views: int
    week: date
    judged: bool
    reason: str | None
    in_a_rush: bool = False  # from one place within minutes, not much alike


@dataclass(frozen=True)
class BusyDay:
    """A day on which far more came than usual. Not a reason to leave anything out: a reason to look."""

    activity_id: uuid.UUID | None
    way_in: str
    week: date
    came: int
    usual: int


def set_aside() -> Select[uuid.UUID]:
    """Submissions that are in no figure and on no page for others: not judged yet, or judged not to be real."""
    return select(SetAside.submission_id).where(SetAside.is_real.is_not(True))


def not_set_aside(view_ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Of these views, those that count."""
    return list(session().scalars(select(View.id).where(View.id.in_(view_ids), View.submission_id.not_in(set_aside()))))


def alike(view_ids: Collection[uuid.UUID], by: uuid.UUID | None) -> dict[uuid.UUID, Alike]:
    """Of these views, those that others like them wait with, with how many."""
    groups = dict(session().execute(select(Fingerprint.view_id, Fingerprint.group_id).where(Fingerprint.view_id.in_(view_ids))).all())
    wanted = {each for each in groups.values() if each}
    found = session().execute(_waiting_alike(by).where(Fingerprint.group_id.in_(wanted)).group_by(Fingerprint.group_id))
    sizes: dict[uuid.UUID | None, int] = dict(found.all())
    return {view_id: Alike(group_id, sizes[group_id] - 1) for view_id, group_id in groups.items() if group_id and sizes.get(group_id, 0) > 1}


def group_views(group_id: uuid.UUID, by: uuid.UUID | None) -> list[uuid.UUID]:
    """Views of a group that nobody has read and that this member may read, those least like the first of them at the head.
    Of very many (MOST) the first to come are in that order; all others follow."""
    members = _alike_in(group_id).union(select(View.id).where(View.submission_id.in_(_in(group_id)))).subquery()
    waiting = in_line(by, *UNREAD).join(members, members.c[0] == InLine.view_id).order_by(InLine.since, InLine.view_id)
    found = list(session().scalars(waiting))
    first = waiting.limit(MOST).subquery()
    marks = dict(session().execute(select(Fingerprint.view_id, Fingerprint.marks).where(Fingerprint.view_id.in_(select(first.c.view_id)))).all())
    like = likenesses(marks.get(found[0], b"") if found else b"", [marks.get(each, b"") for each in found[:MOST]])
    return [*(view_id for _, view_id in sorted(zip(like, found, strict=False))), *found[MOST:]]


def is_group(group_id: uuid.UUID) -> bool:
    """Whether any view belongs to it, as it is much alike or came in one rush."""
    return any(session().scalar(each.limit(1)) is not None for each in (_alike_in(group_id), _in(group_id)))


def is_set_aside(group_id: uuid.UUID) -> bool:
    """Whether a group waits for a person to judge it."""
    return session().scalar(select(SetAside.group_id).where(SetAside.group_id == group_id, SetAside.judged_on.is_(None)).limit(1)) is not None


def set_aside_groups(only: uuid.UUID | None = None) -> list[AsideGroup]:
    """Groups that wait to be judged, then those that were left out; the largest first. `only`: this one, if it is among them."""
    judged = SetAside.judged_on.is_not(None)
    wanted = (
        select(SetAside.group_id, judged, func.count(), func.min(SetAside.set_aside_on), func.max(SetAside.reason))
        .where(SetAside.is_real.is_not(True))
        .group_by(SetAside.group_id, judged)
    )
    found = session().execute(wanted.where(SetAside.group_id == only) if only else wanted).all()
    alike = {each for each in {row.group_id for row in found} if session().scalar(_alike_in(each).limit(1))}
    groups = [
        AsideGroup(group_id, count, week_of(since), bool(is_judged), reason, group_id not in alike)
        for group_id, is_judged, count, since, reason in found
    ]
    return sorted(groups, key=lambda each: (each.judged, -each.views, each.group_id))


def how_many_set_aside() -> int:
    """How many groups wait to be judged."""
    return session().scalar(select(func.count(func.distinct(SetAside.group_id))).where(SetAside.judged_on.is_(None))) or 0


def judge(
    group_id: uuid.UUID,
    by: uuid.UUID,
    *,
    real: bool,
    reason: str | None = None,
    besides: Collection[uuid.UUID] = (),
    seen: tuple[int, int] | None = None,
) -> int:
    """A person says whether a group that was set aside is real, and why where it is not. `besides`: views of it that are real all the same.
    `seen`: how many views were before their eyes, of how many; the record keeps it. Returns how many submissions were judged."""
    if not real and not reason:
        raise ValueError("Leaving out says why.")
    apart = set(session().scalars(select(View.submission_id).where(View.id.in_(besides))))
    rows = list(session().scalars(select(SetAside).where(SetAside.group_id == group_id, SetAside.is_real.is_not(True))))
    for row in rows:
        row.is_real = real or row.submission_id in apart
        row.judged_on, row.judged_by, row.reason = today(), by, None if row.is_real else reason
    session().flush()
    said = f"{reason} (seen: {seen[0]} of {seen[1]})" if reason and seen else reason
    audit.record(by, "judged real" if real else "left out", "group of views", group_id, said)
    return len(rows)


def busy_days(activity_ids: Collection[uuid.UUID]) -> list[BusyDay]:
    """Days of the last two weeks on which far more came to one of these activities by an open way than before."""
    since = today() - timedelta(days=DAYS_SHOWN)
    came = counts_by_way(activity_ids, since - timedelta(days=DAYS_BEFORE), today())
    by_way = (
        (activity_id, way_in, came[activity_id, way_in]) for activity_id in activity_ids for way_in in OPEN_WAYS if (activity_id, way_in) in came
    )
    return [
        _busy(*each, day)
        for each in by_way
        for day in sorted(each[2])
        if day >= since and is_a_burst(each[2][day], _before(each[2], day, DAYS_BEFORE))
    ]


def _busy(activity_id: uuid.UUID, way_in: str, came: dict[date, int], day: date) -> BusyDay:
    return BusyDay(activity_id, way_in, week_of(day), came[day], usual(_before(came, day, DAYS_SHOWN)))


def _before(came: dict[date, int], day: date, days: int) -> list[int]:
    """How many came on each of so many days before, the last first."""
    return [came.get(day - timedelta(days=back), 0) for back in range(1, days + 1)]


def _alike_in(group_id: uuid.UUID) -> Select[uuid.UUID]:
    return select(Fingerprint.view_id).where(Fingerprint.group_id == group_id)


def _in(group_id: uuid.UUID) -> Select[uuid.UUID]:
    return select(SetAside.submission_id).where(SetAside.group_id == group_id)


def _waiting_alike(by: uuid.UUID | None) -> Select[uuid.UUID | None, int]:
    return in_line(by, *UNREAD).join(Fingerprint, Fingerprint.view_id == InLine.view_id).with_only_columns(Fingerprint.group_id, func.count())


def groups_of(view_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Of these views, those that are much like another, with what they share; read or not."""
    found = session().execute(select(Fingerprint.view_id, Fingerprint.group_id).where(Fingerprint.view_id.in_(view_ids)))
    return {view_id: group_id for view_id, group_id in found if group_id}
