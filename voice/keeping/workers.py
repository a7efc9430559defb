"""Letting go of what is past its day: a few rows at a time, so that nobody who sends their words waits for it."""

from __future__ import annotations

import time
from datetime import date

from sqlalchemy import func, select

from voice.config import settings
from voice.keeping.models import RetentionRun
from voice.retention import Rule, retention_of
from voice.storage import commit, now, scrub, session, today

BATCH = 40  # things in one transaction: a third of a second at most for whoever sends their words meanwhile
PAUSE = 0.02  # seconds between two, for others to write
LONGEST = 120.0  # seconds; what is left waits for the next hour


def every_hour() -> int:
    """The worker’s job. The demo is nobody’s words, and stays as it is."""
    return 0 if settings().demo_marker.exists() else sum(carry_out().values())


def carry_out(on: date | None = None, longest: float = LONGEST) -> dict[str, int]:
    """Let go of everything that is past its day, rule by rule; returns how much each let go. Commits."""
    on, until, done = on or today(), time.monotonic() + longest, dict[str, int]()
    for name, rule in retention_of().all().items():
        done[name] = _carry_out(rule, on, until)
        _write_down(name, done[name], rule.due(on))
        commit()
    if any(done.values()):
        scrub()
    return done


def _carry_out(rule: Rule, on: date, until: float) -> int:
    gone = 0
    while time.monotonic() < until:
        few = rule.remove(on, BATCH)
        commit()
        if not few:
            break
        gone += few
        time.sleep(PAUSE)
    return gone


def _write_down(name: str, removed: int, overdue: int) -> None:
    """What was done; where there was nothing to do, that somebody looked, once a day."""
    last = session().scalar(select(func.max(RetentionRun.at)).where(RetentionRun.rule == name))
    if removed or overdue or last is None or last.date() < now().date():
        session().add(RetentionRun(rule=name, removed=removed, overdue=overdue))
        session().flush()
