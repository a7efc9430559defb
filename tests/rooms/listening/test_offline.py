"""What the server gives a phone to go on without it: the same for everyone, of the pages the server shows itself, and light."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.reading import Visitor
from tests.rooms.listening.every import EVERY
from tests.rooms.listening.making import an_open_activity, shipped
from voice.listening import bundle
from voice.web.assets import FOLDER

FIRST_PAGE = 20_000
WHOLE_SURVEY = 60_000
LINES = 300
MODULES = ("walk", "way", "fill", "local", "phone", "queue", "seal", "spare", "store", "draft", "waiting")


def soup_of(app: Flask, address: str) -> BeautifulSoup:
    return BeautifulSoup(app.test_client().get(address).data, "html5lib")


def test_everything_is_the_same_for_everyone_and_kept_a_minute(app: Flask) -> None:
    an_open_activity(document=EVERY)
    replies = [app.test_client().get("/take-part/way/all?w=middle", headers={"User-Agent": name}) for name in ("one", "two")]
    assert replies[0].data == replies[1].data
    for reply in replies:
        assert reply.headers["Cache-Control"] == "public, max-age=60"
        assert not reply.headers.getlist("Set-Cookie")
        assert "Cookie" not in reply.headers.get("Vary", "")


@pytest.mark.parametrize("age", ["younger", "middle", "older"])
def test_every_page_is_there_as_the_server_makes_it(visitor: Visitor, app: Flask, age: str) -> None:
    an_open_activity(document=EVERY)
    whole = soup_of(app, f"/take-part/way/all?w={age}")
    parts = {str(each["data-part"]): each for each in whole.select("template")}
    page = visitor.open(f"/take-part/way?w={age}")
    page = visitor.press("Start")
    met = 0
    while page.soup.select("[name=at]"):
        name, met = str(page.one("[name=at]")["value"]), met + 1
        mine, theirs = parts[f"ask:{name}"], page.one("main")
        assert mine.select("main")[0].get("class") == theirs.get("class")
        assert [each.get("name") for each in mine.select("button, input[type=radio], textarea")] == [
            each.get("name") for each in theirs.select("button, input[type=radio], textarea")
        ]
        page = visitor.press("Next" if age == "younger" else "Continue")
    assert met >= 8
    assert {"start", "ages", "nothing", "different", "kept", "kept-words", "sent", "check:none", "refused:403"} <= set(parts)


def test_the_rules_name_no_one_and_the_key_is_the_public_one(app: Flask) -> None:
    an_open_activity(document=EVERY)
    data = json.loads(str(soup_of(app, "/take-part/way/all?w=older").select_one("#all").string))  # type: ignore[union-attr]
    assert set(data) >= {"slug", "language", "wording", "digest", "key", "questions", "marks", "says"}
    assert (data["slug"], data["language"], data["wording"]) == ("way", "en", "older")
    assert len(data["key"]["point"]) == 87
    limits = {each["name"]: each for each in data["questions"]}
    assert limits["children"]["start"] == 0, "nought is a bound"
    assert limits["children"]["constraint"] == ["<=", ["name", "."], ["name", "people_home"]]
    assert all(sign not in json.dumps(data["questions"]) for sign in bundle.MARKS.values())


def test_a_closed_activity_gives_nothing_to_keep(app: Flask) -> None:
    an_open_activity("past", closes_in=-1)
    assert app.test_client().get("/take-part/past/all").status_code == 404
    assert app.test_client().get("/take-part/nowhere/all").status_code == 404


def test_the_worker_changes_with_what_it_holds_and_may_hold_the_whole_site(app: Flask) -> None:
    reply = app.test_client().get("/sw.js")
    assert reply.headers["Service-Worker-Allowed"] == "/"
    assert reply.headers["Cache-Control"] == "public, no-cache"
    assert reply.mimetype == "text/javascript"
    assert re.match(rb'const RELEASE = "[0-9a-f]{12}";\n', reply.data)


def test_pictures_of_receipt_words_and_of_nothing_else(app: Flask) -> None:
    client = app.test_client()
    reply = client.post("/take-part/pictures", json={"words": ["bucket", "quillwater"]})
    drawn = reply.get_json()
    assert list(drawn) == ["bucket"]
    assert drawn["bucket"].startswith("<svg ")
    assert reply.headers["Cache-Control"] == "no-store"
    not_words: tuple[Any, ...] = ({"words": "bucket"}, {"words": [1]}, [], {"words": ["bucket"] * 201})
    for wrong in not_words:
        assert client.post("/take-part/pictures", json=wrong).status_code == 400
    assert client.post("/take-part/pictures", json={"words": []}, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def packed(app: Flask, address: str) -> int:
    return len(app.test_client().get(address, headers={"Accept-Encoding": "gzip"}).data)


@pytest.mark.parametrize("age", ["younger", "older"])
def test_a_survey_walked_on_the_phone_is_light(app: Flask, age: str) -> None:
    an_open_activity("big", document=shipped("county-voice-audit"))
    page = soup_of(app, "/take-part/big")
    linked = {str(each.get("href") or each["src"]) for each in page.select("link[rel=stylesheet], script[src]")}
    base = next(address for address in linked if address.endswith("js/phone.js")).removesuffix("phone.js")
    first = packed(app, "/take-part/big") + sum(packed(app, address) for address in linked)
    offline = {f"{base}{name}.js" for name in MODULES} - linked
    whole = soup_of(app, f"/take-part/big/all?w={age}")
    more = {str(each["href"]) for each in whole.select("template link")}
    more |= {address for each in whole.select("template main[data-with]") for address in str(each["data-with"]).split()}
    total = (
        first
        + packed(app, f"/take-part/big/all?w={age}")
        + sum(packed(app, address) for address in offline | (more - linked))
        + packed(app, "/sw.js")
    )
    print(f"first page {first} bytes; with the offline modules {first + sum(packed(app, each) for each in offline)}; {age}: the whole survey {total}")
    assert first <= FIRST_PAGE
    assert total <= WHOLE_SURVEY


def test_modules_stay_small(app: Flask) -> None:
    for name in (*MODULES, "sw"):
        source = (FOLDER / "js" / f"{name}.js").read_bytes()
        assert source.count(b"\n") <= LINES, name
        print(f"{name}.js {len(source.splitlines())} lines, {len(gzip.compress(source, 9))} bytes")
