"""How long counting takes: folding very many submissions, and pages that read figures beside very many."""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, text

from tests.making import an_activity, the
from tests.rooms.counting.pages_with_figures import SLUG, Address, addresses_of, link_a_measure, visitor_of
from tests.rooms.counting.test_attacker import LEAST, over_time, single
from voice import asking, storage
from voice.config import read_settings
from voice.counting import workers
from voice.counting.releases import begin_release, publish_release
from voice.extensions import db
from voice.storage import migrate
from voice.wiring import create_app

AT_ONCE = 5000
FEW, MANY = 1000, 1_000_000
RATIO = 1.5
PER_SECOND = 2000
TIMES = 15
COLUMNS = (
    "id, purpose, activity_id, key_hash, receipt_hash, payload_digest, received_on, way_in, language, answers, age_band, place, speaker, "
    "may_be_quoted, is_unlinked"
)


def main(given: list[str] | None = None) -> None:
    """Print the figures. `--many` says how many submissions; `--url` other databases than SQLite."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--many", type=int, default=MANY)
    asked.add_argument("--url", nargs=2, default=("", ""), help="two empty databases: for the many and for the few")
    asked.add_argument("--attack", type=int, default=0, help="so many data sets to attack, and one county over twenty releases for each 25")
    told = asked.parse_args(given if given is not None else [])
    if told.attack:
        attack(told.attack)
    else:
        measure(told.many, *told.url)


def attack(many: int) -> None:
    """The long form of P2 and P3."""
    begun = time.perf_counter()
    made, looked_at, found_out = single(range(1000, 1000 + many))
    print(f"  P2: {many} data sets, {made} releases, {looked_at:,} figures: {len(found_out)} with fewer than {LEAST} possible values")
    counties = max(1, many // 25)
    there, increments, over = over_time(range(100, 100 + counties))
    print(f"  P3: {counties} counties over 20 releases, {there:,} figures and {increments:,} increments: {len(over)} found out")
    print(f"  {time.perf_counter() - begun:.0f} s")


def measure(many: int, url: str = "", few_url: str = "") -> None:
    """Put so many submissions in, fold them, and time every page that reads figures beside few and beside many, in turns: what else this machine
    does is then in both. `few_url`: another PostgreSQL database, for the few."""
    with tempfile.TemporaryDirectory(prefix="voice-many-") as folder:
        few, beside_few = _county(Path(folder, "few"), few_url, FEW)
        large, beside_many = _county(Path(folder, "many"), url, many)
        taken = [(one.path, _in_turns(few, one, large, other)) for one, other in zip(beside_few, beside_many, strict=True)]
    for path, (before, now) in sorted(taken, key=lambda one: -one[1][1] / one[1][0]):
        print(f"  {path:<66} {before:7.1f} ms beside {FEW:,}, {now:7.1f} ms beside {many:,}: {now / before:.2f} (at most {RATIO})")
    print(f"  {len(taken)} pages, the slowest ratio first", flush=True)


def _county(folder: Path, url: str, many: int) -> tuple[Flask, list[Address]]:
    """An activity that so many answered, with a release of it and a measure that it tells of."""
    folder.mkdir()
    app = create_app(read_settings({"VOICE_DATA": str(folder), **({"VOICE_DATABASE_URL": url} if url else {})}))
    with app.app_context():
        migrate.upgrade()
        activity = an_activity(SLUG)
        taken = put_in(activity, many)
        folded = _fold_all()
        begun = time.perf_counter()
        publish_release(begin_release(activity, the("publisher")), the("publisher"))
        link_a_measure(activity)
        storage.commit()
        released = time.perf_counter() - begun
        idle, name = _idle(), db.engine.dialect.name
        addresses, left = addresses_of(app)
        db.session.remove()
    print(f"  {name}: {many:,} submissions of ten answers put in in {taken:.0f} s; {folded}")
    print(f"  a release made in {released:.2f} s; a round of the worker that finds nothing {1000 * idle:.0f} ms", flush=True)
    assert not left, f"nobody said where these pages are: {left}"
    return app, addresses


def _in_turns(few: Flask, one: Address, many: Flask, other: Address) -> tuple[float, float]:
    """Milliseconds of a page beside few and beside many: the shortest of `TIMES`."""
    taken = [(_time(few, one), _time(many, other)) for _ in range(TIMES)]
    return min(each for each, _ in taken), min(each for _, each in taken)


def _time(app: Flask, address: Address) -> float:
    """Processor time of ours, and how long we waited for the database."""
    client, waited = visitor_of(app, address).client, _waits(app)
    waited[0] = 0.0
    begun = time.thread_time()
    status = client.get(address.path).status_code
    took = 1000 * (time.thread_time() - begun + waited[0])
    assert status == 200, f"{address.path}: {status}"
    return took


def _waits(app: Flask) -> list[float]:
    """Where the engine of this application writes how many seconds its questions took beside our own processor time."""
    if "voice.waits" in app.extensions:
        known: list[float] = app.extensions["voice.waits"]
        return known
    since, waited = [0.0], app.extensions.setdefault("voice.waits", [0.0])
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_: since.__setitem__(0, time.perf_counter() - time.thread_time()))
        event.listen(
            db.engine, "after_cursor_execute", lambda *_: waited.__setitem__(0, waited[0] + time.perf_counter() - time.thread_time() - since[0])
        )
    return waited


def _fold_all() -> str:
    """Count everything that waits, as the worker does, and say how fast."""
    cpu, wall, backend = time.process_time(), time.perf_counter(), _backend()
    done = workers.keep_up(math.inf)
    cpu, wall, backend = time.process_time() - cpu, time.perf_counter() - wall, _backend() - backend
    whose = f" ({backend:.0f} of {cpu + backend:.0f} s the database’s)" if backend else ""
    fast = f"{done / wall:,.0f} a second (at least {PER_SECOND:,})"
    return f"folded {done:,} in {wall:.0f} s, {fast}, {done / (cpu + backend):,.0f} in a second of processor time{whose}"


def _backend() -> float:
    """Processor seconds of the process of PostgreSQL that serves us; 0 on SQLite, which is in ours."""
    if db.engine.dialect.name == "sqlite":
        return 0.0
    number = storage.session().execute(text("SELECT pg_backend_pid()")).scalar_one()
    told = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _idle() -> float:
    """Seconds of a round of the worker that finds nothing to do: there is one every ten seconds."""
    begun = time.perf_counter()
    assert workers.keep_up() == 0
    return time.perf_counter() - begun


def put_in(activity_id: uuid.UUID, many: int) -> float:
    """Invented submissions with ten answers each, straight into the table. Returns how many seconds it took."""
    begun, rows = time.perf_counter(), _rows(activity_id, many)
    command = text(f"INSERT INTO submission ({COLUMNS}) VALUES ({', '.join(':' + each.strip() for each in COLUMNS.split(','))})")  # noqa: S608
    while part := list(islice(rows, AT_ONCE)):
        storage.session().execute(command, part)
        storage.commit()
    return time.perf_counter() - begun


def _rows(activity_id: uuid.UUID, many: int) -> Iterator[dict[str, Any]]:
    chance, sqlite = random.Random(many), db.engine.dialect.name == "sqlite"
    activity = asking.activity_by_id(activity_id)
    questions = [each for each in asking.load_instrument(activity.document, published=True).questions if each.is_picked] if activity else []
    ages, places = ("under_8", "8_10", "11_13", "14_16", "17_19", "20_25", None), ("leominster", "ross", "ledbury", "bromyard", "hereford", None)
    for _ in range(many):
        answers = {each.name: [chance.choice(each.choices).name] for each in questions if each.choices}
        answers |= {f"more_{number}": [chance.choice(("yes", "no", "dont_know"))] for number in range(10 - len(answers))}
        own, key = uuid.UUID(int=chance.getrandbits(128)), f"{chance.getrandbits(256):064x}"
        yield {
            "id": own.hex if sqlite else own,
            "purpose": "answers",
            "activity_id": activity_id.hex if sqlite else activity_id,
            "key_hash": key,
            "receipt_hash": key[::-1],
            "payload_digest": "",
            "received_on": storage.today(),
            "way_in": chance.choice(("web", "qr", "group_code")),
            "language": chance.choice(("en", "cy", "pl")),
            "answers": json.dumps(answers),
            "age_band": chance.choice(ages),
            "place": chance.choice(places),
            "speaker": None,
            "may_be_quoted": False,
            "is_unlinked": False,
        }


if __name__ == "__main__":
    main(sys.argv[1:])
