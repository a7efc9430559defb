"""What waits for the safeguarding lead, and whether there are people to read."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy import Select, distinct, func, or_, select

from voice import identity, keeping
from voice.safeguarding.about import concerns_about
from voice.safeguarding.models import Alert, ConcernAct, Drill, Practice, Screening
from voice.safeguarding.rota import LEADS, the_rota
from voice.safeguarding.rota_rules import local, longest_without
from voice.storage import day_of, now, session

FEWEST_LEADS = 2
DRILL_HOLDS = timedelta(days=7)


@dataclass(frozen=True)
class Concern:
    id: uuid.UUID
    submission_id: uuid.UUID | None
    is_immediate: bool
    kinds: tuple[str, ...]
    because: tuple[str, ...]
    screened_at: datetime
    raised_why: str | None
    raised_by: uuid.UUID | None
    alerted_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    outcome_reason: str | None
    kept: dict[str, str] | None
    since: datetime  # when it began to wait
    is_stub: bool


def those(by: uuid.UUID | None) -> Select[Screening]:
    """The one query that every list, count and figure of concerns begins with. What is about `by`, or about their team or setting, is not
    in it. None: the machine itself."""
    wanted = select(Screening).where(Screening.is_concern)
    return wanted if by is None else wanted.where(Screening.id.not_in(concerns_about(by)))


def concerns(*, closed: bool = False, most: int = 50, by: uuid.UUID | None = None) -> list[Concern]:
    """Concerns a person must look at: danger now first, then what waits longest."""
    state = Screening.closed_at.is_not(None) if closed else Screening.closed_at.is_(None)
    since = func.coalesce(Screening.raised_at, Screening.screened_at)
    order = (Screening.closed_at.desc(),) if closed else (Screening.is_immediate.desc(), since)
    rows = session().scalars(those(by).where(state).order_by(*order, Screening.id).limit(most))
    return [_concern(row) for row in rows]


def concern(concern_id: uuid.UUID, by: uuid.UUID | None = None) -> Concern | None:
    row = session().scalar(those(by).where(Screening.id == concern_id))
    return _concern(row) if row else None


def waiting(by: uuid.UUID | None = None) -> int:
    """How many concerns are not closed."""
    open_ones = those(by).where(Screening.closed_at.is_(None)).subquery()
    return session().scalar(select(func.count()).select_from(open_ones)) or 0


@dataclass(frozen=True)
class Span:
    """Minutes from when it came to when a person opened it: how many were opened, the middle one, the longest; None where none was."""

    opened: int
    median: float | None
    worst: float | None


@dataclass(frozen=True)
class Times:
    """How long it takes until a person looks. Practice alerts are in none of it; a collection made elsewhere is."""

    this_month: Span
    this_year: Span
    open_now: int  # not closed
    unopened: int
    oldest: float | None  # minutes the oldest unopened one has waited
    escalated: int  # this year: concerns that went to the manager
    out_of_hours_gap: float | None  # hours: the longest stretch without anybody on, by the rota; None without a rota


def times(by: uuid.UUID | None = None, moment: datetime | None = None) -> Times:
    """Figures for the leads’ first page, the staff’s, and the facts of the impact assessment: numbers alone."""
    moment = moment or now()
    here = local(moment)
    month = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    year = month.replace(month=1)
    rows = session().scalars(those(by).where(or_(Screening.opened_at >= year, Screening.closed_at.is_(None)))).all()
    unopened = [row.since for row in rows if row.opened_at is None and row.closed_at is None]
    top = select(func.count(distinct(Alert.concern_id))).where(Alert.step == "manager", Alert.made_at >= year)
    top = top.where(Alert.concern_id.in_(those(by).with_only_columns(Screening.id)))
    alone = longest_without(here.date(), the_rota().turns)
    return Times(
        _span(rows, month),
        _span(rows, year),
        sum(row.closed_at is None for row in rows),
        len(unopened),
        _minutes(moment - min(unopened)) if unopened else None,
        session().scalar(top) or 0,
        None if alone is None else _minutes(alone) / 60,
    )


def _span(rows: Iterable[Screening], after: datetime) -> Span:
    took = [_minutes(row.opened_at - row.since) for row in rows if row.opened_at and row.opened_at >= after]
    return Span(len(took), median(took) if took else None, max(took, default=None))


def _minutes(time: timedelta) -> float:
    return time.total_seconds() / 60


@dataclass(frozen=True)
class Done:
    """One act on a concern."""

    what: str
    by: str
    at: datetime
    reference: str | None
    on_day: date | None


def acts_of(concern_id: uuid.UUID) -> list[Done]:
    """What was done about it, first to last."""
    rows = session().scalars(select(ConcernAct).where(ConcernAct.concern_id == concern_id).order_by(ConcernAct.at, ConcernAct.id))
    return [Done(row.what, name_of(row.by_id), row.at, row.reference, row.on_day) for row in rows]


@dataclass(frozen=True)
class Told:
    """One alert: to whom, when it went, or what kept it."""

    step: str
    channel: str
    to: str
    sent_at: datetime | None
    attempts: int
    failure: str | None


def alerts_of(concern_id: uuid.UUID) -> list[Told]:
    """Who was written to about it."""
    rows = session().scalars(select(Alert).where(Alert.concern_id == concern_id).order_by(Alert.made_at, Alert.id))
    return [Told(row.step, row.channel, _recipient(row.recipient), row.sent_at, row.attempts, row.failure) for row in rows]


def _recipient(recipient: str) -> str:
    return "LADO" if recipient == "lado" else name_of(uuid.UUID(recipient))


def name_of(member_id: uuid.UUID | None) -> str:
    person = identity.person(member_id) if member_id else None
    return person.name if person else ""


@dataclass(frozen=True)
class PracticeRun:
    """A practice alert and how long it took until it was opened, in minutes."""

    id: uuid.UUID
    started_at: datetime
    opened_at: datetime | None
    minutes: float | None
    to: tuple[str, ...]
    sent_to: tuple[str, ...]


def practices(most: int = 5) -> list[PracticeRun]:
    """Practice alerts, the newest first."""
    rows = session().scalars(select(Practice).order_by(Practice.started_at.desc(), Practice.id).limit(most)).all()
    return [_practice(row) for row in rows]


def _practice(row: Practice) -> PracticeRun:
    alerts = session().scalars(select(Alert).where(Alert.practice_id == row.id).order_by(Alert.made_at, Alert.id)).all()
    to, sent_to = (tuple(dict.fromkeys(_recipient(each.recipient) for each in some)) for some in (alerts, [each for each in alerts if each.sent_at]))
    return PracticeRun(row.id, row.started_at, row.opened_at, _minutes(row.opened_at - row.started_at) if row.opened_at else None, to, sent_to)


def is_practice(practice_id: uuid.UUID) -> bool:
    return session().get(Practice, practice_id) is not None


def held_submissions() -> list[uuid.UUID]:
    """Submissions that only the lead may see now: their concern is not closed."""
    return [each for each in session().scalars(held()) if each]


def held() -> Select[uuid.UUID | None]:
    """Ids of these, for other rooms’ queries: `….not_in(this)`, which costs the same however many there are."""
    return select(Screening.submission_id).where(Screening.is_concern, Screening.closed_at.is_(None), Screening.submission_id.is_not(None))


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
    return Readiness(leads, latest and day_of(latest), latest and day_of(latest + DRILL_HOLDS), leads_ready())


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
        row.raised_by,
        row.alerted_at,
        row.opened_at,
        row.closed_at,
        row.outcome,
        row.outcome_reason,
        row.kept,
        row.since,
        row.stub_at is not None,
    )
