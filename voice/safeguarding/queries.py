"""What waits for the safeguarding lead, and whether there are people to read."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from voice import identity, keeping
from voice.safeguarding.models import Drill, Screening
from voice.storage import Lease, now, session

FEWEST_LEADS = 2
DRILL_HOLDS = timedelta(days=7)
LEADS = ("safeguarding_lead", "safeguarding_deputy")
ALERTS = "alert the leads"  # the worker’s job
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Concern:
    id: uuid.UUID
    submission_id: uuid.UUID | None
    is_immediate: bool
    kinds: tuple[str, ...]
    because: tuple[str, ...]
    screened_at: datetime
    raised_why: str | None
    is_raised_by_person: bool
    alerted_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    outcome_reason: str | None
    kept: dict[str, str] | None


def concerns(*, closed: bool = False, most: int = 50) -> list[Concern]:
    """Concerns a person must look at: danger now first, then what waits longest."""
    state = Screening.closed_at.is_not(None) if closed else Screening.closed_at.is_(None)
    order = (Screening.closed_at.desc(),) if closed else (Screening.is_immediate.desc(), Screening.screened_at)
    rows = session().scalars(select(Screening).where(Screening.is_concern, state).order_by(*order, Screening.id).limit(most))
    return [_concern(row) for row in rows]


def concern(concern_id: uuid.UUID) -> Concern | None:
    row = session().scalar(select(Screening).where(Screening.id == concern_id, Screening.is_concern))
    return _concern(row) if row else None


def waiting() -> int:
    """How many concerns are not closed."""
    return session().scalar(select(func.count()).select_from(Screening).where(Screening.is_concern, Screening.closed_at.is_(None))) or 0


def held_submissions() -> list[uuid.UUID]:
    """Submissions that only the lead may see now: their concern is not closed."""
    found = session().scalars(select(Screening.submission_id).where(Screening.is_concern, Screening.closed_at.is_(None)))
    return [each for each in found if each]


def read_first_views(submission_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these submissions, those the screen could not judge: they are read first."""
    found = session().scalars(select(Screening.submission_id).where(Screening.read_first, Screening.submission_id.in_(submission_ids)))
    return {each for each in found if each}


def leads_ready() -> bool:
    """Whether there are people to read what children write: two named leads or deputies, and a drill passed within a week."""
    leads = identity.members_with(*LEADS)
    latest = session().scalar(select(func.max(Drill.passed_at)))
    return len(leads) >= FEWEST_LEADS and latest is not None and now() - latest <= DRILL_HOLDS


@dataclass(frozen=True)
class Readiness:
    """Whether young people may be asked to write, and what stands in the way."""

    leads: int
    drill_passed: date | None  # the last time
    drill_until: date | None  # how long that holds
    is_ready: bool


def readiness() -> Readiness:
    """For the leads’ page: two people, and a drill within a week."""
    latest = session().scalar(select(func.max(Drill.passed_at)))
    leads = len(identity.members_with(*LEADS))
    return Readiness(leads, latest and latest.date(), latest and (latest + DRILL_HOLDS).date(), leads_ready())


def alerts_are_late() -> bool:
    """Whether the worker that writes to the leads has not run for five minutes, or could not send."""
    lease = session().get(Lease, ALERTS)
    return lease is None or lease.last_done is None or lease.last_error is not None or now() - lease.last_done > LATE


def words_of(found: Concern) -> list[tuple[str, str]]:
    """Everything said in it, question by question. The page records the reading first."""
    if found.submission_id is None:
        return sorted((found.kept or {}).items())
    return [(view.question, view.words) for view in keeping.raw_views(keeping.views_of(found.submission_id))]


def _concern(row: Screening) -> Concern:
    return Concern(
        row.id,
        row.submission_id,
        row.is_immediate,
        tuple(row.kinds),
        tuple(row.because),
        row.screened_at,
        row.raised_why,
        row.raised_by is not None,
        row.alerted_at,
        row.opened_at,
        row.closed_at,
        row.outcome,
        row.outcome_reason,
        row.kept,
    )
