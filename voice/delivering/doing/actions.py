"""Giving actions to somebody, saying how they go, milestones, places, and the answers they carry out."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from voice import answering, audit, identity, plans
from voice.delivering.doing.models import ActionAnswer, ActionOwner, ActionPlace, ActionUpdate, Milestone
from voice.delivering.doing.queries import behind, milestones
from voice.delivering.doing.rules import missing_from
from voice.plans.models import Locality
from voice.storage import session, today

WHO_MAY_OWN = ("answer_owner", "partner", "officer")


class NotAnOwner(ValueError):
    """This member cannot own an action, or has left."""


class NobodyOwnsIt(ValueError):
    """Nothing can be said of an action before somebody owns it: whose word would it be?"""


class Incomplete(ValueError):
    """Something this kind of update cannot go without is missing; `fields` names it."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class CannotTie(ValueError):
    """Only what everyone may read, and what is not “we can’t”, is carried out by an action."""


@dataclass(frozen=True, kw_only=True)
class Owning:
    """Whose an action is: role and organisation, which may be read by all, and the member who says how it goes."""

    role: str
    organisation: str
    member_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """How an action goes, and the milestones that were reached."""

    status: str
    words: str | None = None
    why: str | None = None
    evidence: str | None = None
    reached: Collection[uuid.UUID] = ()
    reached_on: date | None = None  # None: today


def give_action(action_id: uuid.UUID, whose: Owning, by: uuid.UUID, *, done_by: date | None = None) -> None:
    """Say whose an action is, and by when it is to be done. The day since when somebody owns it stays.

    Raises:
        NotAnOwner: the member cannot be one.
    """
    _check(whose.member_id)
    row = session().get(ActionOwner, action_id) or ActionOwner(action_id=action_id)
    row.role, row.organisation, row.member_id, row.done_by, row.given_by = whose.role, whose.organisation, whose.member_id, done_by, by
    session().add(row)
    session().flush()
    audit.record(by, "action given to someone", "action", action_id)


def say(action_id: uuid.UUID, what: Said, by: uuid.UUID) -> uuid.UUID:
    """Add how an action goes to its history.

    Raises:
        NobodyOwnsIt: it has no owner.
        Incomplete: why, or what shows it, is missing.
    """
    owner = session().get(ActionOwner, action_id)
    if owner is None:
        raise NobodyOwnsIt
    is_late = is_late_with(action_id, what)
    missing = missing_from(what.status, {"why": what.why, "evidence": what.evidence}, is_late=is_late)
    if missing:
        raise Incomplete(missing)
    for milestone_id in what.reached:
        reach(action_id, milestone_id, what.reached_on or today(), by)
    fields = {name: getattr(what, name) or None for name in ("words", "why", "evidence")}
    row = ActionUpdate(
        action_id=action_id, status=what.status, was_late=is_late, role=owner.role, organisation=owner.organisation, said_by=by, **fields
    )
    session().add(row)
    session().flush()
    audit.record(by, "said how an action goes", "action", action_id, what.status)
    return row.id


def is_late_with(action_id: uuid.UUID, what: Said) -> bool:
    """Whether an action is behind its days once this is said of it."""
    owner = session().get(ActionOwner, action_id)
    left = [each for each in milestones([action_id]).get(action_id, []) if each.id not in set(what.reached)]
    return behind(what.status, owner.done_by if owner else None, left) is not None


def take_down(update_id: uuid.UUID, why: str, by: uuid.UUID) -> None:
    """Take the words of an update off every page, for good. That it was said, and when, stays."""
    row = session().get_one(ActionUpdate, update_id)
    if row.taken_down_on is not None:
        return
    row.words = None
    row.why, row.evidence = (None if row.why is None else ""), (None if row.evidence is None else "")
    row.taken_down_on, row.taken_down_why, row.taken_down_by = today(), why, by
    session().flush()
    audit.record(by, "words of an update taken down", "action", row.action_id, why)


def add_milestone(action_id: uuid.UUID, words: str, due_on: date, by: uuid.UUID, *, place: str | None = None) -> uuid.UUID:
    """A step with a day; `place` is the code of a locality of the plan, where it is of one."""
    row = Milestone(action_id=action_id, words=words, due_on=due_on, locality_id=_locality(place), added_by=by)
    session().add(row)
    session().flush()
    audit.record(by, "milestone added", "action", action_id)
    return row.id


def reach(action_id: uuid.UUID, milestone_id: uuid.UUID, on: date, by: uuid.UUID) -> None:
    """This milestone of this action was reached on that day. What is reached or dropped already stays as it is."""
    row = session().get(Milestone, milestone_id)
    if row is None or row.action_id != action_id or row.reached_on or row.dropped_on:
        return
    row.reached_on, row.reached_by = on, by
    session().flush()
    audit.record(by, "milestone reached", "action", action_id)


def drop(action_id: uuid.UUID, milestone_id: uuid.UUID, why: str, by: uuid.UUID) -> None:
    """This milestone is no longer aimed at; the reason stands beside it."""
    row = session().get(Milestone, milestone_id)
    if row is None or row.action_id != action_id or row.reached_on or row.dropped_on:
        return
    row.dropped_on, row.dropped_why, row.dropped_by = today(), why, by
    session().flush()
    audit.record(by, "milestone dropped", "action", action_id, why)


def put_in_places(action_id: uuid.UUID, codes: Collection[str], by: uuid.UUID) -> None:
    """Which localities of the plan an action is for; none: all of the county."""
    session().execute(delete(ActionPlace).where(ActionPlace.action_id == action_id))
    for locality_id in filter(None, map(_locality, sorted(codes))):
        session().add(ActionPlace(action_id=action_id, locality_id=locality_id))
    session().flush()
    audit.record(by, "places of an action set", "action", action_id)


def tie(action_id: uuid.UUID, answer_id: uuid.UUID, by: uuid.UUID) -> None:
    """This action carries out this answer to young people. Twice is once.

    Raises:
        CannotTie: the answer is not public, or says that we can’t.
    """
    if answer_id not in {each.id for each in answering.published() if each.state != "cant"}:
        raise CannotTie
    if session().get(ActionAnswer, (action_id, answer_id)) is None:
        session().add(ActionAnswer(action_id=action_id, answer_id=answer_id, tied_by=by))
        session().flush()
        audit.record(by, "answer tied to an action", "action", action_id, str(answer_id))


def untie(action_id: uuid.UUID, answer_id: uuid.UUID, by: uuid.UUID) -> None:
    row = session().get(ActionAnswer, (action_id, answer_id))
    if row:
        session().delete(row)
        session().flush()
        audit.record(by, "answer untied from an action", "action", action_id, str(answer_id))


def _check(member_id: uuid.UUID | None) -> None:
    if member_id and member_id not in {each.id for each in identity.members_with(*WHO_MAY_OWN)}:
        raise NotAnOwner


def _locality(code: str | None) -> uuid.UUID | None:
    """The locality of this code in the plan that is served."""
    from_current = select(Locality.id).where(Locality.code == code, Locality.closed_at.is_(None), Locality.plan_id == _current())
    return session().scalar(from_current) if code else None


def _current() -> uuid.UUID | None:
    plan = plans.current_plan()
    return plan.id if plan else None
