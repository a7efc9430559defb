"""Making the waves that are due, and finding the one a printed address leads to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from voice import plans
from voice.asking.models import Activity
from voice.asking.queries import ActivityFacts, activity, waves
from voice.asking.terms import Span, answered_by, due, last_day_before, name_of
from voice.config import settings
from voice.storage import session, today


def ask_again(day: date | None = None) -> int:
    """Make the wave of this term for every activity of the current plan that repeats; the worker's job. Returns how many were made.

    What is due follows from the rows alone, so that it may run at any time and any number of times.
    """
    plan = plans.current_plan()
    if plan is None:
        return 0
    repeating = select(Activity).where(Activity.repeats == "termly", Activity.plan_id == plan.id).order_by(Activity.slug)
    return sum(_ask_again(first, day or today()) for first in session().scalars(repeating).all())


def activity_now(slug: str) -> ActivityFacts | None:
    """The activity of an address. Where it names a series whose first wave is over, the wave that is open, or else the latest: what was
    printed on a poster stays right."""
    found = activity(slug)
    if found is None or found.series != slug or found.closed_by_date != "over":
        return found
    return next(iter(waves(slug)), found)


def _ask_again(first: Activity, day: date) -> bool:
    newest = session().scalars(select(Activity).where(Activity.series == first.series).order_by(Activity.wave.desc()).limit(1)).one()
    span = due(_span(newest), day, settings().terms)
    return span is not None and _make(first, newest, span)


def _make(first: Activity, newest: Activity, span: Span) -> bool:
    """False where another process made it at the same moment.

    Raises:
        IntegrityError: both its addresses are other activities'.
    """
    number = newest.wave + 1
    try:
        with session().begin_nested():
            newest.closes_on = newest.closes_on or last_day_before(span)
            newest.reply_by = answered_by(newest.closes_on, newest.reply_by, settings().first_answer_days)
            session().add(_wave(first, newest, number, span))
    except IntegrityError:
        if session().scalar(select(Activity.id).where(Activity.series == first.series, Activity.wave == number)) is None:
            raise
        return False
    return True


def _wave(first: Activity, newest: Activity, number: int, span: Span) -> Activity:
    return Activity(
        slug=_free_address(first.slug, number),
        kind=first.kind,
        title=f"{first.title} ({name_of(span.opens_on)})",
        plan_id=first.plan_id,
        instrument_version_id=newest.instrument_version_id,
        opens_on=span.opens_on,
        closes_on=span.closes_on,
        reply_by=answered_by(span.closes_on, span.reply_by, settings().first_answer_days),
        series=first.series,
        wave=number,
        embed_hosts=list(first.embed_hosts),
        dpia=newest.dpia,
        decision_maker=newest.decision_maker,
    )


def _free_address(series: str, number: int) -> str:
    """The wave's own address; another activity may have been given the plain one by hand."""
    plain = f"{series}-{number}"
    return plain if activity(plain) is None else f"{series}-wave-{number}"


def _span(row: Activity) -> Span:
    return Span(opens_on=row.opens_on, closes_on=row.closes_on, reply_by=row.reply_by)
