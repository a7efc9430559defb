"""A question that asks for a picture: last of all, in one piece with the rest, passed over as lightly as any other."""

from __future__ import annotations

import base64
import io
import uuid
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.reading import Page, Visitor, ask, proof_read
from tests.rooms.listening.every import DRAWN
from tests.rooms.listening.making import an_open_activity
from tests.rooms.listening.test_api import post, refused, sealed
from voice import asking, keeping, storage
from voice.keeping.models import Submission, View
from voice.listening.api import LARGEST, LARGEST_PICTURE
from voice.safeguarding.models import Screening

on_sqlite = pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
SENT = "/take-part/way/sent"


def a_picture(colour: str = "green", kind: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, colour).save(held, kind)
    return held.getvalue()


def send(app: Flask, data: bytes | None = None, *, status: int = 200, path: str = SENT, **fields: str) -> Page:
    """The last page of a walk as a browser without JavaScript sends it."""
    form: dict[str, Any] = {"on": "picture", "of": "spot", "w": "older", "go": "send", "a.like": "out", "picture_turn": "0", **fields}
    files = {"picture": (io.BytesIO(data or b""), "IMG_2041.JPG" if data else "", "application/octet-stream")}
    reply = _posted(app, path, form | files)
    assert reply.status_code == status, reply.get_data(as_text=True)[:500]
    return Page(path, reply.status_code, proof_read(reply, path), reply.data, dict(reply.headers))


def _posted(app: Flask, path: str, form: dict[str, Any]) -> TestResponse:
    return ask(lambda: app.test_client().post(path, data=form, content_type="multipart/form-data", headers={"Origin": "http://localhost"}))


def rows() -> list[Submission]:
    return list(storage.session().scalars(select(Submission)))


def receipt(page: Page) -> list[str]:
    return [each.get_text(strip=True) for each in page.soup.select(".receipt li")]


def to_the_picture(visitor: Visitor, age: str, **picked: str) -> Page:
    """Through the questions, past the answers to check."""
    visitor.open(f"/take-part/way?w={age}")
    page, on = visitor.press("Start"), "Next" if age == "younger" else "Continue"
    while page.soup.select("[name=at]"):
        name = str(page.one("[name=at]")["value"])
        page = visitor.press(on, **({f"a.{name}": picked[name]} if name in picked else {}))
    assert page.soup.select("[name=on][value=check]")
    return visitor.press(on)


@on_sqlite
@pytest.mark.parametrize(("age", "name"), [("younger", "place"), ("middle", "place"), ("older", "spot")])
def test_it_is_asked_once_the_rest_was_checked_in_the_words_of_each_age(visitor: Visitor, app: Flask, age: str, name: str) -> None:
    an_open_activity(document=DRAWN)
    page = to_the_picture(visitor, age, like="out")
    assert page.heading == ("Draw a place you like." if name == "place" else "Show us a place you like.")
    assert "Question 3 of 3" in page.words
    assert page.one("form#walk")["enctype"] == "multipart/form-data"
    assert page.soup.select("input[type=file][name=picture]")
    assert bool(page.soup.select("[data-board]")) == (name == "place")
    assert [str(each["value"]) for each in page.soup.select("[data-skip]")] == ["dont_know", "rather_not"]
    assert str(page.one("input[type=hidden][name='a.like']")["value"]) == "out"
    page = visitor.press("Send it")  # no picture: what was said goes without
    assert len(receipt(page)) == 5
    assert rows()[0].answers == {"like": ["out"]}


@on_sqlite
def test_nobody_is_asked_for_one_where_an_answer_says_so(visitor: Visitor, app: Flask) -> None:
    an_open_activity(document=DRAWN)
    visitor.open("/take-part/way?w=older")
    visitor.press("Start")
    visitor.press("Continue", **{"a.like": "home"})
    page = visitor.press("Continue")
    assert "Send it" in page.one(".onward").get_text()
    assert len(receipt(visitor.press("Send it"))) == 5
    send(app, a_picture(), **{"a.like": "home", "key": str(uuid.uuid4())})
    assert [row.answers for row in rows()] == [{"like": ["home"]}] * 2
    assert keeping.pictures_of([row.id for row in rows()]) == {}


def test_it_is_kept_with_what_was_said_and_a_person_looks_first(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    key, said = str(uuid.uuid4()), {"picture_alt": "The pond behind the mill.", "picture_cover": "yes", "picture_turn": "90"}
    page = send(app, a_picture(), key=key, **said)
    assert len(receipt(page)) == 5
    (row,) = rows()
    assert row.answers == {"like": ["out"], "spot": ["picture"]}
    view = storage.session().scalars(select(View)).one()
    assert (view.question, view.words) == ("spot", "The pond behind the mill.")
    (kept,) = keeping.pictures_of([row.id])[row.id]
    assert (kept.kind, kept.question, kept.alt, kept.cover_faces) == ("photo", "spot", "The pond behind the mill.", True)
    assert (kept.width, kept.height) == (48, 64)
    assert storage.session().scalars(select(Screening)).one().read_first
    # The same again gives the same words; another picture under the same key, or the same one turned another way, is not the same.
    assert receipt(send(app, a_picture(), key=key, **said)) == receipt(page)
    send(app, a_picture("red"), status=409, key=key, **said)
    send(app, a_picture(), status=409, key=key, **{**said, "picture_turn": "180"})
    assert len(rows()) == 1
    assert len(keeping.pictures_of([row.id])[row.id]) == 1


@on_sqlite
def test_a_picture_alone_is_enough_and_nothing_at_all_is_not(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    nothing = send(app, None, key=str(uuid.uuid4()), **{"a.like": ""})
    assert nothing.heading == "You skipped them all"
    send(app, a_picture(kind="JPEG"), key=str(uuid.uuid4()), **{"a.like": ""})
    (row,) = rows()
    assert row.answers == {"spot": ["picture"]}
    assert storage.session().scalars(select(View)).all() == []
    assert storage.session().scalars(select(Screening)).one().read_first


@on_sqlite
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "We could not open that."),
        (a_picture()[:90], "A part of that picture is missing."),
    ],
)
def test_what_is_no_picture_is_said_kindly_and_nothing_else_is_lost(app: Flask, data: bytes, why: str) -> None:
    an_open_activity(document=DRAWN)
    page = send(app, data, key=str(uuid.uuid4()), **{"picture_alt": "My tree", "a.why": "It is quiet."})
    assert why in page.words
    assert page.heading == "Show us a place you like."
    assert str(page.one("#picture_alt")["value"]) == "My tree"
    assert str(page.one("input[type=hidden][name='a.why']")["value"]) == "It is quiet."
    assert rows() == []


@on_sqlite
def test_it_can_be_passed_over_but_not_given_and_passed_over(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    both = send(app, a_picture(), key=str(uuid.uuid4()), **{"a.spot": "rather_not"})
    assert "Keep one of them." in both.words
    assert both.soup.select("[data-skip][checked][value=rather_not]")
    words = send(app, None, key=str(uuid.uuid4()), **{"a.spot": "dont_know", "picture_alt": "My tree"})
    assert "Keep one of them." in words.words
    assert rows() == []
    send(app, None, key=str(uuid.uuid4()), **{"a.spot": "dont_know"})
    assert rows()[0].answers == {"like": ["out"], "spot": ["dont_know"]}


@on_sqlite
def test_back_and_another_language_keep_the_words_beside_it(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    walk = {"on": "picture", "of": "place", "w": "middle", "a.like": "out", "picture_alt": "My tree", "a.place": "", "key": str(uuid.uuid4())}
    page = _read(_posted(app, "/take-part/way/answers", {**walk, "go": "check"}))
    assert page.heading == "Check what you said"
    assert [str(each["value"]) for each in page.soup.select("[name='a.place']")] == ["My tree"]
    assert "My tree" not in page.words, "it is not among what was checked"
    page = _read(_posted(app, "/easy/take-part/way/answers", {**walk, "go": "stay"}))
    assert str(page.one("#picture_alt")["value"]) == "My tree"
    assert all(str(each.get("formenctype", "")) == "application/x-www-form-urlencoded" for each in page.soup.select("#languages button"))


def _read(reply: TestResponse) -> Page:
    return Page(reply.request.path, reply.status_code, proof_read(reply, reply.request.path), reply.data)


@on_sqlite
def test_how_to_reach_somebody_comes_before_the_picture(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    walk = {"w": "older", "a.like": "out", "door": "contact", "go": "send", "key": str(uuid.uuid4())}
    page = _read(_posted(app, SENT, {**walk, "on": "check"}))
    assert page.heading == "How can we reach you safely?"
    assert _read(_posted(app, SENT, {**walk, "on": "contact"})).heading == "How can we reach you safely?"
    page = _read(_posted(app, SENT, {**walk, "on": "contact", "c.where": "01432 000 000"}))
    assert page.heading == "Show us a place you like."
    assert str(page.one("[name='c.where']")["value"]) == "01432 000 000"
    page = send(app, a_picture(), **{"door": "contact", "c.where": "01432 000 000", "key": walk["key"]})
    assert len(receipt(page)) == 5
    assert storage.session().scalars(select(Screening)).one().is_concern


# --- programs and phones


def told(shown: bytes, **more: Any) -> dict[str, Any]:
    picture = {"data": base64.b64encode(shown).decode(), **more}
    return {"activity": "way", "key": str(uuid.uuid4()), "answers": {"like": {"codes": ["out"]}, "spot": {"picture": picture}}}


def test_a_program_and_a_phone_send_one_as_well(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    body = told(a_picture(), words="My tree", turn=90, cover_faces=True)
    first = post(app, sealed(body))
    assert first.status_code == 201, first.get_data(as_text=True)
    assert post(app, body).get_json() == first.get_json()
    body["answers"]["spot"]["picture"]["data"] = base64.b64encode(a_picture("red")).decode()
    assert refused(post(app, body), 409)["reason"] == "different"
    (row,) = rows()
    assert row.answers == {"like": ["out"], "spot": ["picture"]}
    (kept,) = keeping.pictures_of([row.id])[row.id]
    assert (kept.alt, kept.cover_faces, kept.width) == ("My tree", True, 48)


@on_sqlite
def test_what_a_program_may_not_send_as_a_picture(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    wrong = refused(post(app, told(b"\0" * (LARGEST_PICTURE + 1))), 422)["errors"]
    assert [(each["question"], "too big" in each["sentence"]) for each in wrong] == [("spot", True)]
    wrong = refused(post(app, told(b"GIF89a?")), 422)["errors"]
    assert [each["question"] for each in wrong] == ["spot"]
    for more in ({"data": "?"}, {"data": ""}, {"turn": 45}, {"cover_faces": 1}, {"file": "IMG.JPG"}, {"words": 5}):
        assert refused(post(app, told(a_picture(), **more)), 422)["errors"]
    body = told(a_picture())
    body["answers"]["like"] = body["answers"].pop("spot")
    assert refused(post(app, body), 422)["errors"][0]["question"] == "like"
    assert post(app, b"{" + b" " * LARGEST).status_code == 413
    assert rows() == []


@on_sqlite
def test_one_that_was_not_asked_for_is_left_out(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    body = told(a_picture())
    body["answers"]["like"] = {"codes": ["home"]}
    assert post(app, body).status_code == 201
    assert rows()[0].answers == {"like": ["home"]}
    assert keeping.pictures_of([rows()[0].id]) == {}


@on_sqlite
def test_that_one_came_is_in_the_codebook(app: Flask) -> None:
    an_open_activity(document=DRAWN)
    assert asking.codebook("drawn")["spot"]["picture"]["en"] == "A picture"
