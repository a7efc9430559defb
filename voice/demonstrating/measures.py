"""Readings of measures in the demo: over years and by place, one stale, one met, one told by a release. Invented, as all of the demo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from voice import asking, counting, plans
from voice.delivering.measuring.actions import Given, Said, enter, say_numbers
from voice.plans import MeasureFacts
from voice.storage import today

FILE = Path(__file__).parent / "measures.yaml"
A_QUARTER = 92  # days


def measure_things(plan_id: uuid.UUID, members: Mapping[str, uuid.UUID]) -> None:
    """Readings of some measures; a tie to a question brings that of its release by itself."""
    invented: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    known = {each.key: each for one in plans.priorities(plan_id) for each in plans.measures_of(plan_id, one.id)}
    for key, each in invented["measures"].items():
        _one(known[key], each, members)
    for key, tie in invented["tied"].items():
        activity = asking.activity(tie["activity"])
        if activity:
            counting.link_measure(known[key].id, activity.id, tie["question"], tie["codes"], tie["words"], members["officer@demo.example"])


def _one(measure: MeasureFacts, invented: dict[str, Any], members: Mapping[str, uuid.UUID]) -> None:
    said = dict(invented["said"])
    owner = members[said.pop("owner")] if "owner" in said else None
    say_numbers(measure, Said(**said, owner_id=owner), members["officer@demo.example"])
    for each in invented["readings"]:
        when = _quarter(each["quarters_ago"]) if "quarters_ago" in each else str(today().year - each["years_ago"])
        given = Given(when, each["value"], each.get("place", ""), each.get("of"), each.get("from"), each.get("story"))
        enter(measure, given, owner or members["officer@demo.example"])


def _quarter(ago: int) -> str:
    """The quarter that was over so many quarters ago; 1 is the last whole one."""
    day = today() - timedelta(days=A_QUARTER * ago)
    return f"{day.year}-Q{(day.month + 2) // 3}"
