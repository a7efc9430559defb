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
from voice.counting.quarter_rules import Kinds, Picks, in_ten, moves, quarter_of, said
from voice.counting.rules import FEWEST_SENDERS
from voice.counting.showing import percent
from voice.counting.tallies import alone
from voice.counting.tally_models import TallyPeople, TallySlice
from voice.storage import session, today

SHARE: Final = "answered"


@dataclass(frozen=True)
class Picked:
    """What people said to one question: `of`, and of each answer, about how many; None is too few to show."""

    of: int
    people: Mapping[str, int | None]

    def percent(self, said: str) -> int | None:
        """Out of 100, of the rounded figures."""
        return percent(self.people.get(said), self.of)


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


def give_out_quarter(activity_ids: Collection[uuid.UUID], picks: Picks) -> int:
    """The worker’s job: once a quarter, figures anew where ten people or more changed; else they are repeated. Flushes; returns 1 where it was time.

    `activity_ids`: whose writers are counted, those whose day to be answered has come.
    """
    alone()
    quarter, last = quarter_of(today()), _last()
    if last and last.quarter >= quarter:
        return 0
    before, shown = (last.basis, last.figures) if last else ({}, {})
    share, said_so_far = _share(_answered(activity_ids), before, shown), _picked(picks, before.get("said", {}), shown.get("picked", {}))
    basis = {SHARE: share[0], "said": said_so_far[0]}
    figures = {SHARE: share[1], "picked": said_so_far[1]}
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


def _share(now: Kinds, before: Mapping[str, Any], shown: Mapping[str, Any]) -> tuple[Kinds, int | None]:
    """What it was last made from, and the tenths."""
    known: Kinds = before.get(SHARE, {})
    share = in_ten(now["answered"], sum(now.values())) if moves(now, known) else None
    return (known, shown.get(SHARE)) if share is None else (now, share)


def _picked(now: Picks, before: Mapping[str, Any], shown: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What it was last made from (`picks`, `centers`, `number`), and the rows."""
    number = before.get("number", 0) + 1
    made = said(now, before.get("picks", {}), before.get("centers"), number)
    return (before, shown) if made is None else ({"picks": now, "centers": made[0], "number": number}, made[1])


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
