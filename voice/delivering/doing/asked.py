"""Who was asked by letter, when, and who was reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from voice import identity
from voice.delivering.doing.models import MonitoringItem, MonitoringRound
from voice.storage import session

RECENT = 12  # letters


@dataclass(frozen=True)
class Asked:
    """One round of one owner: how much they were asked about, whether the letter went, whether they were reminded."""

    name: str
    about: int
    asked_on: date
    letter_on: date | None
    reminded_on: date | None


def last_asked() -> list[Asked]:
    """The last rounds, newest first."""
    about = func.count(MonitoringItem.id)
    rows = session().execute(
        select(MonitoringRound, about)
        .outerjoin(MonitoringItem, MonitoringItem.round_id == MonitoringRound.id)
        .group_by(MonitoringRound.id)
        .order_by(MonitoringRound.asked_on.desc(), MonitoringRound.id)
        .limit(RECENT)
    )
    found = [(row, number, identity.person(row.member_id)) for row, number in rows]
    return [Asked(who.name, number, row.asked_on, row.letter_on, row.reminded_on) for row, number, who in found if who]
