"""How long counting takes: folding very many submissions, and pages that read figures beside very many."""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import text

from tests.making import an_activity, the
from tests.rooms.counting.test_attacker import LEAST, over_time, single
from voice import asking, storage
from voice.config import read_settings
from voice.counting import workers
from voice.counting.releases import begin_release, publish_release
from voice.counting.tallies import fold
from voice.extensions import db
from voice.storage import migrate
from voice.wiring import create_app

AT_ONCE = 5000
FEW, MANY = 1000, 1_000_000
RATIO = 1.5
PER_SECOND = 2000
PAGES = ("/what-we-heard", "/what-we-heard/many", "/what-we-heard/many?by=age_band", "/what-we-heard/many/figures.csv", "/plan")
COLUMNS = (
    "id, purpose, activity_id, key_hash, receipt_hash, payload_digest, received_on, way_in, language, answers, age_band, place, speaker, "
    "may_be_quoted, is_unlinked"
)


def main(given: list[str] | None = None) -> None:
    """Print the figures. `--many` says how many submissions; `--url` another database than SQLite."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--many", type=int, default=MANY)
    asked.add_argument("--url", default="")
    asked.add_argument("--attack", type=int, default=0, help="so many data sets to attack, and a tenth as many counties over twenty releases")
    told = asked.parse_args(given if given is not None else [])
    if told.attack:
        attack(told.attack)
    else:
        measure(told.many, told.url)


def attack(many: int) -> None:
    """The long form of P2 and P3."""
    begun = time.perf_counter()
    made, looked_at, found_out = single(range(1000, 1000 + many))
    print(f"  P2: {many} data sets, {made} releases, {looked_at:,} figures: {len(found_out)} with fewer than {LEAST} possible values")
    there, increments, over = over_time(range(100, 100 + max(1, many // 10)))
    print(f"  P3: {max(1, many // 10)} counties over 20 releases, {there:,} figures and {increments:,} increments: {len(over)} found out")
    print(f"  {time.perf_counter() - begun:.0f} s")


def measure(many: int, url: str = "") -> None:
    app = create_app(read_settings({"VOICE_DATA": tempfile.mkdtemp(prefix="voice-many-"), **({"VOICE_DATABASE_URL": url} if url else {})}))
    with app.app_context():
        migrate.upgrade()
        activity = an_activity("many")
        _put_in(activity, FEW)
        workers.keep_up()
        publish_release(begin_release(activity, the("publisher")), the("publisher"))
        storage.commit()
    few = pages(app)
    with app.app_context():
        taken = _put_in(activity, many - FEW)
        rate = _fold_all()
        publish_release(begin_release(activity, the("publisher")), the("publisher"))
        storage.commit()
        print(f"  {db.engine.dialect.name}: {many:,} submissions put in ({taken:.0f} s), folded at {rate:,.0f} a second (at least {PER_SECOND:,})")
    for path, now in pages(app).items():
        print(f"  {path:<44} {few[path]:7.1f} ms beside {FEW:,}, {now:7.1f} ms beside {many:,}: {now / few[path]:.2f} (at most {RATIO})")


def pages(app: Flask) -> dict[str, float]:
    """Milliseconds of each page that reads figures, median of 15."""
    return {path: _time(app, path) for path in PAGES}


def _time(app: Flask, path: str) -> float:
    client, taken = app.test_client(), []
    for _ in range(15):
        begun = time.process_time()
        assert client.get(path).status_code == 200
        taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken)


def _fold_all() -> float:
    """Submissions folded in a second."""
    begun, done = time.perf_counter(), 0
    while few := fold():
        storage.commit()
        done += few
    return done / max(time.perf_counter() - begun, 1e-9)


def _put_in(activity_id: uuid.UUID, many: int) -> float:
    """Invented submissions with ten answers each, straight into the table. Returns how many seconds it took."""
    begun, rows = time.perf_counter(), _rows(activity_id, many)
    command = text(f"INSERT INTO submission ({COLUMNS}) VALUES ({', '.join(':' + each.strip() for each in COLUMNS.split(','))})")  # noqa: S608
    while part := [row for row, _ in zip(rows, range(AT_ONCE), strict=False)]:
        storage.session().execute(command, part)
        storage.commit()
    return time.perf_counter() - begun


def _rows(activity_id: uuid.UUID, many: int) -> Iterator[dict[str, Any]]:
    chance, sqlite = random.Random(many), db.engine.dialect.name == "sqlite"  # noqa: S311  # invented people
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
