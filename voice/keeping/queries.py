"""Reading what is kept. Raw words leave only to the reading room and the safeguarding lead, who record it first."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select

from voice.config import settings
from voice.keeping import receipts
from voice.keeping.models import BackupRun, RetentionRun, Submission, Tombstone, View
from voice.retention import retention_of
from voice.storage import session, today


@dataclass(frozen=True)
class Sent:
    """The dated facts of one submission; no words."""

    id: uuid.UUID
    activity_id: uuid.UUID | None
    received_on: date
    language: str


@dataclass(frozen=True)
class Coded:
    """What was picked in one submission, and the coarse facts its sender gave; no words."""

    activity_id: uuid.UUID | None
    received_on: date
    answers: Mapping[str, Any]  # question name to codes, or to a number
    age_band: str | None
    place: str | None
    speaker: str | None


@dataclass(frozen=True)
class RawView:
    """A view as it was sent, with the coarse facts beside it."""

    id: uuid.UUID
    submission_id: uuid.UUID
    activity_id: uuid.UUID | None
    question: str
    words: str
    language: str
    received_on: date
    age_band: str | None
    place: str | None
    speaker: str | None
    way_in: str
    may_be_quoted: bool


@dataclass(frozen=True)
class Run:
    """What a rule of retention let go the last time, and what it left past its day."""

    at: datetime
    removed: int
    overdue: int


@dataclass(frozen=True)
class Backup:
    """A backup made, or one restored: `made_at` is when what is in it was so."""

    at: datetime
    made_at: datetime
    size: int  # bytes
    seconds: float


def find(words: Sequence[str]) -> Sent | None:
    """The submission these receipt words belong to."""
    wanted = receipts.look_up_hash(tuple(words), settings().receipt_key)
    row = session().scalar(select(Submission).where(Submission.receipt_hash == wanted))
    return Sent(row.id, row.activity_id, row.received_on, row.language) if row else None


def sent(submission_id: uuid.UUID) -> Sent | None:
    row = session().get(Submission, submission_id)
    return Sent(row.id, row.activity_id, row.received_on, row.language) if row else None


def coded(submission_id: uuid.UUID) -> Coded | None:
    """For the safeguarding lead, who sees a submission whole."""
    row = session().get(Submission, submission_id)
    return Coded(row.activity_id, row.received_on, row.answers, row.age_band, row.place, row.speaker) if row else None


def coded_of(activity_ids: Collection[uuid.UUID]) -> Iterator[Coded]:
    """What was picked in every submission of these activities, in no order, a few hundred rows in memory at a time. No words.

    Exact, one by one: only `counting` may show what comes of it.
    """
    rows = session().scalars(select(Submission).where(Submission.activity_id.in_(activity_ids)).execution_options(yield_per=500))
    for row in rows:
        yield Coded(row.activity_id, row.received_on, row.answers, row.age_band, row.place, row.speaker)


def views_of(submission_id: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """Ids of what was said in one submission."""
    return tuple(session().scalars(select(View.id).where(View.submission_id == submission_id).order_by(View.question)))


def raw_views(view_ids: Collection[uuid.UUID]) -> list[RawView]:
    """Views as sent, oldest first. Whoever shows them calls `audit.read_raw` before."""
    found = session().execute(
        select(View, Submission)
        .join(Submission, Submission.id == View.submission_id)
        .where(View.id.in_(view_ids))
        .order_by(View.received_on, View.id)
    )
    return [_raw(view, submission) for view, submission in found]


def senders(view_ids: Collection[uuid.UUID]) -> int:
    """How many people sent these views. Exact: only `counting` may show what comes of it."""
    found = session().scalar(select(func.count(func.distinct(View.submission_id))).where(View.id.in_(view_ids)))
    return found or 0


def overdue(on: date | None = None) -> dict[str, int]:
    """What is past its last day and still here, by rule; all 0 after a run."""
    return {name: rule.due(on or today()) for name, rule in retention_of().all().items()}


def last_runs() -> dict[str, Run]:
    """The last time each rule was carried out."""
    newest = select(RetentionRun.rule, func.max(RetentionRun.at).label("at")).group_by(RetentionRun.rule).subquery()
    rows = session().scalars(select(RetentionRun).join(newest, and_(RetentionRun.rule == newest.c.rule, RetentionRun.at == newest.c.at)))
    return {row.rule: Run(row.at, row.removed, row.overdue) for row in rows}


def last_backups() -> dict[str, Backup]:
    """The last of each kind: `backup`, `restore_test`, `restore`; one that never was is not there."""
    rows = session().scalars(select(BackupRun).order_by(BackupRun.at))
    return {row.kind: Backup(row.at, row.made_at, row.size, row.milliseconds / 1000) for row in rows}


def risen() -> int:
    """How many submissions are here though they were taken back: none, ever."""
    return session().scalar(select(func.count()).select_from(Submission).join(Tombstone, Tombstone.key_hash == Submission.key_hash)) or 0


def _raw(view: View, submission: Submission) -> RawView:
    return RawView(
        view.id,
        submission.id,
        submission.activity_id,
        view.question,
        view.words,
        view.language,
        view.received_on,
        submission.age_band,
        submission.place,
        submission.speaker,
        submission.way_in,
        submission.may_be_quoted,
    )
