"""A phone or a partner’s program sends what a young person said: kept once, answered plainly, never said back."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.reading import ask
from tests.rooms.inviting.making import a_group, some_slips
from tests.rooms.listening.making import SHORT, WORDS, an_open_activity
from tests.rooms.listening.sealing import seal
from voice import inviting, keeping, storage
from voice.config import settings
from voice.keeping.models import Submission, View
from voice.listening.api import LARGEST
from voice.safeguarding.models import Screening
from voice.sealing import keys_from

SUBMISSIONS = "/api/v1/submissions"


FOR_THREE_AGES: dict[str, Any] = {
    **SHORT,
    "name": "ages",
    "wordings": ["younger", "middle", "older"],
    "ages": {"from": 4, "to": 19},
    "questions": [
        {
            "type": "select_one",
            "name": "travel",
            "label": {"en": "How do you get to school?"},
            "younger": {"label": {"en": "How do you come here?"}},
            "choices": [
                {"name": "bus", "label": {"en": "Bus"}, "younger": {"en": "On a bus"}},
                {"name": "walk", "label": {"en": "I walk"}, "younger": {"en": "I walk"}},
                {"name": "car", "label": {"en": "Car"}},
            ],
        },
        {"type": "text", "name": "why", "label": {"en": "Why is that?"}, "asked_of": ["middle", "older"]},
    ],
}


def message(**other: Any) -> dict[str, Any]:
    """One submission as a program sends it."""
    answers = {"safe": {"codes": ["not_very_safe"]}, "minutes": {"number": 25.0}, "change": {"words": WORDS}}
    return {"activity": "way", "key": str(uuid.uuid4()), "answers": answers, **other}


def post(app: Flask, body: object, path: str = SUBMISSIONS, **headers: str) -> TestResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(lambda: app.test_client().post(path, data=data, headers={"Content-Type": "application/json", **named}))


def sealed(body: object) -> dict[str, Any]:
    return {"sealed": seal(json.dumps(body).encode(), keys_from(settings().phone_keys).public)}


def refused(reply: TestResponse, status: int) -> dict[str, Any]:
    """A refusal a program can read."""
    assert reply.status_code == status, reply.get_data(as_text=True)
    assert reply.mimetype == "application/problem+json"
    assert reply.headers["Cache-Control"] == "no-store"
    assert not reply.headers.getlist("Set-Cookie")
    said: dict[str, Any] = json.loads(reply.data)
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    return said


def rows() -> list[Submission]:
    storage.session().rollback()
    return list(storage.session().scalars(select(Submission)))


def test_what_a_program_sends_is_kept_as_the_page_keeps_it(app: Flask) -> None:
    an_open_activity()
    reply = post(app, message(language="en", wording="older", way="web", code=None))
    assert reply.status_code == 201
    assert reply.headers["Cache-Control"] == "no-store"
    assert not reply.headers.getlist("Set-Cookie")
    assert set(reply.json or {}) == {"receipt"}
    assert len(reply.json["receipt"]) == 5  # type: ignore[index]
    assert keeping.find(reply.json["receipt"])  # type: ignore[index]
    row = rows()[0]
    assert row.answers == {"safe": ["not_very_safe"], "minutes": 25}
    assert (row.way_in, row.wording, row.language, row.speaker) == ("api", None, "en", "young_person")
    assert storage.session().scalars(select(View)).one().words == WORDS
    assert storage.session().scalars(select(Screening)).one()


def test_a_younger_child_is_asked_in_other_words_and_answers_count_by_what_was_asked(app: Flask) -> None:
    an_open_activity(document=FOR_THREE_AGES)
    answers = {"travel": {"codes": ["bus"]}, "why": {"words": WORDS}}
    assert post(app, message(wording="younger", answers={"travel": {"codes": ["car"]}})).status_code == 422
    for wording, kept in (("younger", {"travel": ["bus"]}), ("older", {"travel": ["bus"]}), (None, {"travel": ["bus"]})):
        body = message(wording=wording, answers=answers)
        first = post(app, body)
        assert first.status_code == 201
        assert post(app, {**body, "wording": "middle"}).status_code == 409
        row = next(each for each in rows() if each.answers == kept and keeping.find(first.json["receipt"]).id == each.id)  # type: ignore[index, union-attr]
        assert row.wording == wording or (wording is None and row.wording == "older")
    said = storage.session().scalars(select(View.question)).all()
    assert said == ["why", "why"]  # nobody asked the youngest why


def test_a_sealed_one_is_the_same_submission(app: Flask) -> None:
    an_open_activity()
    body = message()
    first, again = post(app, sealed(body)), post(app, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert len(rows()) == 1


def test_a_phone_says_by_which_way_it_came_and_a_program_is_a_program(app: Flask) -> None:
    an_open_activity()
    post(app, message(way="qr"), **{"Sec-Fetch-Site": "same-origin"})
    post(app, message(way="hand_over"), Origin="http://localhost")
    post(app, message(way="qr"))
    assert sorted(row.way_in for row in rows()) == ["api", "hand_over", "qr"]


def test_another_way_in_does_not_make_it_another_submission(app: Flask) -> None:
    an_open_activity()
    body = message()
    first = post(app, {**body, "way": "web"}, Origin="http://localhost")
    assert post(app, {**body, "way": "hand_over"}, Origin="http://localhost").json == first.json


def test_a_page_of_another_site_cannot_send(app: Flask) -> None:
    an_open_activity()
    for where in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        refused(post(app, message(), **where), 403)
        refused(post(app, {"count": 1}, "/api/v1/receipts", **where), 403)
    assert rows() == []


def test_a_simple_form_of_another_site_is_not_taken_for_json(app: Flask) -> None:
    an_open_activity()
    refused(post(app, message(), Content_Type="text/plain"), 415)
    refused(post(app, b"", Content_Type="application/x-www-form-urlencoded"), 415)
    assert rows() == []


NOT_JSON = [
    b"",
    b"{",
    b"[]",
    b'"words"',
    b"null",
    b"\xff\xfe{\x00}\x00",
    b'{"activity": NaN}',
    b'{"activity": -Infinity}',
    b'{"activity": "way", "activity": "way"}',
    b'{"answers": {"change": {"words": "a", "words": "b"}}}',
    b'{"a":' * 40_000,
    b"[" * 200_000,
]


def test_what_is_not_json_is_refused(app: Flask) -> None:
    an_open_activity()
    for bad in NOT_JSON:
        refused(post(app, bad), 400)
        refused(post(app, bad, "/api/v1/receipts"), 400)
    assert rows() == []


def test_what_is_too_big_is_refused_before_it_is_read(app: Flask) -> None:
    an_open_activity()
    refused(post(app, b" " * (LARGEST + 1)), 413)
    assert post(app, json.dumps(message()).encode().ljust(LARGEST)).status_code == 201


WRONG_FIELDS = [
    ({"activity": 7}, "activity"),
    ({"activity": "a\u0000b"}, "activity"),
    ({"activity": "\ud800"}, "activity"),
    ({"key": "mine"}, "key"),
    ({"key": 10**30}, "key"),
    ({"key": "{" + str(uuid.uuid4()) + "}"}, "key"),
    ({"language": "klingon"}, "language"),
    ({"language": []}, "language"),
    ({"wording": "oldest"}, "wording"),
    ({"way": "api"}, "way"),
    ({"code": 12}, "code"),
    ({"answers": []}, "answers"),
    ({"answers": None}, "answers"),
]


def test_a_field_that_is_not_as_it_should_be_is_named(app: Flask) -> None:
    an_open_activity()
    for other, field in WRONG_FIELDS:
        errors = refused(post(app, message(**other)), 422)["errors"]
        assert [each["question"] for each in errors] == [None]
        assert f"“{field}”" in errors[0]["sentence"]
    assert rows() == []


def test_a_field_we_do_not_know_is_refused_and_not_said_back(app: Flask) -> None:
    an_open_activity()
    reply = post(app, message(my_words="he hits me"))
    refused(reply, 422)
    assert b"hits" not in reply.data
    assert b"my_words" not in reply.data


WRONG_ANSWERS = [
    ("safe", {"codes": ["nowhere"]}, "Pick one of the answers on this page."),
    ("safe", {"codes": ["very_safe", "not_very_safe"]}, "Pick one answer."),
    ("safe", {"words": "very safe"}, "This question takes another kind of answer."),
    ("safe", {"codes": "very_safe"}, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("safe", {"codes": [1]}, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("safe", {}, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("safe", None, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("minutes", {"number": 301}, "Type a number from 0 to 300."),
    ("minutes", {"number": "LONG"}, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("minutes", {"number": 1.5}, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("minutes", {"number": True}, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("minutes", {"words": "25"}, "This question takes another kind of answer."),
    ("change", {"words": "a" * 10_001}, "That is a lot to say."),
    ("change", {"words": "a", "codes": ["dont_know"]}, "An answer has codes, or words, or a number, or a picture, and nothing else."),
    ("nowhere", {"words": "a"}, "There is no question of this name."),
]


def test_an_answer_we_cannot_take_is_named_with_a_sentence(app: Flask) -> None:
    an_open_activity()
    for name, given, sentence in WRONG_ANSWERS:
        body = json.dumps(message(answers={"travel": {"codes": ["walk"]}, name: given}))
        errors = refused(post(app, body.replace('"LONG"', "1" + "0" * 5000).encode()), 422)["errors"]
        assert [each["question"] for each in errors] == [name]
        assert errors[0]["sentence"].startswith(sentence)
    assert rows() == []


def test_every_answer_to_put_right_is_named_at_once_in_the_language_asked(app: Flask) -> None:
    an_open_activity()
    answers = {"safe": {"codes": ["x"]}, "minutes": {"number": -1}, "he hits me": {"words": "a"}}
    reply = post(app, message(language="qps", answers=answers))
    errors = refused(reply, 422)["errors"]
    assert [each["question"] for each in errors] == [None, "safe", "minutes"]
    assert all(each["sentence"].startswith("[") for each in errors)
    assert b"hits" not in reply.data


def test_answers_to_questions_that_were_not_shown_are_left_out_as_on_the_page(app: Flask) -> None:
    an_open_activity()
    reply = post(app, message(answers={"travel": {"codes": ["walk"]}, "bus": {"words": "Full"}}))
    assert reply.status_code == 201
    assert rows()[0].answers == {"travel": ["walk"]}
    assert storage.session().scalars(select(View)).all() == []


def test_passing_over_is_an_answer_and_nothing_at_all_is_none(app: Flask) -> None:
    an_open_activity()
    assert post(app, message(answers={"minutes": {"codes": ["rather_not"]}, "change": {"codes": ["dont_know"]}})).status_code == 201
    for answers in ({}, {"change": {"words": " "}}, {"safe": {"codes": []}}):
        assert refused(post(app, message(answers=answers)), 422)["errors"][0]["sentence"] == "There is no answer in it. One is enough."


def test_letters_no_database_keeps_are_taken_out_and_the_words_stay(app: Flask) -> None:
    an_open_activity()
    assert post(app, message(answers={"change": {"words": "a\u0000b \ud83d\ude00 \ud800c"}})).status_code == 201
    storage.session().rollback()
    assert storage.session().scalars(select(View.words)).one() == "ab 😀 c"


def test_a_code_nobody_gave_is_refused_kindly(app: Flask) -> None:
    an_open_activity()
    for code in ("7KQ2-M4RX", "", "\ud800", "he hits me"):
        errors = refused(post(app, message(code=code)), 422)["errors"]
        assert [each["question"] for each in errors] == [None]
        assert errors[0]["sentence"].startswith("We do not know this code.")
    assert refused(post(app, message(code="7" * 65)), 422)["errors"][0]["sentence"].startswith("“code”")


def test_a_slip_lets_one_child_in_and_gives_the_receipt_that_is_printed_on_it(app: Flask) -> None:
    group = a_group()
    slip = some_slips(group, 1)[0]
    body = message(code=slip.code.lower())
    first = post(app, sealed(body), Origin="http://localhost")
    assert (first.status_code, first.json) == (201, {"receipt": list(slip.words)})
    again = post(app, {**body, "key": str(uuid.uuid4())}, Origin="http://localhost")
    assert (again.status_code, again.json) == (200, first.json)
    refused(post(app, message(code=slip.code, answers={"change": {"words": "else"}})), 409)
    assert [(row.way_in, row.group_id) for row in rows()] == [("group_code", group)]


def test_a_code_is_not_spent_on_what_cannot_be_taken(app: Flask) -> None:
    slip = some_slips(a_group(), 1)[0]
    refused(post(app, message(code=slip.code, answers={"safe": {"codes": ["x"]}})), 422)
    refused(post(app, message(code=slip.code, answers={})), 422)
    assert inviting.check_code(slip.code) == "way"


def test_where_there_is_no_activity_or_it_is_closed_nothing_is_kept(app: Flask) -> None:
    an_open_activity("soon", opens_in=3)
    an_open_activity("past", closes_in=-1, readers=False)
    assert refused(post(app, message()), 404)["reason"] == "no_activity"
    assert refused(post(app, message(activity="soon")), 403)["reason"] == "not_yet"
    assert refused(post(app, message(activity="past")), 403)["reason"] == "over"
    assert rows() == []


def test_where_nobody_can_read_nothing_is_taken(app: Flask) -> None:
    an_open_activity(readers=False)
    assert refused(post(app, message()), 403)["reason"] == "paused"


def test_a_damaged_envelope_keeps_nothing(app: Flask) -> None:
    an_open_activity()
    whole = sealed(message())["sealed"]
    assert refused(post(app, {"sealed": {**whole, "to": "another"}}), 400)["reason"] == "unknown_key"
    for name, value in (("ct", whole["ct"][:-4]), ("iv", "AAAA"), ("epk", whole["epk"][:-2] + "AA"), ("v", 2), ("ct", 7), ("ct", "é"), ("to", [])):
        assert refused(post(app, {"sealed": {**whole, name: value}}), 400)["reason"] == "cannot_open"
    for inside in ([], sealed(message())):
        refused(post(app, sealed(inside)), 400 if inside == [] else 422)
    refused(post(app, {"sealed": []}), 422)
    refused(post(app, {"sealed": whole, "more": 1}), 422)
    assert rows() == []


def test_slips_are_made_before_anything_is_said_and_hold(app: Flask) -> None:
    an_open_activity()
    reply = post(app, {"count": 40}, "/api/v1/receipts")
    assert (reply.status_code, reply.headers["Cache-Control"]) == (200, "no-store")
    pairs = reply.json["receipts"]  # type: ignore[index]
    assert len({pair["key"] for pair in pairs}) == len({tuple(pair["words"]) for pair in pairs}) == 40
    assert rows() == []
    for pair in pairs[:3]:
        assert post(app, message(key=pair["key"])).json == {"receipt": pair["words"]}


def test_slips_are_made_by_the_sheet_and_not_by_the_thousand(app: Flask) -> None:
    for bad in ({}, {"count": 0}, {"count": 41}, {"count": True}, {"count": "4"}, {"count": 1.5}, {"count": 1, "more": 1}):
        refused(post(app, bad, "/api/v1/receipts"), 422)


def test_whatever_breaks_a_program_can_read_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    an_open_activity()
    client = app.test_client()
    refused(client.get("/api/v1/nowhere"), 404)
    refused(client.post("/api/"), 404)
    refused(client.get("/qps/api/v1/nowhere"), 404)
    wrong_method = client.get(SUBMISSIONS)
    refused(wrong_method, 405)
    assert "POST" in wrong_method.headers["Allow"]
    assert client.get("/nowhere").mimetype == "text/html"

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("voice.listening.api.take_in", broken)
    refused(post(app, message()), 500)
    assert rows() == []


def test_nobody_at_the_childs_side_can_tell_from_a_reply_that_it_worried_us(app: Flask) -> None:
    an_open_activity()
    told = []
    for words in ("my stepdad hits me every night", "the bus is late again"):
        key = str(uuid.uuid4())
        sent = [{"change": {"words": said}} for said in (words, words, "else")]
        told.append([as_told(post(app, message(key=key, answers=answers), Origin="http://localhost")) for answers in sent])
    storage.session().rollback()
    assert sorted(storage.session().scalars(select(Screening.is_concern))) == [False, True]
    assert [status for status, _body, _headers in told[0]] == ["201 CREATED", "200 OK", "409 CONFLICT"]
    assert told[0] == told[1]


def as_told(reply: TestResponse) -> tuple[str, bytes, list[tuple[str, str]]]:
    """All there is to see of a reply but the clock and the receipt with its length."""
    body = re.sub(rb'"receipt":\s*\[.*?\]', b"", reply.data, flags=re.S)
    return reply.status, body, [each for each in reply.headers if each[0] not in ("Date", "Content-Length")]


def test_the_document_is_served_as_it_is_to_everyone(app: Flask) -> None:
    reply = app.test_client().get("/api/v1/openapi.json")
    assert reply.status_code == 200
    assert "public" in reply.headers["Cache-Control"]
    assert not reply.headers.getlist("Set-Cookie")
    assert (reply.json or {})["openapi"] == "3.1.0"
