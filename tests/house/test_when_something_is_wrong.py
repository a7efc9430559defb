"""A full disk, a database that is away, closed or held, a store of files that is away: each page says so clearly, with the help numbers; nothing is
kept by halves and nothing is said to be kept that is not; the words come back in the page; and it all goes on by itself (bars R4, R10)."""

from __future__ import annotations

import importlib
import json
import random
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests import faults
from tests.clients import OPEN, a_message, prepare
from tests.making import a_submission, an_activity, member_visitor
from tests.reading import Visitor, ask
from voice import keeping, storage
from voice.config import read_settings
from voice.extensions import db
from voice.storage import changes_of, writers
from voice.storage.board import Board
from voice.wiring import create_app

talking = importlib.import_module("voice.storage.session")  # its name in the package is that of a function
LONG = "The bus is late and it is dark by the weir. " * 40
MOST_UNTIL_FULL = 400  # submissions; PostgreSQL takes what still fits into pages it has
LONG_WAIT = (talking.PRAGMAS[-1], talking.WAITS_FOR_A_LOCK)
Tell = Callable[[str, object], None]
HELP = {"tel:999", "tel:08001111"}
SAID = "Zinnober by the weir — “dark”,\nand it is cold"
SHORT_WAIT = 400  # milliseconds instead of eight seconds, so that the table is quick; that it is eight is looked at below


@dataclass
class Place:
    """An installation on a disk of its own, and who comes there."""

    kind: str
    app: Flask
    disk: Path
    url: str
    server: faults.Postgres | None = None
    officer: Visitor = field(init=False)
    receipt: tuple[str, ...] = field(init=False)

    def counted(self) -> dict[str, int]:
        """Rows of every table; the notes of who works are not what people gave us."""
        with self.app.app_context(), db.engine.connect() as connection:
            return {
                name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in db.metadata.tables.items() if name != "lease"
            }


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    kind: str = request.param
    folder = tmp_path_factory.mktemp("wrong")
    with pytest.MonkeyPatch.context() as patch, faults.a_small_disk(folder / "disk", 60 if kind == "sqlite" else 260) as disk:
        patch.setattr(talking, "PRAGMAS", (*talking.PRAGMAS[:-1], f"PRAGMA busy_timeout={SHORT_WAIT}"))
        patch.setattr(talking, "WAITS_FOR_A_LOCK", f"SET lock_timeout = {SHORT_WAIT}")
        server = faults.Postgres(disk / "postgres") if kind == "postgresql" else None
        found = _settled(kind, disk, server)
        yield found
        with found.app.app_context():
            db.session.remove()
            db.engine.dispose()
        if server:
            server.end()


def _settled(kind: str, disk: Path, server: faults.Postgres | None) -> Place:
    data = disk / "data"
    url = server.database("wrong") if server else str(data / "voice.db")
    prepare(data, url if server else None)
    app = create_app(read_settings({"VOICE_DATA": str(data), **({"VOICE_DATABASE_URL": url} if server else {})}, testing=True))
    found = Place(kind, app, disk, url, server)
    with app.app_context():
        an_activity("one-thing", instrument="one-thing-i-would-change")
        found.receipt = a_submission("It is dark by the weir.").words
        found.officer = member_visitor(app, ["officer"], "reader@demo.example")
        db.session.remove()
    return found


# --- what people do


def _page(key: str) -> dict[str, str]:
    return {"key": key, "on": "check", "a.would_change": SAID, "go": "send"}


def _pledge(key: str) -> dict[str, str]:
    return {"pledge": SAID, "priority": "1", "kind": "words", "age": "13_or_over", "words_ok": "yes", "key": key}


Act = Callable[[Place, str], TestResponse]


def _form(path: str, fields: Callable[[Place, str], Any]) -> Act:
    return lambda place, key: ask(lambda: place.app.test_client().post(path, data=fields(place, key)))


def _get(path: str) -> Act:
    return lambda place, key: ask(lambda: place.app.test_client().get(path))


def _by_phone(place: Place, key: str) -> TestResponse:
    message = {**a_message(random.Random(4)), "key": key}
    return ask(lambda: place.app.test_client().post("/api/v1/submissions", data=json.dumps(message), content_type="application/json"))


def _by_staff(path: str) -> Act:
    return lambda place, key: ask(lambda: place.officer.client.get(path))


WRITES: dict[str, Act] = {
    "a submission by its page": _form("/take-part/one-thing/sent", lambda place, key: _page(key)),
    "a submission by a phone": _by_phone,
    "a pledge": _form("/pledges/sent", lambda place, key: _pledge(key)),
    "a wrong receipt": _form("/your-receipt", lambda place, key: {"word": ["apple", "apple", "apple", "apple", "apple"]}),
    "taking it back": _form("/your-receipt/take-back", lambda place, key: {"word": list(place.receipt), "sure": "yes"}),
    "a receipt": _form("/your-receipt", lambda place, key: {"word": list(place.receipt)}),  # that it was looked up is on record first
    "an officer opens raw words": _by_staff("/work"),
}
READS: dict[str, Act] = {
    "a step of the walk": _form("/take-part/one-thing/answers", lambda place, key: {"at": "would_change", "a.would_change": SAID, "go": "next"}),
    "the first page": _get(f"/take-part/{OPEN}"),
    "the front page": _get("/"),
    "a page of the desk": _by_staff("/work/themes"),
}
ALWAYS: dict[str, Act] = {"help": _get("/help-now"), "no net": _get("/no-net"), "alive": _get("/healthz")}


# --- what goes wrong


@dataclass(frozen=True)
class Fault:
    """`reads`: whether pages that only read go on."""

    name: str
    on: tuple[str, ...]
    begins: Callable[[Place], AbstractContextManager[None]]
    reads: bool | None  # None: either, as it comes


FAULTS = (
    Fault("the disk is full", ("sqlite",), lambda place: faults.full(place.disk), reads=True),
    Fault("the disk is closed to writing", ("sqlite",), lambda place: _closed(place), reads=None),
    Fault("another process holds the lock", ("sqlite", "postgresql"), lambda place: faults.held_by_another(place.url), reads=None),
    Fault("the database takes no writes", ("postgresql",), lambda place: faults.reads_only(place.url), reads=True),
    Fault("the database lets nobody in", ("postgresql",), lambda place: faults.no_entry(place.url), reads=False),
    Fault("the database is stopped", ("postgresql",), lambda place: place.server.away(), reads=False),  # type: ignore[union-attr]  # it is there
)


def _closed(place: Place) -> AbstractContextManager[None]:
    """The kernel does so with files open for writing; a person may not. So what is open is closed first: the database, its line, the board."""
    with place.app.app_context():
        db.session.remove()
        db.engine.dispose()
    for line in writers.lines():
        line.close()
    shared, changes_of(place.app).board = changes_of(place.app).board, Board()
    shared.close()
    return faults.closed_to_writing(place.disk)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "_"))
def test_whatever_is_wrong_it_is_said_and_nothing_is_kept_by_halves(
    place: Place, fault: Fault, record_property: Callable[[str, object], None]
) -> None:
    if place.kind not in fault.on:
        pytest.skip("not with this database")
    before, keys = place.counted(), {name: str(uuid.uuid4()) for name in WRITES}
    with fault.begins(place):
        changes_of(place.app).put_all()  # pages that are kept would hide it from those who read
        refused = {name: act(place, keys[name]) for name, act in WRITES.items()}
        read = {name: act(place, "") for name, act in READS.items()}
        still = {name: act(place, "").status_code for name, act in ALWAYS.items()}
    wrong = [f"{name}: {why}" for name, reply in refused.items() for why in _faults_of(reply)]
    wrong += [f"{name}: {why}" for name, reply in read.items() for why in _faults_of(reply) if reply.status_code >= 400 or fault.reads is False]
    wrong += [f"{name}: {reply.status_code} though it only reads" for name, reply in read.items() if fault.reads and reply.status_code != 200]
    assert not wrong, "\n".join(wrong)
    assert set(still.values()) == {200}, still
    for name in ("a submission by its page", "a pledge"):
        assert _typed(refused[name])["key"] == keys[name], f"{name}: what was typed does not come back"
        assert SAID.splitlines() in [value.splitlines() for value in _typed(refused[name]).values()]
    assert place.counted() == before, "something was kept by halves"
    assert keys_known(place, keys) == set()
    kept = _goes_on(place, refused, keys)
    record_property("budget", f"R10 {place.kind}, {fault.name}: {len(refused)} acts refused, 0 kept by halves, {kept} kept when sent again")


def test_a_database_whose_own_disk_fills_up_loses_nothing_it_said_it_has(place: Place, record_property: Tell) -> None:
    """PostgreSQL goes on while there is room in what it has, then refuses, each whole; what it took before stays, and it goes on by itself."""
    if place.server is None or not faults.can_mount():
        pytest.skip("SQLite is in the table above; PostgreSQL needs a small disk, and so the right to mount one")
    chance, taken, refused = random.Random(8), [], []
    with faults.full(place.disk):
        while not refused and len(taken) < MOST_UNTIL_FULL:
            message = a_message(chance)
            message["answers"]["keep_away"] = {"words": f"{LONG}{len(taken)}"}
            reply = ask(lambda message=message: place.app.test_client().post("/api/v1/submissions", json=message))  # type: ignore[misc]
            assert reply.status_code in (201, 503), reply.get_data(as_text=True)
            (taken if reply.status_code == 201 else refused).append(message)
        still = ALWAYS["help"](place, "").status_code
    assert refused, f"{len(taken)} were taken on a full disk"
    assert still == 200
    place.server.ensure()  # PostgreSQL itself may have stopped: whoever looks after it frees the disk and starts it
    assert keys_known(place, {str(number): each["key"] for number, each in enumerate(taken)}) == {each["key"] for each in taken}
    assert keys_known(place, {"refused": refused[0]["key"]}) == set()
    again = ask(lambda: place.app.test_client().post("/api/v1/submissions", json=refused[0]))
    assert again.status_code == 201, again.get_data(as_text=True)
    record_property("budget", f"R10 postgresql, its own disk full: {len(taken)} taken while there was room, then 503; 0 lost, 0 halves")


def keys_known(place: Place, keys: dict[str, str]) -> set[str]:
    with place.app.app_context():
        found = {key for key in keys.values() if keeping.is_known(key)}
        storage.session().rollback()
        return found


def _goes_on(place: Place, refused: dict[str, TestResponse], keys: dict[str, str]) -> int:
    """Without a start: the page that refused is sent by its own button, the phone sends again under the same key."""
    for name, path in (("a submission by its page", "/take-part/one-thing/sent"), ("a pledge", "/pledges/sent")):
        reply = ask(lambda name=name, path=path: place.app.test_client().post(path, data=_typed(refused[name])))  # type: ignore[misc]
        assert reply.status_code == 200, f"{name} by its button: {reply.status_code}"
    assert _by_phone(place, keys["a submission by a phone"]).status_code == 201
    assert _by_phone(place, keys["a submission by a phone"]).status_code == 200
    assert keys_known(place, keys) == {keys[name] for name in ("a submission by its page", "a submission by a phone", "a pledge")}
    for name, act in READS.items():
        assert act(place, "").status_code == 200, f"{name} does not come back by itself"
    for name in ("a receipt", "an officer opens raw words"):
        assert WRITES[name](place, "").status_code == 200, f"{name} does not come back by itself"
    return 3


def _faults_of(reply: TestResponse) -> Iterator[str]:
    """What is not as it should be with a refusal."""
    if reply.status_code != 503:
        yield f"{reply.status_code}, not 503: {reply.get_data(as_text=True)[:200]}"
        return
    if not re.fullmatch(r"\d+", reply.headers.get("Retry-After", "")):
        yield "says not when to come back"
    if reply.headers["Cache-Control"] != "no-store":
        yield "may be kept"
    if reply.mimetype == "application/problem+json":
        return
    rung = {str(each["href"]) for each in BeautifulSoup(reply.data, "html5lib").select("a[href^='tel:']")}
    if not rung >= HELP:
        yield f"help numbers: {rung}"


def _typed(reply: TestResponse) -> dict[str, str]:
    form = BeautifulSoup(reply.data, "html5lib").select_one("main form[method=post]")
    assert form, "no button that sends it again"
    return {str(each["name"]): str(each["value"]) for each in form.select("input[type=hidden]")}


def test_a_lock_is_waited_for_eight_seconds_on_both() -> None:
    assert LONG_WAIT == ("PRAGMA busy_timeout=8000", "SET lock_timeout = '8s'")
