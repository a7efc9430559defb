"""How safeguarding stands, for the facts of the impact assessment. Exact counts of concerns: only `counting` may show what comes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from voice.safeguarding.models import Drill, Practice, Screening
from voice.safeguarding.opening import readers, ready_now
from voice.storage import day_of, now, session


@dataclass(frozen=True)
class Standing:
    """Counts and conditions; no names. `conditions`: people, factor, training, drill, hours and night, each with met, soon, late or closed."""

    flagged: int  # this year, by the screen or a person; exact
    raised_by_people: int  # of these; exact
    practices: int  # this year
    practices_opened: int  # of these
    last_drill: date | None
    leads: int
    trained: int  # of these, in date today
    with_second_factor: int  # of these
    is_open: bool
    conditions: dict[str, str]


def standing(moment: datetime | None = None) -> Standing:
    """As it is now; a year is that of the calendar."""
    moment = moment or now()
    year = moment.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    ready, people, day = ready_now(day_of(moment)), readers(), day_of(moment)
    flagged = select(func.count(), func.count(Screening.raised_by)).where(Screening.is_concern, Screening.screened_at >= year)
    practised = select(func.count(), func.count(Practice.opened_at)).where(Practice.started_at >= year)
    latest = session().scalar(select(func.max(Drill.passed_at)))
    return Standing(
        *session().execute(flagged).one(),
        *session().execute(practised).one(),
        day_of(latest) if latest else None,
        len(people),
        sum(bool(each.valid_until and each.valid_until >= day) for each in people),
        sum(each.has_second_factor is True for each in people),
        ready.is_open,
        {each.code: each.level for each in ready.conditions},
    )
