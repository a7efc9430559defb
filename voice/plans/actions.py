"""Bringing in a plan, choosing the current one, editing its phrases."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import func, select, update

from voice import audit
from voice.plans.models import Action, Locality, Measure, Plan, PlanVersion, Priority
from voice.storage import now, session

Part = TypeVar("Part", Priority, Measure, Action, Locality)


@dataclass(frozen=True)
class Imported:
    """What bringing in a plan did."""

    slug: str
    number: int
    is_new: bool  # False: the same plan again, and nothing changed
    closed: tuple[str, ...]  # codes of priorities this version no longer has


def import_plan(document: Mapping[str, Any]) -> Imported:
    """Bring in a plan's checked document. The same again changes nothing; another is a new version. A priority that is
    no longer there is closed, never deleted, because views may be tied to it."""
    digest = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    plan = _plan(document)
    newest = session().scalar(select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc()).limit(1))
    if newest is not None and newest.digest == digest:
        return Imported(plan.slug, newest.number, False, ())
    version = PlanVersion(plan_id=plan.id, number=newest.number + 1 if newest else 1, digest=digest, document=dict(document))
    session().add(version)
    before = _open_codes(plan.id)
    _bring_in(plan.id, document)
    session().flush()
    closed = tuple(sorted(before - _open_codes(plan.id)))
    audit.record(None, "plan brought in", "plan", plan.id, f"version {version.number}")
    return Imported(plan.slug, version.number, True, closed)


def make_current(slug: str) -> None:
    """Serve this plan; the others become its past or its library."""
    session().execute(update(Plan).where(Plan.is_current).values(is_current=False))
    session().execute(update(Plan).where(Plan.slug == slug).values(is_current=True))


def edit_phrases(priority_id: uuid.UUID, phrases: Iterable[str], by: uuid.UUID) -> None:
    """Change the words children and parents use for a priority; suggestions rest on them."""
    session().get_one(Priority, priority_id).phrases = list(dict.fromkeys(phrase.strip() for phrase in phrases if phrase.strip()))
    audit.record(by, "phrases edited", "priority", priority_id)


def _plan(document: Mapping[str, Any]) -> Plan:
    plan = session().scalar(select(Plan).where(Plan.slug == document["slug"]))
    if plan is None:
        first = not session().scalar(select(func.count()).select_from(Plan))
        plan = Plan(slug=document["slug"], title=document["title"], place=document["place"], is_current=first)
        session().add(plan)
    plan.title, plan.place = document["title"], document["place"]
    session().flush()
    return plan


def _open_codes(plan_id: uuid.UUID) -> set[str]:
    return set(session().scalars(select(Priority.code).where(Priority.plan_id == plan_id, Priority.closed_at.is_(None))))


def _bring_in(plan_id: uuid.UUID, document: Mapping[str, Any]) -> None:
    priorities = {each["code"]: _priority(each) for each in document["priorities"]}
    ids = _settle(Priority, "code", plan_id, priorities)
    parts = [(None, document), *((ids[each["code"]], each) for each in document["priorities"])]
    _settle(Measure, "key", plan_id, {m["key"]: _measure(m, owner) for owner, part in parts for m in part.get("measures", [])})
    _settle(Action, "key", plan_id, {a["key"]: _action(a, owner) for owner, part in parts for a in part.get("actions", [])})
    _settle(
        Locality,
        "code",
        plan_id,
        {place["code"]: {"name": place["name"], "kind": place.get("kind")} for place in document.get("localities", [])},
    )


def _settle(kind: type[Part], key: str, plan_id: uuid.UUID, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, uuid.UUID]:
    """Make the rows of one kind what the document says: the same key keeps its row, one that is gone is closed."""
    there = {getattr(row, key): row for row in session().scalars(select(kind).where(kind.plan_id == plan_id))}
    for name, row in there.items():
        if name not in wanted and row.closed_at is None:
            row.closed_at = now()
    for position, (name, values) in enumerate(wanted.items(), start=1):
        if name not in there:
            there[name] = kind(plan_id=plan_id, **{key: name})
            session().add(there[name])
        for column, value in {**values, "position": position, "closed_at": None}.items():
            setattr(there[name], column, value)
    session().flush()
    return {name: there[name].id for name in wanted}


PRIORITY_DETAILS = ("strand", "why", "promises", "planning_priorities", "aims", "groups", "conditions")
ACTION_DETAILS = ("how", "milestone", "lead", "owner_role", "monitoring")


def _priority(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": part.get("kind", "priority"),
        "title": part["title"],
        "child_title": part["child_title"],
        "child_sentence": part["child_sentence"],
        "lead_role": part.get("lead_role"),
        "phrases": list(part["phrases"]),
        "details": {name: part[name] for name in PRIORITY_DETAILS if name in part},
    }


def _measure(part: Mapping[str, Any], owner: uuid.UUID | None) -> dict[str, Any]:
    fields = {name: part.get(name) for name in ("code", "direction", "baseline", "target", "due", "note")}
    return {**fields, "priority_id": owner, "words": part["text"]}


def _action(part: Mapping[str, Any], owner: uuid.UUID | None) -> dict[str, Any]:
    details = {name: part[name] for name in ACTION_DETAILS if name in part}
    return {"code": part.get("code"), "part_of": part.get("part_of"), "priority_id": owner, "words": part["text"], "details": details}
