"""What is much alike, as an officer meets it, and what a person judges about very many of them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from voice import audit, inviting, safeguarding
from voice.keeping.models import Submission, View
from voice.reading.alike import counts_by_day, is_busy
from voice.reading.models import Fingerprint, Reading, SetAside
from voice.reading.repeats import likeness
from voice.reading.rules import OPEN_WAYS, usual
from voice.storage import session, today, week_of

MOST = 1000  # members of a group that are put in order; the rest come after them, as they came
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
    found = (
        session()
        .execute(
            select(View.id.label("view_id"), func.coalesce(Fingerprint.marks, b"").label("marks"))
            .outerjoin(Fingerprint, Fingerprint.view_id == View.id)
            .outerjoin(Reading, Reading.view_id == View.id)
            .where((Fingerprint.group_id == group_id) | View.submission_id.in_(_in(group_id)), Reading.view_id.is_(None), *_theirs(by))
            .order_by(View.received_on, View.id)
        )
        .all()
    )
    first = found[0].marks if found else b""
    in_order = sorted(found[:MOST], key=lambda each: (likeness(first, each.marks), each.view_id))
    return [each.view_id for each in (*in_order, *found[MOST:])]


def is_group(group_id: uuid.UUID) -> bool:
    """Whether any view belongs to it."""
    return session().scalar(select(Fingerprint.view_id).where(Fingerprint.group_id == group_id).limit(1)) is not None


def is_set_aside(group_id: uuid.UUID) -> bool:
    """Whether a group waits for a person to judge it."""
    return session().scalar(select(SetAside.group_id).where(SetAside.group_id == group_id, SetAside.judged_on.is_(None)).limit(1)) is not None


def set_aside_groups() -> list[AsideGroup]:
    """Groups that wait to be judged, then those that were left out; the largest first."""
    judged = SetAside.judged_on.is_not(None)
    found = session().execute(
        select(SetAside.group_id, judged, func.count(), func.min(SetAside.set_aside_on), func.max(SetAside.reason))
        .where(SetAside.is_real.is_not(True))
        .group_by(SetAside.group_id, judged)
    )
    alike = set(session().scalars(select(Fingerprint.group_id).where(Fingerprint.group_id.in_(select(SetAside.group_id))).distinct()))
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
    found: list[BusyDay] = []
    for activity_id in activity_ids:
        for way_in in OPEN_WAYS:
            counts = counts_by_day(activity_id, way_in, since, today())
            found += [_busy(activity_id, way_in, day, came) for day, came in counts.items() if is_busy(activity_id, way_in, day)]
    return found


def _busy(activity_id: uuid.UUID, way_in: str, day: date, came: int) -> BusyDay:
    before = counts_by_day(activity_id, way_in, day - timedelta(days=DAYS_SHOWN), day - timedelta(days=1))
    return BusyDay(activity_id, way_in, week_of(day), came, usual([before.get(day - timedelta(days=back), 0) for back in range(1, DAYS_SHOWN + 1)]))


def _in(group_id: uuid.UUID) -> Select[uuid.UUID]:
    return select(SetAside.submission_id).where(SetAside.group_id == group_id)


def _theirs(by: uuid.UUID | None) -> tuple[ColumnElement[bool], ...]:
    return (View.submission_id.not_in(safeguarding.held_submissions()), View.submission_id.not_in(inviting.hidden_submissions(by)))


def _waiting_alike(by: uuid.UUID | None) -> Select[uuid.UUID | None, int]:
    return (
        select(Fingerprint.group_id, func.count())
        .join(View, View.id == Fingerprint.view_id)
        .join(Submission, Submission.id == View.submission_id)
        .outerjoin(Reading, Reading.view_id == View.id)
        .where(Reading.view_id.is_(None), *_theirs(by))
    )


def groups_of(view_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Of these views, those that are much like another, with what they share; read or not."""
    found = session().execute(select(Fingerprint.view_id, Fingerprint.group_id).where(Fingerprint.view_id.in_(view_ids)))
    return {view_id: group_id for view_id, group_id in found if group_id}
