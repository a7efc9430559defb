"""No path leads from a pledge, with its selfie, to what its maker answered in a survey: not by a key, a time, an address or a picture. Bar P14.

One phone answers a survey and makes a pledge in the same minute, with the same picture. Then every row of every table is walked through: two rows
are neighbours where they share a value. What is left between the two is only what hundreds share.
"""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any, Final

import pytest
from flask import Flask

from tests.making import a_picture, a_plan, an_activity, people_to_read
from tests.reading import Visitor, ask
from tests.rooms.pledging.walking import jpeg, pledge
from voice import keeping, storage
from voice.extensions import db
from voice.keeping.models import Submission
from voice.keeping.picture_models import Picture
from voice.listening.queries import asked
from voice.reading.workers import look_over_pictures

pytestmark = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
SHARED: Final = {
    "language": "the language of the page, which whole schools share",
    "way_in": "that it came by the web",
    "purpose": "whether it is an answer or a pledge",
    "place": "a part of the county, where they said it",
}
"""Columns whose values link nobody: few values, each for hundreds."""
HUBS: Final = {"plan", "priority", "locality", "activity", "member", "instrument_version", "audit_row", "audit_seal", "day_salt"}
"""Tables of what is not one sender’s: the plan, who works here, the record of acts (which names one submission a row, and no sender)."""


def test_no_row_leads_from_a_pledge_to_an_answer(app: Flask, visitor: Visitor) -> None:
    a_plan()
    people_to_read()
    an_activity("my-week")
    picture = jpeg("red")
    pledge(visitor, "I will walk to school.", kind="selfie", picture=(io.BytesIO(picture), "a.jpg"), picture_ok="yes")
    answered = _answer(app)
    a_picture(answered, kind="selfie", colour="red")
    _same_likeness()
    _looked_over()
    rows = _rows()
    mine = _reached(rows, storage.session().query(Submission).filter_by(purpose="pledge").one().id)
    theirs = _reached(rows, answered)
    assert {table for table, _row in mine} >= {"pledge", "view", "picture", "screening", "arrival", "submission"}
    assert {table for table, _row in theirs} >= {"view", "picture", "screening", "arrival", "submission"}
    assert not mine & theirs


def _answer(app: Flask) -> Any:
    """From the same address, in the same minute."""
    found = asked("my-week")
    assert found
    key = "6f9d2a52-7b1c-4c40-9d0e-3d6a0c0b7e11"
    question = next(each for each in found.instrument.questions if each.type == "text")
    data = {"activity": "my-week", "key": key, "answers": {question.name: {"words": "I walk to school."}}}
    reply = ask(lambda: app.test_client().post("/api/v1/submissions", json=data))
    assert reply.status_code == 201, reply.json
    sent = keeping.find(reply.json["receipt"])
    assert sent
    return sent.id


def _same_likeness() -> None:
    """The same selfie in both."""
    rows = storage.session().query(Picture).all()
    for row in rows:
        row.likeness = rows[0].likeness
    storage.commit()


def _looked_over() -> None:
    look_over_pictures()
    storage.commit()


def _rows() -> list[tuple[str, int, dict[str, Any]]]:
    found = []
    for table in db.metadata.sorted_tables:
        if table.name not in HUBS:
            found += [(table.name, number, dict(row._mapping)) for number, row in enumerate(db.session.execute(table.select()))]
    return found


def _reached(rows: list[tuple[str, int, dict[str, Any]]], start: Any) -> set[tuple[str, int]]:
    """Rows that can be reached from one submission by values they share."""
    by_value: dict[str, set[int]] = defaultdict(set)
    values = []
    for place, (_table, _number, row) in enumerate(rows):
        own = {_value(column, each) for column, each in row.items()} - {""}
        values.append(own)
        for each in own:
            by_value[each].add(place)
    seen: set[int] = set()
    front = [place for place, (table, _number, row) in enumerate(rows) if table == "submission" and row["id"] == start]
    while front:
        place = front.pop()
        if place not in seen:
            seen.add(place)
            front += [each for value in values[place] for each in by_value[value]]
    return {rows[place][:2] for place in seen}


def _value(column: str, value: Any) -> str:
    """A value that could tell one sender from others; empty for what cannot: yes and no, small numbers, what `SHARED` says, days of acts of staff."""
    if value == storage.week_of(storage.today()):
        return ""  # a week, in which hundreds of pledges come; on a Monday it is a day of answers too
    if value is None or isinstance(value, bool) or column in SHARED or (isinstance(value, int) and abs(value) < 10**6):
        return ""
    if isinstance(value, (dict, list)) or (isinstance(value, str) and len(value) < 12):
        return ""  # codes
    return str(value)
