"""Putting together what is much alike, and setting very many aside for a person to judge. Derived from rows by the worker."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import delete, func, or_, select, update

from voice import inviting
from voice.keeping.models import Submission, View
from voice.reading.models import Fingerprint, FingerprintBand, SetAside
from voice.reading.repeats import LONG_ENOUGH, bands, fingerprint, much_alike, plain
from voice.reading.rules import DAYS_TOGETHER, OPEN_WAYS, are_too_many, is_a_burst
from voice.storage import new_id, session, today

DAYS_LOOKED_BACK = 30  # older views are neither compared nor found by what they are looked up by
AT_ONCE = 300  # views in one round of the worker
NEAREST = 12  # views that are compared with a new one
WELL_KNOWN = 40  # in a group: from here on, new ones are found by those that are there
DAYS_BEFORE = 28


def put_together() -> int:
    """Fingerprint the views that have none, join those that are much alike, and set aside what came too often. Returns how many were new."""
    since = today() - timedelta(days=DAYS_LOOKED_BACK)
    new = (
        session()
        .execute(
            select(View.id, View.words)
            .outerjoin(Fingerprint, Fingerprint.view_id == View.id)
            .where(View.received_on >= since, Fingerprint.view_id.is_(None))
            .order_by(View.received_on, View.id)
            .limit(AT_ONCE)
        )
        .all()
    )
    joined = {_join(view_id, words) for view_id, words in new}
    for group_id in joined:
        if group_id and not _is_real(group_id):
            _set_aside_where_too_many(group_id)
    return len(new)


def forget_bands() -> int:
    """What old views were looked up by is no longer needed. Returns how many rows went."""
    since = today() - timedelta(days=DAYS_LOOKED_BACK)
    old = select(View.id).where(View.received_on < since)
    going = select(func.count()).select_from(FingerprintBand).where(FingerprintBand.view_id.in_(old))
    many = session().scalar(going) or 0
    session().execute(delete(FingerprintBand).where(FingerprintBand.view_id.in_(old)))
    return many


def _join(view_id: uuid.UUID, words: str) -> uuid.UUID | None:
    """The group a view belongs to, if it is much like another; its fingerprint is kept."""
    marks, letters = fingerprint(words), len(plain(words))
    values = set(bands(marks))
    like = [each for each in _nearest(values) if much_alike(marks, each.marks, (letters, each.letters))]
    group_id = _one_group(like) if like else None
    session().add(Fingerprint(view_id=view_id, marks=marks, letters=letters, group_id=group_id))
    if group_id is None or _size(group_id) <= WELL_KNOWN:
        session().add_all([FingerprintBand(view_id=view_id, value=value) for value in values])
    session().flush()
    return group_id


def _nearest(values: Collection[int]) -> list[Fingerprint]:
    """The fingerprints that have most bands in common with these."""
    shared = func.count()
    near = (
        select(FingerprintBand.view_id)
        .where(FingerprintBand.value.in_(values))
        .group_by(FingerprintBand.view_id)
        .order_by(shared.desc())
        .limit(NEAREST)
    )
    return list(session().scalars(select(Fingerprint).where(Fingerprint.view_id.in_(list(session().scalars(near))))))


def _one_group(like: Collection[Fingerprint]) -> uuid.UUID:
    """The group of all of these, which may have been several or none until now."""
    groups = sorted({each.group_id for each in like if each.group_id})
    group_id = groups[0] if groups else new_id()
    for other in groups[1:]:
        for kind in (Fingerprint, SetAside):
            session().execute(update(kind).where(kind.group_id == other).values(group_id=group_id))
    for each in like:
        each.group_id = group_id
    session().flush()
    return group_id


def _size(group_id: uuid.UUID) -> int:
    return session().scalar(select(func.count()).select_from(Fingerprint).where(Fingerprint.group_id == group_id)) or 0


# Setting aside --------------------------------------------------------------------------------------------------------------------------


def _set_aside_where_too_many(group_id: uuid.UUID) -> None:
    """Set a group's recent members aside where there are too many."""
    members = _by_open_ways(group_id)
    last = max((day for _id, _activity, _way, day in members), default=None)
    if last is None:
        return
    recent = [each for each in members if each[3] > last - timedelta(days=DAYS_TOGETHER)]
    busy = any(is_busy(activity, way, day) for activity, way, day in {each[1:] for each in recent})
    known = set(session().scalars(select(SetAside.submission_id).where(SetAside.group_id == group_id)))
    if are_too_many(len(recent), busy_day=busy) or known:
        session().add_all([SetAside(submission_id=each, group_id=group_id) for each in {each[0] for each in recent} - _set_aside_before(recent)])
        session().flush()


def _is_real(group_id: uuid.UUID) -> bool:
    """Whether a person has said so of this group, and not only of some in it while the others were left out."""
    said = set(session().scalars(select(SetAside.is_real).where(SetAside.group_id == group_id, SetAside.is_real.is_not(None)).distinct()))
    return said == {True}


def _set_aside_before(recent: Collection[tuple[uuid.UUID, uuid.UUID | None, str, date]]) -> set[uuid.UUID]:
    return set(session().scalars(select(SetAside.submission_id).where(SetAside.submission_id.in_([each[0] for each in recent]))))


def _by_open_ways(group_id: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID | None, str, date]]:
    """Submission, activity, way in and day of a group's long members that came by ways anyone can use; each submission once."""
    by_anyone = or_(Submission.way_in.in_(OPEN_WAYS), Submission.group_id.in_(inviting.groups_with_one_code()))
    found = session().execute(
        select(Submission.id, Submission.activity_id, Submission.way_in, Submission.received_on)
        .join(View, View.submission_id == Submission.id)
        .join(Fingerprint, Fingerprint.view_id == View.id)
        .where(Fingerprint.group_id == group_id, Fingerprint.letters >= LONG_ENOUGH, by_anyone)
        .distinct()
    )
    return [(each.id, each.activity_id, each.way_in, each.received_on) for each in found]


def is_busy(activity_id: uuid.UUID | None, way_in: str, day: date) -> bool:
    """Whether far more came to an activity by this way on this day than on the days before."""
    counts = counts_by_day(activity_id, way_in, day - timedelta(days=DAYS_BEFORE), day)
    before = [counts.get(day - timedelta(days=back), 0) for back in range(1, DAYS_BEFORE + 1)]
    return is_a_burst(counts.get(day, 0), before)


def counts_by_day(activity_id: uuid.UUID | None, way_in: str, since: date, until: date) -> dict[date, int]:
    """How many came on each day. Exact: shown only where they are many."""
    found = session().execute(
        select(Submission.received_on, func.count())
        .where(Submission.activity_id == activity_id, Submission.way_in == way_in, Submission.received_on.between(since, until))
        .group_by(Submission.received_on)
    )
    return dict(found.all())


def counts_by_way(activity_ids: Collection[uuid.UUID], since: date, until: date) -> dict[tuple[uuid.UUID, str], dict[date, int]]:
    """As `counts_by_day`, for each activity and open way by which any came."""
    counted = (
        select(Submission.activity_id, Submission.way_in, Submission.received_on, func.count())
        .where(Submission.activity_id.in_(activity_ids), Submission.way_in.in_(OPEN_WAYS), Submission.received_on.between(since, until))
        .group_by(Submission.activity_id, Submission.way_in, Submission.received_on)
    )
    found: dict[tuple[uuid.UUID, str], dict[date, int]] = {}
    for activity_id, way_in, day, came in session().execute(counted):
        if activity_id:
            found.setdefault((activity_id, way_in), {})[day] = came
    return found
