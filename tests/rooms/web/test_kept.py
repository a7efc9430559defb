"""Pages that are the same for everyone, kept ready to send: nothing is read for them, and nothing that changed is shown."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.conftest import Ground
from tests.making import a_plan, a_submission, a_theme, an_activity, an_answer, member_visitor, people_to_read, the
from tests.watching import act, statements
from voice import counting, keeping, reading, reviewing, storage, understanding
from voice.asking.models import Activity
from voice.extensions import db
from voice.storage import base, changes_of
from voice.storage.board import MARK, SLOTS
from voice.web import kept
from voice.web.kept import MOST, Kept, Page, Shelf, kept_of, wanted

FIRST = "/take-part/open-now"
ANSWERS = "/you-said-we-did"


@pytest.fixture(scope="module")
def ground(grounds: dict[str, Ground], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One county for all: SQLite, for what is kept does not depend on the database; that changes are seen on both is in test_changes.py."""
    own = Ground("sqlite", tmp_path_factory.mktemp("kept"))
    with own.app.app_context():
        people_to_read()
        a_plan()
        an_activity("open-now", instrument="one-thing-i-would-change")
        db.session.remove()
    yield own
    with own.app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(ground: Ground) -> Flask:
    """Without a context of its own, as a server has none between two requests."""
    an_hour_ago = time.monotonic_ns() - 3600 * 10**9
    changes_of(ground.app).board._marks[:] = an_hour_ago.to_bytes(MARK, "little") * SLOTS
    kept_of(ground.app).clear()
    return ground.app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def unpacked(reply: TestResponse) -> bytes:
    read: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    return read[reply.headers.get("Content-Encoding", "")](reply.data)


def dressed(reply: TestResponse) -> dict[str, str]:
    return dict(reply.headers)


# --- what a warm page costs, and says


@pytest.mark.parametrize("path", [FIRST, f"{FIRST}?w=younger", f"/cy{FIRST}", "/take-part", "/", ANSWERS, "/plan", "/help-now"])
def test_a_page_that_is_kept_reads_nothing_and_comes_packed(app: Flask, client: FlaskClient, path: str) -> None:
    with statements(app) as asked:
        made = client.get(path)
        assert bool(asked) or path == "/help-now"
        asked.clear()
        ways = {way: client.get(path, headers={"Accept-Encoding": way} if way else {}) for way in ("br", "gzip", "")}
        bare = {way: client.get(path, headers={"Accept-Encoding": way, "If-None-Match": ways[way].headers["ETag"]}) for way in ways}
    assert not asked, "a page that is kept reads the database"
    assert dressed(made) == dressed(ways[""]), "the first one and the next say the same"
    assert {unpacked(each) for each in ways.values()} == {made.data}
    for way, reply in ways.items():
        assert reply.headers.get("Content-Encoding", "") == way
        assert int(reply.headers["Content-Length"]) == len(reply.data)
        assert "Accept-Encoding" in reply.headers["Vary"]
        assert bare[way].status_code == 304
        assert not bare[way].data
        assert set(bare[way].headers.keys()) == set(reply.headers.keys()) - {"Content-Type", "Content-Length", "Content-Encoding"}
    assert len({reply.headers["ETag"] for reply in ways.values()}) == 3


def test_who_asks_for_the_headers_alone_gets_them_and_no_more(client: FlaskClient) -> None:
    heads = [client.head(FIRST, headers={"Accept-Encoding": "br"}) for _ in range(2)]
    whole = client.get(FIRST, headers={"Accept-Encoding": "br"})
    assert {each.data for each in heads} == {b""}
    assert dressed(heads[0]) == dressed(heads[1]) == dressed(whole)


def test_a_mark_of_another_page_brings_the_page(client: FlaskClient) -> None:
    for named in ('"other"', '"x", W/"y"', "nonsense"):
        assert client.get(FIRST, headers={"If-None-Match": named}).status_code == 200
    mark = client.get(FIRST).headers["ETag"]
    for named in (f'"x", {mark}', f"W/{mark}", "*"):
        assert client.get(FIRST, headers={"If-None-Match": named}).status_code == 304


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("", ""),
        ("br;q=0.1, gzip", "br"),
        ("gz ip", ""),
    ],
)
def test_packed_as_the_browser_can_read_it(accepted: str, encoding: str) -> None:
    assert wanted(accepted) == encoding


# --- what refreshes it, at once in the process that writes


def new_title() -> None:
    storage.session().scalars(select(Activity).where(Activity.slug == "open-now")).one().closes_on = storage.today() - timedelta(days=1)


def open_again() -> None:
    storage.session().scalars(select(Activity).where(Activity.slug == "open-now")).one().closes_on = storage.today() + timedelta(days=30)


def test_an_activity_that_closes_shows_it_at_once(app: Flask, client: FlaskClient) -> None:
    assert b"Start" in client.get(FIRST).data
    with act(app):
        new_title()
    closed = client.get(FIRST).data
    assert closed != client.get("/take-part").data
    assert b'name="w"' not in closed
    with act(app):
        open_again()
    assert client.get(FIRST).data != closed


def test_an_answer_comes_and_an_objection_takes_it_off(app: Flask, client: FlaskClient) -> None:
    for path in (ANSWERS, "/", "/plan/1"):
        assert b"Nobody can swim here" not in client.get(path).data
    with act(app):
        theme_id = a_theme("Nobody can swim here.", heard=True)
        an_answer(theme_id)
        found = understanding.theme(theme_id)
        assert found
    theme = f"{ANSWERS}/{found.slug}"
    for path in (ANSWERS, "/", "/plan/1", theme):
        assert b"Nobody can swim here" in client.get(path).data, path
        assert client.get(path).status_code == 200
    with act(app):
        reviewing.object_to(theme_id, "We never said this.", the("board_member"))
    for path in (ANSWERS, "/", "/plan/1"):
        assert b"Nobody can swim here" not in client.get(path).data, path


def test_words_taken_back_are_gone_from_every_page_at_once(app: Flask, client: FlaskClient) -> None:
    with act(app):
        senders = [a_submission(words) for words in ("The ice is thin", "The ice breaks", "Thin ice")]
        reading.clear([each.view_ids[0] for each in senders], the("officer"))
        a_theme("The ice is thin.", views=[each.view_ids[0] for each in senders], heard=True)
    waits = client.get("/still-waiting")
    with act(app):
        keeping.erase(senders[0].submission_id)
    with statements(app) as asked:
        again = client.get("/still-waiting")
    assert asked, "it is made anew"
    assert b"The ice is thin" in waits.data
    assert b"The ice is thin" not in again.data, "two senders are too few for everyone to read of it"


def test_a_flood_of_words_empties_nothing(app: Flask, client: FlaskClient) -> None:
    """A page that stands on words is made anew ten seconds after new ones came, and no page at all before."""
    paths = (FIRST, "/", ANSWERS, "/plan", "/still-waiting")
    for path in paths:
        client.get(path)
    with act(app):
        a_submission("More of the same.", activity="open-now", question="change")
    with act(app):
        counting.catch_up()
    with statements(app) as asked:
        for path in paths:
            client.get(path)
    assert not asked


def test_a_new_day_makes_every_page_anew(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(FIRST)
    moment = storage.now()
    monkeypatch.setattr(base, "now", lambda: moment.astimezone(UTC) + timedelta(days=1))
    with statements(app) as asked:
        client.get(FIRST)
    assert asked
    with statements(app) as asked:
        client.get(FIRST)
    assert not asked


# --- who gets what


def test_each_language_and_each_age_has_its_own(app: Flask, client: FlaskClient) -> None:
    paths = [FIRST, f"/cy{FIRST}", f"/easy{FIRST}", f"{FIRST}?w=younger", f"/cy{FIRST}?w=younger", "/q/open-now"]
    first = {path: client.get(path).data for path in paths}
    assert len(set(first.values())) == len(paths)
    assert {path: client.get(path).data for path in paths} == first


def test_whoever_has_signed_in_gets_the_same_and_no_cookie(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        member = member_visitor(app, ("officer",), "officer@kept.example").client
    for path in ("/", FIRST, ANSWERS):
        warm = client.get(path)
        for _ in range(2):
            theirs = member.get(path)
            assert dressed(theirs) == dressed(warm)
            assert theirs.data == warm.data
            assert not theirs.headers.getlist("Set-Cookie")


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        f"{FIRST}?w=younger&utm_source=x",
        "/?x=1",
        f"{ANSWERS}?page=2&y",
        "/sign-in",
        "/take-part/no-such",
        "/healthz",
        f"{FIRST}/finish",
    ],
)
def test_what_is_never_kept(app: Flask, client: FlaskClient, path: str) -> None:
    for _ in range(2):
        client.get(path)
    assert not shelved(app)


def test_a_page_for_another_name_is_not_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept_of(app)
    monkeypatch.setattr(found, "_any_name", False)
    client = app.test_client()
    assert client.get(FIRST).status_code == 200
    assert not shelved(app)
    monkeypatch.setattr(found, "_our_name", "localhost")
    client.get(FIRST)
    assert shelved(app) == 1
    assert client.get(FIRST, headers={"Host": "elsewhere.example"}).status_code == 400


def test_a_form_goes_past_all_of_it(app: Flask, client: FlaskClient) -> None:
    client.get("/code")
    reply = client.post("/code", data={"code": "nonsense"})
    assert reply.status_code == 404
    assert reply.headers["Cache-Control"] == "no-store"


def test_what_is_switched_off_is_made_each_time(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    warm = client.get(ANSWERS)
    kept_of(app).clear()
    monkeypatch.setattr(kept_of(app), "is_on", False)
    with statements(app) as asked:
        cold = [client.get(ANSWERS) for _ in range(2)]
    assert asked
    assert not shelved(app)
    assert {each.data for each in cold} == {warm.data}


def shelved(app: Flask) -> int:
    found: Kept = kept_of(app)
    return len(found.plain) + len(found.asked)


# --- room


def page(size: int) -> Page:
    return Page([], "text/html", "x", bytes(size), packs=False)


def key(number: int) -> tuple[str, str, str, str]:
    return ("h", "", f"/{number}", "")


def test_a_shelf_has_so_much_room_and_what_nobody_asks_for_goes_first() -> None:
    shelf = Shelf(100_000, most=10)
    for number in range(8):
        shelf.put(key(number), page(100))
    shelf.find(key(0))
    for number in range(8, 12):
        shelf.put(key(number), page(100))
    assert len(shelf) == 10
    assert shelf.find(key(0))
    assert shelf.find(key(1)) is None
    shelf.put(key(99), page(45_000))
    assert shelf.bytes <= 100_000
    assert shelf.find(key(99))
    shelf.clear()
    assert (shelf.bytes, len(shelf)) == (0, 0)


def test_whoever_makes_up_questions_puts_no_plain_page_off(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept_of(app)
    monkeypatch.setattr(found, "asked", Shelf(20_000))
    client.get(FIRST)
    for number in range(40):
        client.get(f"{ANSWERS}?year={number}")
    assert len(found.asked) < 10
    assert found.asked.bytes <= 20_000
    with statements(app) as asked:
        client.get(FIRST)
    assert not asked


def test_the_room_of_all_is_small() -> None:
    assert kept.PLAIN + kept.ASKED <= 16 * 2**20
    assert MOST <= 5000
