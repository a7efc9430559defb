"""How we listen, for everyone: how far words came and how it was to be listened to. Made once a quarter, and from then on it stays as it is."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from voice.counting.folding import HEARD
from voice.counting.models import ListeningQuarter
from voice.counting.quarter_rules import Kinds, in_ten, moves, quarter_of, said
from voice.counting.rules import FEWEST_SENDERS
from voice.counting.tallies import alone
from voice.counting.tally_models import TallyPeople, TallySlice
from voice.storage import session, today

SHARE: Final = "answered"
Said = Mapping[str, Kinds]
"""Question -> what was picked -> people, exact; a person counts once, and every answer there is is named."""


@dataclass(frozen=True)
class Picked:
    """What people said to one question: `of`, and of each answer, about how many; None is too few to show."""

    of: int
    people: Mapping[str, int | None]


@dataclass(frozen=True)
class Quarter:
    """How we listen, as of one quarter."""

    on: date
    answered_in_ten: int | None  # of those who wrote, 1 to 9; at either end “or fewer”, “or more”
    picked: Mapping[str, Picked]


def how_we_listen() -> Quarter | None:
    """As it was given out last; None before the first."""
    row = _last()
    if row is None:
        return None
    picked = {name: Picked(each["of"], each["cells"]) for name, each in row.figures["picked"].items() if each}
    return Quarter(row.made_on, row.figures[SHARE], picked)


def give_out_quarter(activity_ids: Collection[uuid.UUID], said_of: Said) -> int:
    """The worker’s job: once a quarter, figures anew where ten people or more changed; else they are repeated. Flushes; returns 1 where it was time.

    `activity_ids`: whose writers are counted, those whose day to be answered has come.
    """
    alone()
    quarter, last = quarter_of(today()), _last()
    if last and last.quarter >= quarter:
        return 0
    before, shown = (last.basis, last.figures) if last else ({}, {})
    basis, figures = _share(_answered(activity_ids), before, shown)
    for name, kinds in said_of.items():
        basis[name], figures["picked"][name] = _picked(kinds, before.get(name, {}), shown.get("picked", {}).get(name))
    session().add(ListeningQuarter(quarter=quarter, basis=basis, figures=figures))
    session().flush()
    return 1


def wrote(activity_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these activities, those to which enough people wrote for it to be shown that they wait."""
    return {key for key, people in _people(activity_ids, "words").items() if people >= FEWEST_SENDERS}


def in_themes(activity_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Activity -> themes in which enough of those who wrote to it are heard for it to be said."""
    size = func.sum(TallyPeople.people)
    wanted = (TallySlice.activity_id.in_(activity_ids), TallySlice.fact == "theme", TallySlice.other_fact == "")
    rows = select(TallySlice.activity_id, TallySlice.value).join(TallyPeople, TallyPeople.slice_id == TallySlice.id).where(*wanted)
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for activity_id, theme in session().execute(rows.group_by(TallySlice.activity_id, TallySlice.value).having(size >= FEWEST_SENDERS)):
        found.setdefault(activity_id, set()).add(uuid.UUID(theme))
    return found


def _share(now: Kinds, before: Mapping[str, Any], shown: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    known = before.get(SHARE, {})
    share = in_ten(now["answered"], sum(now.values())) if moves(now, known) else None
    if share is None:
        return {SHARE: known}, {SHARE: shown.get(SHARE), "picked": {}}
    return {SHARE: dict(now)}, {SHARE: share, "picked": {}}


def _picked(now: Kinds, before: Mapping[str, Any], shown: Any) -> tuple[dict[str, Any], Any]:
    """`before`: {kinds, centers, number} as they were last made from."""
    number = before.get("number", 0) + 1
    made = said(now, before.get("kinds", {}), before.get("centers"), number)
    if made is None:
        return dict(before), shown
    centers, row = made
    return {"kinds": dict(now), "centers": centers, "number": number}, row


def _answered(activity_ids: Collection[uuid.UUID]) -> dict[str, int]:
    """Of those who wrote, how many can read an answer to something they said."""
    people, answered = (sum(_people(activity_ids, step).values()) for step in ("words", "answered"))
    return {"answered": answered, "waiting": people - answered}


def _people(activity_ids: Collection[uuid.UUID], step: str) -> dict[uuid.UUID, int]:
    """Activity -> people whose words came so far."""
    wanted = (TallySlice.activity_id.in_(activity_ids), TallySlice.fact == HEARD, TallySlice.value == step, TallySlice.other_fact == "")
    rows = select(TallySlice.activity_id, func.sum(TallyPeople.people)).join(TallyPeople, TallyPeople.slice_id == TallySlice.id)
    return {key: int(people) for key, people in session().execute(rows.where(*wanted).group_by(TallySlice.activity_id))}


def _last() -> ListeningQuarter | None:
    return session().scalar(select(ListeningQuarter).order_by(ListeningQuarter.quarter.desc()).limit(1))
