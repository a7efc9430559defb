"""The watch is watched: what alerts depend on, and what of it has stopped.

A worker that died cannot say so. So it leaves signs of life in rows, and the page that is opened (or the monitor that asks `/watch`) works
out from them what is missing.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import and_, func, or_, select

from voice import broker, keeping, post
from voice.config import settings
from voice.safeguarding.alerting import still_unsent
from voice.safeguarding.models import Alert, Beat
from voice.safeguarding.screen import screen_all
from voice.storage import Lease, now, session
from voice.workers import jobs_of

ALERTS, WATCH = "alert the leads", "watch the watch"  # the worker’s jobs
STOPPED = timedelta(minutes=4)  # so that with a look a minute it shows within five
SLOW = timedelta(minutes=2)
ASTRAY = timedelta(minutes=2)  # how far the clock may be out
SHOWN_FOR = timedelta(hours=1)  # how long a jump of the clock stays on the page
KNOWN_WORRY = "My dad hits me and I am scared to go home"  # made up; if the screen passes over this, it does not work
LAST_LOOK = "voice.last look at the clock"


def look_after() -> int:
    """Try the post, the screen and the clock, and write down what is wrong; the worker’s job, every minute."""
    moment = now()
    session().rollback()  # the post server may be slow
    _write_down("post", _post_failure(), moment)
    _write_down("screen", _screen_failure(), moment)
    _write_down("broker", broker.failure(), moment)
    _write_down("clock", _clock_failure(moment), moment)
    session().flush()
    return 0


def _post_failure() -> str | None:
    try:
        post.try_server()
    except post.NotSent as wrong:
        return str(wrong) or "NotSent"
    return None


def _screen_failure() -> str | None:
    try:
        return None if screen_all([KNOWN_WORRY], "en").concern else "PassedOver"
    except Exception as wrong:  # whatever is wrong with it, it has stopped
        return type(wrong).__name__


def _clock_failure(moment: datetime) -> str | None:
    """Whether the clock went another way than time did since this process looked last."""
    running = _running()
    before = current_app.extensions.get(LAST_LOOK)
    current_app.extensions[LAST_LOOK] = (running, moment)
    if before is None:
        return None
    return "Jumped" if abs((moment - before[1]) - timedelta(seconds=running - before[0])) > ASTRAY else None


def _running() -> float:
    """Seconds this machine has run, sleep included where it tells that."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def _write_down(part: str, failure: str | None, moment: datetime) -> None:
    row = session().get(Beat, part) or Beat(part=part, seen_at=moment)
    row.seen_at = moment
    sticky = part == "clock" and row.failed_at is not None and timedelta(0) <= moment - row.failed_at < SHOWN_FOR
    if failure or not sticky:
        row.failure, row.failed_at = failure, moment if failure else None
    session().add(row)


def stopped(moment: datetime | None = None) -> tuple[str, ...]:
    """The parts that have stopped, by name: worker, jobs, alerts, post, screen, broker, scanner, clock. Empty: all is well. A few small reads."""
    moment = moment or now()
    leases = {each.job: each for each in session().scalars(select(Lease))}
    beats = {each.part: each for each in session().scalars(select(Beat))}
    found = [*_of_the_worker(leases, moment), *(["alerts"] if _alerts_stopped(leases.get(ALERTS), moment) else [])]
    found += [part for part in ("post", "screen") if part in beats and beats[part].failure]
    if settings().broker_url and "broker" in beats and beats["broker"].failure:
        found.append("broker")  # the work is done all the same, later by some seconds
    if keeping.scanner_has_failed():
        found.append("scanner")
    if _clock_is_wrong(leases, beats, moment):
        found.append("clock")
    return tuple(found)


def unsent_since() -> datetime | None:
    """When the alert was made that has waited longest to go out, about what still waits; None: all are out."""
    return session().scalar(still_unsent().with_only_columns(func.min(Alert.made_at)))


def _of_the_worker(leases: dict[str, Lease], moment: datetime) -> list[str]:
    done = [each.last_done for each in leases.values() if each.last_done]
    if not done or moment - max(done) > STOPPED:
        return ["worker"]
    late = [job for job in jobs_of(current_app).all() if _is_late(leases.get(job.name), job.every, moment)]
    return ["jobs"] if late else []


def _is_late(lease: Lease | None, every: timedelta, moment: datetime) -> bool:
    return lease is None or lease.last_done is None or lease.last_error is not None or moment - lease.last_done > every + STOPPED


def _alerts_stopped(lease: Lease | None, moment: datetime) -> bool:
    """Whether the job does not run, an alert was given up, or one is not sent though it should be."""
    if lease is None or lease.last_done is None or lease.last_error or moment - lease.last_done > STOPPED:
        return True
    trying = and_(Alert.gave_up_at.is_(None), or_(Alert.failure.is_not(None), Alert.made_at < moment - SLOW))
    given_up = and_(Alert.gave_up_at.is_not(None), Alert.step.not_in(("chase", "gap")))  # those stand on the page, and are no cry for help
    overdue = still_unsent().where(or_(trying, given_up))
    return session().scalar(select(overdue.exists())) or False


def _clock_is_wrong(leases: dict[str, Lease], beats: dict[str, Beat], moment: datetime) -> bool:
    """It jumped within the hour, or what was written down lies ahead of it."""
    ahead = [each.last_done for each in leases.values() if each.last_done] + [each.seen_at for each in beats.values()]
    beat = beats.get("clock")
    return any(each > moment + ASTRAY for each in ahead) or bool(beat and beat.failure)
