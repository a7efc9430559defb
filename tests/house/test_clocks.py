"""The clock: half past midnight in summer, the two nights in which clocks change, the 29th of February, and a clock that jumps a year and back.

“Today” is the day on the wall in the county (Europe/London); moments are UTC (docs/durability.md). Bar R10.
"""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from tests.making import a_submission, an_activity, people_to_read
from tests.reading import Visitor, ask
from tests.rooms.safeguarding.clock import Simulated, simulated
from voice import asking, keeping, storage
from voice.safeguarding.rota_rules import Turn, local, spans
from voice.storage import Lease, day_of, today
from voice.workers import jobs_of, run_due

Tell = Callable[[str, object], None]
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # the last Sundays: one hour is not there, one comes twice
SUMMER = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July, on the wall


@pytest.fixture
def clock(app: Flask) -> Iterator[Simulated]:
    with pytest.MonkeyPatch.context() as patch:
        yield simulated(app, patch, SUMMER)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (SUMMER, date(2026, 7, 1)),
        (datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 3, 28, 23, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), SPRING),  # its midnight is still winter’s
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), SPRING),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), SPRING + timedelta(days=1)),  # and its end summer’s: 23 hours
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), AUTUMN),
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), AUTUMN),  # 25 hours
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), AUTUMN + timedelta(days=1)),
        (datetime(2028, 2, 29, 0, 30, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2027, 12, 31, 23, 59, tzinfo=UTC), date(2027, 12, 31)),
    ],
)
def test_a_day_is_the_one_on_the_wall(moment: datetime, day: date) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 7, 1), 24)])
def test_a_night_at_the_change_of_the_clocks_has_nobody_missing(day: date, hours: int) -> None:
    """A lead who is on from midnight to midnight is on for as long as that day is, and the turn of the next day follows without a gap."""
    turns = [
        Turn(weekday=each, starts=0, ends=1440, lead=uuid.UUID(int=each + 1), deputy=uuid.UUID(int=each + 20), on_holidays=True) for each in range(7)
    ]
    found = list(spans(day - timedelta(days=1), 3, turns))
    mine = next(span for span in found if local(span.begins).date() == day)
    assert mine.ends - mine.begins == timedelta(hours=hours)
    assert all(one.ends == other.begins for one, other in itertools.pairwise(found))


def _states(app: Flask, slug: str) -> tuple[str | None, int]:
    """Whether a young person may write, by what the page and the door for programs say."""
    storage.session().rollback()
    found = asking.activity(slug)
    assert found
    message = {"activity": slug, "key": str(uuid.uuid4()), "answers": {"would_change": {"words": "Later buses."}}}
    reply = ask(lambda: app.test_client().post("/api/v1/submissions", data=json.dumps(message), content_type="application/json"))
    return found.closed_by_date, reply.status_code


def test_an_activity_opens_and_closes_at_midnight_on_the_wall(app: Flask, clock: Simulated) -> None:
    clock.set(datetime(2026, 6, 24, 12, 0, tzinfo=UTC))
    people_to_read()
    an_activity("until-june", instrument="one-thing-i-would-change", closes_in_days=6)  # closes with 30 June
    an_activity("from-july", instrument="one-thing-i-would-change", opened_days_ago=-7)  # opens on 1 July
    clock.set(datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC))
    assert _states(app, "until-june") == (None, 201)
    assert _states(app, "from-july") == ("not_yet", 403)
    clock.set(datetime(2026, 6, 30, 23, 0, tzinfo=UTC))
    assert _states(app, "until-june") == ("over", 403)
    assert _states(app, "from-july") == (None, 201)
    storage.session().rollback()
    page = Visitor(app.test_client()).open("/take-part")
    assert "from-july" in str(page.soup)


@pytest.mark.parametrize("day", [SPRING, AUTUMN, date(2028, 2, 29)])
def test_what_is_sent_just_after_midnight_bears_that_day_and_comes_back_by_its_receipt(app: Flask, clock: Simulated, day: date) -> None:
    clock.set(datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC) - timedelta(days=2))
    people_to_read()
    an_activity(opened_days_ago=0, closes_in_days=20)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - (timedelta(hours=1) if day == AUTUMN else timedelta(0))
    clock.set(midnight + timedelta(minutes=1))
    kept = a_submission("A minute past midnight.")
    for hours in (0, 1, 2, 22):  # through the hour that is not there, or comes twice
        clock.set(midnight + timedelta(minutes=1, hours=hours))
        found = keeping.find(kept.words)
        assert found
        assert found.received_on == day
        storage.session().rollback()


def test_a_clock_that_jumps_a_year_and_back_stops_no_work_and_ends_nothing_early(app: Flask, clock: Simulated, record_property: Tell) -> None:
    """Forward by a year (a wrong battery), then back: every job that is due runs again within its own time, and what was kept stays."""
    people_to_read()
    kept = a_submission("Said before the clock went wrong.")
    ran = [0]
    jobs = len(jobs_of(app).all())

    def work() -> int:
        storage.session().rollback()
        done = len(run_due(app, f"turn {ran[0]}"))
        ran[0] += 1
        storage.session().rollback()
        return done

    assert work() == jobs
    clock.set(SUMMER + timedelta(days=365))
    assert work() == jobs
    clock.set(SUMMER + timedelta(minutes=1))
    again = work()
    longest = max(job.every for job in jobs_of(app).all())
    assert again == jobs, "what was done “in a year’s time” keeps no job from its turn"
    storage.session().rollback()
    assert all(lease.until <= storage.now() + timedelta(minutes=10) for lease in storage.session().query(Lease))
    found = keeping.find(kept.words)
    assert found
    assert found.received_on == today()
    record_property("budget", f"R10: clock a year ahead and back: {again} of {jobs} jobs run at once (the rarest has {longest})")
