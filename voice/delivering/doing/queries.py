"""Reading how far actions are."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from voice import plans
from voice.config import settings
from voice.delivering.doing.models import ActionOwner, ActionPlace, ActionUpdate, Milestone
from voice.delivering.doing.rules import OVER, Days, behind_since, is_silent, word_due
from voice.plans.models import Locality
from voice.storage import session, today


@dataclass(frozen=True)
class OwnerFacts:
    """Whose it is, as everyone may read it: never a person’s name."""

    role: str
    organisation: str


@dataclass(frozen=True)
class MilestoneFacts:
    id: uuid.UUID
    words: str
    due_on: date
    reached_on: date | None
    place: str | None  # a locality's name, where it is of one place
    dropped_on: date | None = None
    dropped_why: str | None = None

    @property
    def is_late(self) -> bool:
        return self.reached_on is None and self.dropped_on is None and self.due_on < today()


@dataclass(frozen=True)
class UpdateFacts:
    """How an action was said to go on a day. Words that were taken down are empty, and `taken_down_on` says since when."""

    id: uuid.UUID
    status: str
    words: str | None
    why: str | None
    evidence: str | None
    was_late: bool
    said_on: date
    owner: OwnerFacts
    taken_down_on: date | None


@dataclass(frozen=True)
class ActionProgress:
    """An action and how far it is. `status` is None where nobody has said anything yet."""

    facts: plans.ActionFacts
    status: str | None
    words: str | None
    why: str | None
    evidence: str | None
    said_on: date | None
    owner: OwnerFacts | None
    done_by: date | None
    milestones: Sequence[MilestoneFacts]  # those that were not dropped, by day
    places: Sequence[str]  # names of localities; none: all of the county
    behind_since: date | None  # the first day it did not keep
    word_due_on: date | None  # when word of it is due; None where nobody has to give any
    is_silent: bool  # word that was due has stayed away

    @property
    def late(self) -> bool:
        """Behind its days, or nobody said how it goes when they should have."""
        return self.behind_since is not None or self.is_silent


def progress(plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> list[ActionProgress]:
    """The actions of one priority, or (None) those of the whole plan, each with how far it is, in the plan's order."""
    return standing_of(plans.actions_of(plan_id, priority_id))


def all_progress(plan_id: uuid.UUID) -> list[ActionProgress]:
    """Every action of the plan with how far it is, in the plan's order."""
    return standing_of(plans.all_actions(plan_id))


def standing_of(actions: Sequence[plans.ActionFacts]) -> list[ActionProgress]:
    """How far these are; a fixed number of queries however many they are."""
    ids = [each.id for each in actions]
    owners = {row.action_id: row for row in session().scalars(select(ActionOwner).where(ActionOwner.action_id.in_(ids)))}
    updates, steps, where = _newest(ids), milestones(ids), places(ids)
    return [_standing(each, owners.get(each.id), updates.get(each.id), steps.get(each.id, []), where.get(each.id, [])) for each in actions]


def milestones(action_ids: Collection[uuid.UUID], *, dropped_too: bool = False) -> dict[uuid.UUID, list[MilestoneFacts]]:
    """Milestones of these actions, by day."""
    wanted = select(Milestone, Locality.name).outerjoin(Locality, Locality.id == Milestone.locality_id).where(Milestone.action_id.in_(action_ids))
    if not dropped_too:
        wanted = wanted.where(Milestone.dropped_on.is_(None))
    found: dict[uuid.UUID, list[MilestoneFacts]] = {}
    for row, place in session().execute(wanted.order_by(Milestone.due_on, Milestone.added_on, Milestone.words)):
        facts = MilestoneFacts(row.id, row.words, row.due_on, row.reached_on, place, row.dropped_on, row.dropped_why)
        found.setdefault(row.action_id, []).append(facts)
    return found


def places(action_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Names of the localities these actions are for, in the plan's order; an action that is for all of the county is not there."""
    wanted = select(ActionPlace.action_id, Locality.name).join(Locality, Locality.id == ActionPlace.locality_id)
    found: dict[uuid.UUID, list[str]] = {}
    for action_id, name in session().execute(wanted.where(ActionPlace.action_id.in_(action_ids)).order_by(Locality.position)):
        found.setdefault(action_id, []).append(name)
    return found


def place_codes(action_id: uuid.UUID) -> list[str]:
    """Codes of the localities an action is for."""
    wanted = select(Locality.code).join(ActionPlace, ActionPlace.locality_id == Locality.id).where(ActionPlace.action_id == action_id)
    return list(session().scalars(wanted.order_by(Locality.position)))


def actions_in(plan_id: uuid.UUID, place: str) -> list[ActionProgress]:
    """The plan's actions that are for the locality of this code, or have a milestone there."""
    there = select(Locality.id).where(Locality.plan_id == plan_id, Locality.code == place)
    tied = select(ActionPlace.action_id).where(ActionPlace.locality_id.in_(there))
    steps = select(Milestone.action_id).where(Milestone.locality_id.in_(there), Milestone.dropped_on.is_(None))
    ids = {*session().scalars(tied), *session().scalars(steps)}
    return standing_of([each for each in plans.all_actions(plan_id) if each.id in ids])


def history(action_id: uuid.UUID) -> list[UpdateFacts]:
    """All that was said of how an action goes, newest first."""
    rows = session().scalars(select(ActionUpdate).where(ActionUpdate.action_id == action_id).order_by(ActionUpdate.said_at.desc(), ActionUpdate.id))
    return [_update(row) for row in rows]


def said_between(action_ids: Collection[uuid.UUID], first: date, last: date) -> Mapping[uuid.UUID, list[UpdateFacts]]:
    """What was said of these actions from the first day to the last, newest first."""
    wanted = select(ActionUpdate).where(ActionUpdate.action_id.in_(action_ids), ActionUpdate.said_on.between(first, last))
    found: dict[uuid.UUID, list[UpdateFacts]] = {}
    for row in session().scalars(wanted.order_by(ActionUpdate.said_at.desc(), ActionUpdate.id)):
        found.setdefault(row.action_id, []).append(_update(row))
    return found


def behind(status: str | None, done_by: date | None, steps: Iterable[MilestoneFacts]) -> date | None:
    """The first day an action did not keep, as of today."""
    return behind_since(status, Days(done_by, tuple(each.due_on for each in steps if each.reached_on is None)), today())


def _newest(action_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ActionUpdate]:
    newest = select(ActionUpdate.action_id, func.max(ActionUpdate.said_at).label("said_at")).group_by(ActionUpdate.action_id).subquery()
    wanted = select(ActionUpdate).join(newest, (newest.c.action_id == ActionUpdate.action_id) & (newest.c.said_at == ActionUpdate.said_at))
    return {row.action_id: row for row in session().scalars(wanted.where(ActionUpdate.action_id.in_(action_ids)))}


def _standing(
    facts: plans.ActionFacts, owner: ActionOwner | None, last: ActionUpdate | None, steps: Sequence[MilestoneFacts], where: Sequence[str]
) -> ActionProgress:
    status, said_on = (last.status, last.said_on) if last else (None, None)
    done_by = owner.done_by if owner else None
    due = None if status in OVER else word_due(said_on, owner.given_on if owner else None, settings().action_months)
    return ActionProgress(
        facts,
        status,
        (last.words or None) if last else None,
        (last.why or None) if last else None,
        (last.evidence or None) if last else None,
        said_on,
        OwnerFacts(owner.role, owner.organisation) if owner else None,
        done_by,
        steps,
        where,
        behind(status, done_by, steps),
        due,
        is_silent(due, today()),
    )


def _update(row: ActionUpdate) -> UpdateFacts:
    return UpdateFacts(
        row.id,
        row.status,
        row.words or None,
        row.why or None,
        row.evidence or None,
        row.was_late,
        row.said_on,
        OwnerFacts(row.role, row.organisation),
        row.taken_down_on,
    )
