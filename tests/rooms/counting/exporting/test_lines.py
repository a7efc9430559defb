"""Line by line: who is in the file, what is said of them, and what is not; on both databases. Pages are in test_file_pages."""

from __future__ import annotations

import csv
import io
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, text

from tests.making import the
from tests.rooms.counting.exporting.making import send, ten
from voice import inviting, keeping, storage
from voice.asking import ActivityFacts
from voice.counting.exporting import lines as drawing
from voice.counting.exporting import taking
from voice.counting.exporting.blanking import TOO_FEW
from voice.counting.exporting.lines import FACTS, NothingYet, TooLong, draw
from voice.extensions import db
from voice.keeping.models import Submission
from voice.reading.models import SetAside


def taken(*activities: ActivityFacts, by: uuid.UUID | None = None) -> list[dict[str, str]]:
    """The rows of the file."""
    data = b"".join(taking.take_lines(activities, draw(activities, by), "csv").pieces)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def facts_of(rows: list[dict[str, str]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[fact] for fact in FACTS) for row in rows)


def test_everyone_is_in_it_once_and_nobody_stands_out(app: Flask) -> None:
    activity = ten()
    send(activity, 150)
    send(activity, 1, seed=2, age_band="20_25", place="bromyard", way_in="paper")
    rows = taken(activity)
    assert len(rows) == 151
    assert min(facts_of(rows).values()) >= 10
    assert not [row for row in rows if "bromyard" in row.values() or "paper" in row.values()], "one person is told by nothing"
    assert any(TOO_FEW in row.values() for row in rows)
    assert {row["term"] for row in rows} <= {TOO_FEW, *[row["term"] for row in rows if row["term"].startswith(("autumn", "spring", "summer"))]}


def test_answers_are_codes_of_the_question_and_nothing_else(app: Flask) -> None:
    activity = ten()
    given = {"way_1": ["My name is Jo"], "liked": ["bus", "walk"], "first": ["train", "car"], "children": 4, "why": "Because"}
    send(activity, 10, answers=given)
    for row in taken(activity):
        assert row["way_1"] == "", "no word can be in it"
        assert [row[f"liked.{code}"] for code in ("bus", "bike", "walk")] == ["1", "0", "1"]
        assert [row[f"first.{code}"] for code in ("train", "car", "bus")] == ["1", "2", ""]
        assert row["children"] == "4"
        assert not {"why", "age", "where", "id", "received_on"} & row.keys()
        assert "Because" not in row.values()
    passed = ten("passed")
    send(passed, 10, answers={})
    assert all(set(row.values()) - {row[fact] for fact in FACTS} <= {""} for row in taken(passed))


def test_rows_are_in_no_order(app: Flask) -> None:
    activity = ten()
    for code in ("bus", "bike"):
        send(activity, 40, seed=len(code), answers={"way_1": [code]})
    orders = [tuple(row["way_1"] for row in taken(activity)) for _ in range(3)]
    assert len(set(orders)) == 3
    assert all(each != tuple(sorted(each)) for each in orders)


def test_who_is_set_aside_or_was_asked_on_purpose_is_not_in_it(app: Flask) -> None:
    activity, officer = ten(), the("officer")
    aside = send(activity, 30, answers={"way_1": ["bus"]})[:5]
    storage.session().execute(insert(SetAside), [{"submission_id": each, "group_id": uuid.UUID(int=1)} for each in aside])
    storage.commit()
    ends = storage.today() + timedelta(days=9)
    carers = inviting.Invitation(name="Carers", kind="targeted", expires_on=ends, audience="Young carers", readers=[officer])
    group = inviting.invite(activity.id, carers, officer)
    send(activity, 12, seed=4, answers={"way_1": ["train"]}, group_id=group)
    assert Counter(row["way_1"] for row in taken(activity)) == {"bus": 25}
    assert Counter(row["way_1"] for row in taken(activity, by=the("analyst"))) == {"bus": 25}
    assert Counter(row["way_1"] for row in taken(activity, by=officer)) == {"bus": 25, "train": 12}, "whoever is named reads them"


def test_waves_are_told_apart_in_one_file(app: Flask) -> None:
    first, second = ten("once", wave=1, series="once"), ten("twice", wave=2, series="once")
    alike = {"age_band": "8_10", "place": "ross", "language": "en", "way_in": "qr"}
    send(first, 20, **alike)
    send(second, 20, **alike)
    assert {each.slug for each in taking.waves(first)} == {"once", "twice"}
    assert Counter(row["wave"] for row in taken(second, first)) == {"1": 20, "2": 20}


def test_of_nine_there_is_no_file_and_of_very_many_there_is_none_either(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = ten()
    send(activity, 9)
    with pytest.raises(NothingYet):
        draw([activity], None)
    send(activity, 30, seed=2)
    monkeypatch.setattr(drawing, "MOST", 38)
    with pytest.raises(TooLong):
        draw([activity], None)
    monkeypatch.setattr(taking, "MOST_IN_XLSX", 38)
    monkeypatch.setattr(drawing, "MOST", 39)
    with pytest.raises(TooLong):
        taking.take_lines([activity], draw([activity], None), "xlsx")


def test_what_is_taken_back_while_a_file_is_written_is_not_in_it(app: Flask) -> None:
    activity = ten()
    sent = send(activity, 30, answers={"way_1": ["bus"]})
    drawn = draw([activity], None)
    keeping.erase(sent[0])
    storage.commit()
    data = b"".join(taking.take_lines([activity], drawn, "csv").pieces)
    assert data.count(b"\r\n") == 1 + 29


def test_nobody_waits_while_a_file_is_written(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two pieces no transaction is open: a young person can send theirs, and an erased word leaves the log."""
    monkeypatch.setattr(drawing, "AT_ONCE", 10)
    activity = ten()
    send(activity, 40)
    with app.test_request_context("/work/files/ten/lines", method="POST"):
        rows = taking.lines([activity], draw([activity], None)).rows()
        storage.commit()  # as the page does before anything is sent
        next(rows)
        with db.engine.connect().execution_options(writes=True) as other:
            other.execute(text("UPDATE submission SET way_in = 'qr'"))
            other.commit()
        assert len(list(rows)) == 39
    assert storage.session().query(Submission).filter_by(way_in="qr").count() == 40
