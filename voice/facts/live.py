"""What the running system holds and did, as numbers. Every count of children goes through `counting`; acts of staff are counted as they are."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any, Final

from voice import audit, counting, identity, keeping, reading, safeguarding
from voice.counting import STEPS, at_least
from voice.counting.rounding import HIDDEN_TO, STEP
from voice.counting.rules import MOVES_BY
from voice.retention import retention_of
from voice.storage import now, today

YEAR: Final = timedelta(days=365)
READS: Final = ("read raw", "read concern", "read how to reach someone", "read by receipt", "exported", "picture opened", "picture of concern opened")
"""The acts on record by which a person sees what a young person wrote before, or without, its being cleared."""


def in_words(count: int | None) -> str:
    """A step of `counting`."""
    return f"{count} or more" if count else f"fewer than {counting.FEWEST}"


def kept_now() -> list[dict[str, Any]]:
    """How much is kept, by the kind of activity and age."""
    return [{"kind": each.kind, "age_band": each.age_band, "how_many": in_words(each.at_least)} for each in counting.kept_by_kind_and_age()]


def past_their_day() -> dict[str, Any]:
    """Rows past their last day, by rule: all must be 0. What each rule did the last time."""
    runs, rules, overdue = keeping.last_runs(), retention_of().all(), keeping.overdue()
    return {
        "must_be": 0,
        "overdue": sum(overdue.values()),
        "rules": [
            {"rule": name, "what": rule.what, "overdue": overdue[name], "last_run": _moment(runs[name].at) if name in runs else None}
            for name, rule in rules.items()
        ],
        "risen_after_being_taken_back": keeping.risen(),
        "periods": [dataclasses.asdict(each) for each in keeping.periods()],
    }


def worries() -> dict[str, Any]:
    """How fast a person looked, and who is there to look. No names."""
    times, standing = safeguarding.times(), safeguarding.standing()
    return {
        "flagged_this_year": in_words(at_least(standing.flagged)),
        "of_these_raised_by_a_person": in_words(at_least(standing.raised_by_people)),
        "minutes_until_opened": {"median": _round(times.this_year.median), "longest": _round(times.this_year.worst)},
        "not_closed_now": in_words(at_least(times.open_now)),
        "went_to_the_manager_this_year": in_words(at_least(times.escalated)),
        "hours_without_anybody_on_by_the_rota": _round(times.out_of_hours_gap),
        "practice_alerts_this_year": {"sent": standing.practices, "opened": standing.practices_opened},
        "last_passed_practice": standing.last_drill and standing.last_drill.isoformat(),
        "people": {"leads_and_deputies": standing.leads, "trained": standing.trained, "with_a_second_factor": standing.with_second_factor},
        "young_people_may_write": standing.is_open,
        "conditions": standing.conditions,
        "not_working_now": list(safeguarding.stopped()),
    }


def erasures() -> dict[str, Any]:
    """What was taken back in the last twelve months, and what shows that it went."""
    since = (today() - YEAR).replace(day=1)
    found = keeping.taken_back_by_month(since)
    return {
        "by_month": {month: in_words(at_least(found[month])) for month in _months(since, today())},
        "time_until_done": "The same moment: the reply comes after the rows are gone. A SQLite database’s log is empty within 20 seconds.",
        "shown_by": "tests/rooms/keeping/test_canary.py",
    }


def reads() -> dict[str, Any]:
    """Who saw raw words in the last twelve months, by role, and whether the record is whole."""
    since = now() - YEAR
    by_role: dict[str, Counter[str]] = {what: Counter() for what in READS}
    for (what, who), count in audit.acts_since(since, READS).items():
        for role in _roles_of(who):
            by_role[what][role] += count
    chain = audit.chain()
    return {
        "since": since.date().isoformat(),
        "by_role": {what: dict(sorted(counts.items())) for what, counts in by_role.items()},
        "note": "Somebody with two roles counts in each, by the roles they hold today.",
        "exports": dataclasses.asdict(reading.exports_since(since)),
        "record_is_whole": chain.broken is None,
        "first_broken_seal": chain.broken,
        "last_sealed": chain.sealed_at and _moment(chain.sealed_at),
    }


def disclosure_control() -> dict[str, Any]:
    """What keeps a figure from telling of one child."""
    return {
        "fewest_people_for_a_number": counting.FEWEST,
        "steps_in_which_numbers_are_said": list(STEPS),
        "fewest_senders_of_a_public_theme": counting.FEWEST_SENDERS,
        "size_of_a_theme": "“some” or “many”, frozen when it is published; “many” stays “many”",
        "tables_for_analysts_and_schools": {
            "hidden_from_0_to": HIDDEN_TO,
            "rounded_to": STEP,
            "given_out_anew_after_people": MOVES_BY,
            "totals": "the sum of what is shown",
        },
        "releases": "none: releases are not built yet, so no table of figures is public",
        "attack_solver": "not built yet: it comes with releases",
    }


def _roles_of(who: Any) -> list[str]:
    person = identity.person(who) if who else None
    return sorted(person.roles) if person and person.roles else ["no role today" if who else "a command"]


def _months(first: date, last: date) -> list[str]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [f"{first.year + (first.month - 1 + each) // 12}-{(first.month - 1 + each) % 12 + 1:02}" for each in range(count)]


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
