"""Reading councils: what each asks and sent, and what the board may see of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from voice import asking, identity
from voice.asking import ActivityFacts
from voice.reviewing.councils.models import Council, CouncilActivity, CouncilDecision
from voice.reviewing.councils.rules import TEXTS, Stage, stage
from voice.storage import session


@dataclass(frozen=True)
class CouncilFacts:
    id: uuid.UUID
    kind: str
    name: str
    organisation_id: uuid.UUID | None
    worker_id: uuid.UUID | None


@dataclass(frozen=True)
class Decision:
    """As the council and officers have it. `texts`: what it says, by `rules.TEXTS`."""

    id: uuid.UUID
    council_id: uuid.UUID
    council: str
    texts: Mapping[str, str]
    sent_on: date
    stage: Stage
    reason: str | None
    theme_id: uuid.UUID | None
    reply: str | None
    replied_on: date | None
    activity_id: uuid.UUID | None


@dataclass(frozen=True)
class Passed:
    """As the board has it: the texts that an officer let through, and no others."""

    id: uuid.UUID
    council: str
    kind: str
    texts: Mapping[str, str]
    read_on: date
    theme_id: uuid.UUID | None
    reply: str | None
    replied_on: date | None


def councils() -> list[CouncilFacts]:
    """All that go on, by name."""
    return _councils(Council.ended_on.is_(None))


def council(council_id: uuid.UUID) -> CouncilFacts | None:
    return next(iter(_councils(Council.id == council_id)), None)


def run_by(member: identity.Person) -> list[CouncilFacts]:
    """Councils this member runs: of the school they sign in for, or as its worker, also for whom they stand in."""
    mine: list[ColumnElement[bool]] = []
    if "board_worker" in member.roles:
        mine.append(Council.worker_id.in_(identity.on_behalf_of(member.id)))
    place = identity.organisation_of(member.id) if "school" in member.roles else None
    if place:
        mine.append(Council.organisation_id == place.id)
    return _councils(or_(*mine), Council.ended_on.is_(None)) if mine else []


def activities_of(council_id: uuid.UUID) -> list[ActivityFacts]:
    """What a council asks, newest first."""
    ids = session().scalars(select(CouncilActivity.activity_id).where(CouncilActivity.council_id == council_id))
    found = [each for activity_id in ids if (each := asking.activity_by_id(activity_id))]
    return sorted(found, key=lambda each: (each.opens_on, each.slug), reverse=True)


def to_be_covered() -> list[tuple[str, ActivityFacts]]:
    """What councils want to ask and no impact assessment is named for: the council's name, and the activity."""
    rows = session().execute(select(Council.name, CouncilActivity.activity_id).join(Council, Council.id == CouncilActivity.council_id))
    found = [(name, each) for name, activity_id in rows if (each := asking.activity_by_id(activity_id))]
    return [(name, each) for name, each in found if not each.dpia and each.closed_by_date != "over"]


def decisions(council_id: uuid.UUID) -> list[Decision]:
    """What a council sent, newest first."""
    return _decisions(CouncilDecision.council_id == council_id)


def decision(decision_id: uuid.UUID) -> Decision | None:
    return next(iter(_decisions(CouncilDecision.id == decision_id)), None)


def unread() -> list[Decision]:
    """What waits for an officer, oldest first."""
    return sorted(_decisions(CouncilDecision.outcome.is_(None)), key=lambda each: each.sent_on)


def before_the_board() -> list[Passed]:
    """What officers let through: what the board has not answered yet, oldest first, then the others, newest first."""
    found = _passed()
    waits = [each for each in found if each.reply is None and each.theme_id is None]
    settled = [each for each in found if each not in waits]
    return sorted(waits, key=lambda each: each.read_on) + sorted(settled, key=lambda each: each.read_on, reverse=True)


def passed(decision_id: uuid.UUID) -> Passed | None:
    return next(iter(_passed(CouncilDecision.id == decision_id)), None)


def passed_between(first: date, last: date) -> list[Passed]:
    """What came before the board in these days, both included, oldest first."""
    return sorted(_passed(CouncilDecision.read_on >= first, CouncilDecision.read_on <= last), key=lambda each: (each.read_on, each.council))


def _councils(*conditions: ColumnElement[bool]) -> list[CouncilFacts]:
    rows = session().scalars(select(Council).where(*conditions).order_by(Council.name))
    return [CouncilFacts(row.id, row.kind, row.name, row.organisation_id, row.worker_id) for row in rows]


def _decisions(*conditions: ColumnElement[bool]) -> list[Decision]:
    wanted = select(CouncilDecision, Council.name).join(Council, Council.id == CouncilDecision.council_id).where(*conditions)
    rows = session().execute(wanted.order_by(CouncilDecision.sent_on.desc(), CouncilDecision.id))
    return [_decision(row, name) for row, name in rows]


def _decision(row: CouncilDecision, name: str) -> Decision:
    texts = {each: words for each in TEXTS if (words := getattr(row, each))}
    how_far = stage(outcome=row.outcome, has_theme=row.theme_id is not None, has_reply=row.reply is not None)
    return Decision(row.id, row.council_id, name, texts, row.sent_on, how_far, row.reason, row.theme_id, row.reply, row.replied_on, row.activity_id)


def _passed(*conditions: ColumnElement[bool]) -> list[Passed]:
    wanted = select(CouncilDecision, Council).join(Council, Council.id == CouncilDecision.council_id)
    rows = session().execute(wanted.where(CouncilDecision.outcome == "passed", *conditions).order_by(CouncilDecision.read_on, CouncilDecision.id))
    return [_as_passed(row, of, row.shown, row.read_on) for row, of in rows if row.shown and row.read_on]


def _as_passed(row: CouncilDecision, of: Council, shown: Mapping[str, str], read_on: date) -> Passed:
    return Passed(row.id, of.name, of.kind, shown, read_on, row.theme_id, row.reply, row.replied_on)
