"""Reading activities."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from voice.asking.instruments import load_instrument
from voice.asking.kinds import Words
from voice.asking.models import Activity, InstrumentVersion
from voice.storage import session, today


@dataclass(frozen=True)
class ActivityFacts:
    id: uuid.UUID
    slug: str
    kind: str
    title: str
    plan_id: uuid.UUID
    opens_on: date
    closes_on: date | None
    reply_by: date
    decision_maker: str
    instrument: str  # its name
    digest: str  # of the frozen questions
    document: Mapping[str, Any]  # the frozen questions
    series: str | None = None  # the slug of the first wave, where the same questions are asked again and again
    wave: int = 1
    embed_hosts: tuple[str, ...] = ()  # sites that may show it in a frame
    repeats: str | None = None
    dpia: str | None = None  # the reference of the impact assessment that covers it

    @property
    def address(self) -> str:
        """The slug for what is printed: it always leads to the wave that is open."""
        return self.series or self.slug

    @property
    def closed_by_date(self) -> str | None:
        """“not_yet”, “over” or None."""
        if today() < self.opens_on:
            return "not_yet"
        return "over" if self.closes_on and today() > self.closes_on else None


def activity(slug: str) -> ActivityFacts | None:
    return next(iter(_facts(Activity.slug == slug)), None)


def activity_by_id(activity_id: uuid.UUID) -> ActivityFacts | None:
    return next(iter(_facts(Activity.id == activity_id)), None)


def activities(plan_id: uuid.UUID) -> list[ActivityFacts]:
    """Everything asked for a plan, newest first."""
    return _facts(Activity.plan_id == plan_id)


def asking_with(instrument: str) -> list[ActivityFacts]:
    """Every activity that asked an instrument of this name, in whichever version, newest first."""
    return _facts(InstrumentVersion.name == instrument)


def newest(instrument: str) -> Mapping[str, Any] | None:
    """The frozen questions of the newest version of this name, or None where none was published."""
    version = select(InstrumentVersion.document).where(InstrumentVersion.name == instrument).order_by(InstrumentVersion.number.desc()).limit(1)
    found: Mapping[str, Any] | None = session().scalar(version)
    return found


def codebook(instrument: str) -> Mapping[str, Mapping[str, Words]]:
    """Question name -> code -> what it means, over all published versions of an instrument; the newest words where they differ.

    A code never changes its meaning, so that what was answered to any version is read together.
    """
    book: dict[str, dict[str, Words]] = {}
    rows = session().scalars(select(InstrumentVersion).where(InstrumentVersion.name == instrument).order_by(InstrumentVersion.number))
    for version in rows:
        for question in load_instrument(version.document, published=True).questions:
            if question.is_of_code:  # kept as no answer, so nobody ever reads one
                continue
            known = book.setdefault(question.name, {})
            known.update({choice.name: choice.label for choice in (*question.choices, *question.skips)})
    return book


def waves(series: str) -> list[ActivityFacts]:
    """The waves of a series that have begun, newest first."""
    return _facts(and_(Activity.series == series, Activity.opens_on <= today()))


def _facts(condition: Any) -> list[ActivityFacts]:
    found = session().execute(
        select(Activity, InstrumentVersion)
        .join(InstrumentVersion, InstrumentVersion.id == Activity.instrument_version_id)
        .where(condition)
        .order_by(Activity.opens_on.desc(), Activity.slug)
    )
    return [_as_facts(row, version) for row, version in found]


def _as_facts(row: Activity, version: InstrumentVersion) -> ActivityFacts:
    return ActivityFacts(
        row.id,
        row.slug,
        row.kind,
        row.title,
        row.plan_id,
        row.opens_on,
        row.closes_on,
        row.reply_by,
        row.decision_maker,
        version.name,
        version.digest,
        version.document,
        row.series,
        row.wave,
        tuple(row.embed_hosts),
        row.repeats,
        row.dpia,
    )
