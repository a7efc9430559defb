"""The queue, and the only words other rooms get: those a person has cleared or redacted.

`by` is the member who reads. What a group asked on purpose said is only there for those named for it; without a name it is not there at all.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from voice import audit, inviting, keeping, safeguarding
from voice.keeping.models import Submission, View
from voice.reading.aside import set_aside
from voice.reading.line import in_line
from voice.reading.models import InLine, Reading
from voice.reading.rules import FIRST, REST, UNREAD
from voice.reading.translating import Translated, translations
from voice.safeguarding.models import Screening
from voice.storage import session, week_of

IS_HELD = and_(Screening.is_concern, Screening.closed_at.is_(None))


@dataclass(frozen=True)
class ShownView:
    """A view as others may see it: words a person cleared, the week and not the day, coarse facts."""

    id: uuid.UUID
    words: str
    language: str
    week: date
    question: str
    activity_id: uuid.UUID | None
    age_band: str | None
    place: str | None
    may_be_quoted: bool
    translation: Translated | None = None  # a person's, of these very words


@dataclass(frozen=True)
class Waiting:
    """A view in the queue. `was_concern`: a lead has looked at what was sent with it and handed it on."""

    id: uuid.UUID
    read_first: bool
    was_concern: bool


@dataclass(frozen=True)
class Standing:
    """Where one view stands, for the reading room; without a decision nobody has read it."""

    id: uuid.UUID
    submission_id: uuid.UUID
    read_first: bool
    was_concern: bool
    decision: str | None = None
    reason: str | None = None
    shown_words: str | None = None
    read_by: uuid.UUID | None = None
    read_in: date | None = None  # the week


@dataclass(frozen=True)
class _Place:
    read_first: bool
    received_on: date
    view_id: uuid.UUID


def queue(most: int = 20, after: uuid.UUID | None = None, by: uuid.UUID | None = None) -> list[Waiting]:
    """Views nobody has read: those to be read first, then the rest, oldest first. `after` is the last view of the page before.
    Views whose concern is open wait at the safeguarding lead; very many that came alike wait to be judged together."""
    place = _place(after) if after else None
    found: list[Waiting] = []
    if place is None or place.read_first:
        found = _waiting(True, most, place, by)
        place = None
    if len(found) < most:
        found += _waiting(False, most - len(found), place, by)
    return found


def next_to_read(most: int = 20, by: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Ids of the views to read next, as in `queue`."""
    return [each.id for each in queue(most, by=by)]


def how_many_wait(by: uuid.UUID | None = None) -> int:
    """How many views nobody has read, of those this member may read."""
    return session().scalar(in_line(by, FIRST, REST).with_only_columns(func.count())) or 0


def waits_since() -> date | None:
    """The day the view came in that has waited longest for its reader; None: nothing waits."""
    return session().scalar(select(func.min(InLine.since)).where(InLine.lane.in_(UNREAD)))


def open_raw(view_ids: Collection[uuid.UUID], by: uuid.UUID) -> list[keeping.RawView]:
    """Views as sent, for the reading room; never one whose concern is open. The reading is recorded, and that record committed,
    before this returns."""
    theirs = _not_held(view_ids, by)
    audit.read_raw(by, "read raw", "view", theirs)
    return keeping.raw_views(theirs)


def still_waiting(view_ids: Collection[uuid.UUID], by: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Of these views, those nobody has read and nobody holds, in the order given."""
    found = session().scalars(
        select(View.id)
        .outerjoin(Screening, Screening.submission_id == View.submission_id)
        .outerjoin(Reading, Reading.view_id == View.id)
        .where(View.id.in_(view_ids), Reading.view_id.is_(None), ~_held(), _open_to(by))
    )
    waiting = set(found)
    return [each for each in dict.fromkeys(view_ids) if each in waiting]


def waiting_again(view_ids: Collection[uuid.UUID], by: uuid.UUID | None = None) -> list[Waiting]:
    """These views as the queue has them; those it has not are left out."""
    found = session().execute(
        select(View.id, Screening.read_first, Screening.is_concern)
        .join(InLine, InLine.view_id == View.id)
        .outerjoin(Screening, Screening.submission_id == View.submission_id)
        .where(View.id.in_(in_line(by, *UNREAD).where(InLine.view_id.in_(view_ids))))
    )
    there = {view_id: Waiting(view_id, read_first is not False, bool(was_concern)) for view_id, read_first, was_concern in found}
    return [there[each] for each in view_ids if each in there]


def standing(view_id: uuid.UUID, by: uuid.UUID | None = None) -> Standing | None:
    """Where one view stands; None where there is no such view, or only others may see it."""
    found = session().execute(
        select(View.submission_id, Screening.read_first, Screening.is_concern, Reading)
        .outerjoin(Screening, Screening.submission_id == View.submission_id)
        .outerjoin(Reading, Reading.view_id == View.id)
        .where(View.id == view_id, ~_held(), _open_to(by))
    )
    row = found.first()
    return _standing(view_id, *row) if row else None


def search(text: str, most: int = 50, by: uuid.UUID | None = None) -> list[uuid.UUID]:
    """Ids of views with these words in them, newest first; never one whose concern is open."""
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found = (
        select(View.id)
        .outerjoin(Screening, Screening.submission_id == View.submission_id)
        .where(View.words.ilike(pattern, escape="\\"), ~_held(), _open_to(by))
        .order_by(View.received_on.desc(), View.id.desc())  # as the index lies, so that what is often said is soon found
        .limit(most)
    )
    return list(session().scalars(found))


def shown(view_ids: Collection[uuid.UUID], by: uuid.UUID | None = None, *, with_targeted: bool = False) -> dict[uuid.UUID, ShownView]:
    """Of these views, those others may see, as they may be seen.

    `with_targeted`: for what a named reader put into a theme, where the board weighs it, and for the sender's own receipt.
    """
    wanted = (
        select(View, Submission, Reading)
        .join(Submission, Submission.id == View.submission_id)
        .join(Reading, Reading.view_id == View.id)
        .where(View.id.in_(view_ids), Reading.decision.in_(("cleared", "redacted")))
        .where(View.submission_id.not_in(safeguarding.held()), View.submission_id.not_in(set_aside()))
    )
    found = session().execute(wanted if with_targeted else wanted.where(_open_to(by))).all()
    beside = translations({view.id: reading.shown_words or view.words for view, _submission, reading in found})
    return {view.id: _shown(view, submission, reading, beside.get(view.id)) for view, submission, reading in found}


def told_of(view_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these views, those their own sender’s receipt speaks of: as `shown` with targeted ones, and not a word is read for it."""
    wanted = (
        select(View.id)
        .join(Reading, Reading.view_id == View.id)
        .where(View.id.in_(view_ids), Reading.decision.in_(("cleared", "redacted")))
        .where(View.submission_id.not_in(safeguarding.held()), View.submission_id.not_in(set_aside()))
    )
    return set(session().scalars(wanted))


def open_to(view_ids: Collection[uuid.UUID], by: uuid.UUID | None) -> set[uuid.UUID]:
    """Of these views, those whose group, if they have one, this member may read."""
    return set(session().scalars(select(View.id).where(View.id.in_(view_ids), _open_to(by))))


def sent_by_groups(view_ids: Collection[uuid.UUID], group_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these views, those that came from one of these invited groups."""
    if not group_ids:
        return set()
    theirs = select(View.id).join(Submission, Submission.id == View.submission_id)
    return set(session().scalars(theirs.where(View.id.in_(view_ids), Submission.group_id.in_(group_ids))))


def withheld_reasons(view_ids: Collection[uuid.UUID]) -> dict[str, int]:
    """Why views among these are held back: reasons, never words. What only the safeguarding lead may see now is in no count."""
    found = session().execute(
        select(Reading.reason, func.count())
        .join(View, View.id == Reading.view_id)
        .where(Reading.view_id.in_(view_ids), Reading.decision == "withheld")
        .where(View.submission_id.not_in(safeguarding.held()), View.submission_id.not_in(set_aside()))
        .group_by(Reading.reason)
    )
    return {reason: count for reason, count in found if reason}


def decisions(view_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What was decided about each of these; those not read are left out."""
    found = session().execute(select(Reading.view_id, Reading.decision).where(Reading.view_id.in_(view_ids)))
    return dict(found.all())


def read_on(view_ids: Sequence[uuid.UUID]) -> date | None:
    """The day the last of these was read, or None while one of them waits."""
    days = list(session().scalars(select(Reading.read_on).where(Reading.view_id.in_(view_ids))))
    return max(days) if days and len(days) == len(view_ids) else None


def _held() -> ColumnElement[bool]:
    """True for what only the lead may see now; a submission without a screening row is not held, it is read first."""
    return func.coalesce(IS_HELD, False)


def _open_to(by: uuid.UUID | None) -> ColumnElement[bool]:
    """True for what this member may read as far as its group goes, and as it is not about them."""
    return and_(View.submission_id.not_in(inviting.hidden_submissions(by)), View.submission_id.not_in(safeguarding.submissions_about(by)))


def _waiting(read_first: bool, most: int, after: _Place | None, by: uuid.UUID | None) -> list[Waiting]:
    wanted = in_line(by, FIRST if read_first else REST).add_columns(InLine.since).order_by(InLine.since, InLine.view_id).limit(most)
    if after:
        wanted = wanted.where(tuple_(InLine.since, InLine.view_id) > (after.received_on, after.view_id))
    page = wanted.subquery()
    found = session().execute(
        select(page.c.view_id, Screening.is_concern)
        .join(View, View.id == page.c.view_id)
        .outerjoin(Screening, Screening.submission_id == View.submission_id)
        .order_by(page.c.since, page.c.view_id)
    )
    return [Waiting(view_id, read_first, bool(was_concern)) for view_id, was_concern in found]


def _place(view_id: uuid.UUID) -> _Place | None:
    """Where a view lies in the queue, read or not; None once it was taken back."""
    found = session().execute(
        select(View.received_on, Screening.read_first).outerjoin(Screening, Screening.submission_id == View.submission_id).where(View.id == view_id)
    )
    row = found.first()
    return _Place(row[1] is not False, row[0], view_id) if row else None


def _not_held(view_ids: Collection[uuid.UUID], by: uuid.UUID) -> list[uuid.UUID]:
    wanted = select(View.id).outerjoin(Screening, Screening.submission_id == View.submission_id)
    return list(session().scalars(wanted.where(View.id.in_(view_ids), ~_held(), _open_to(by))))


def _standing(view_id: uuid.UUID, submission_id: uuid.UUID, read_first: bool | None, was_concern: bool | None, row: Reading | None) -> Standing:
    if row is None:
        return Standing(view_id, submission_id, read_first is not False, bool(was_concern))
    return Standing(
        view_id,
        submission_id,
        read_first is not False,
        bool(was_concern),
        row.decision,
        row.reason,
        row.shown_words,
        row.read_by,
        week_of(row.read_on),
    )


def _shown(view: View, submission: Submission, reading: Reading, beside: Translated | None) -> ShownView:
    return ShownView(
        view.id,
        reading.shown_words or view.words,
        view.language,
        week_of(view.received_on),
        view.question,
        submission.activity_id,
        submission.age_band,
        submission.place,
        submission.may_be_quoted,
        beside if beside and beside.fits else None,
    )


def activity_read_on(activity_id: uuid.UUID | None, since: date, until: date) -> date | None:
    """The last day on which anything sent to this activity in that time was read; None while nothing was. It says nothing of one
    view: whoever sent one that is held back sees what everyone sees."""
    return session().scalar(
        select(func.max(Reading.read_on))
        .join(View, View.id == Reading.view_id)
        .join(Submission, Submission.id == View.submission_id)
        .where(Submission.activity_id == activity_id if activity_id else Submission.activity_id.is_(None), View.received_on.between(since, until))
    )
