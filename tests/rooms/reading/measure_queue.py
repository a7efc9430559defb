"""What a page of the officer's queue costs beside very many views: `python -m tests.rooms.reading.measure_queue [--many 100000]`.

So many views wait, in every lane and from several activities and languages, and half as many again were read before. Processor time of a page, ours
and the database server's for it: the median of 15, on both databases.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, insert, select, text
from werkzeug.test import TestResponse

from tests.making import an_activity, member_visitor, people_to_read, the
from tests.peers import postgres_url
from voice import storage
from voice.config import read_settings
from voice.extensions import db
from voice.inviting.models import InvitedGroup
from voice.keeping.models import Submission, View
from voice.reading.models import Fingerprint, InLine, Reading, SetAside
from voice.reading.repeats import fingerprint, plain
from voice.reading.rules import REST, TO_SORT
from voice.safeguarding.models import Screening
from voice.storage import migrate
from voice.understanding.models import Sorting
from voice.wiring import create_app

BAR = 30.0  # milliseconds of processor time
TIMES = 15
DAYS = 200
AT_ONCE = 2000
SAID = (
    "The bus comes once a day and it is late, so I cannot stay for football.",
    "Please mend the street lights by the park, it is dark at five o’clock in winter.",
    "I like the library because it is warm and the people there are kind to us.",
    "Mae angen lle i ni gwrdd ar ôl ysgol yn y dref.",
    "W szkole jest za głośno i nie mam gdzie usiąść.",
)
LANGUAGES = ("en", "en", "en", "cy", "pl")
RUSH, ALIKE, NEAR = uuid.UUID(int=11), uuid.UUID(int=12), uuid.UUID(int=13)


@dataclass
class Rows:
    """Rows to put in, by table, in the order in which they lean on each other."""

    tables: dict[type[Any], list[dict[str, Any]]] = field(
        default_factory=lambda: {kind: [] for kind in (Submission, View, Screening, SetAside, Fingerprint, Reading, Sorting)}
    )

    def put_in(self) -> None:
        for kind, rows in self.tables.items():
            if rows:
                storage.session().execute(insert(kind), rows)
                rows.clear()
        storage.commit()


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor time of a page: ours (median), the database server's (mean, its clock is coarse); how often it asked the database."""

    name: str
    ours: float
    servers: float
    questions: int

    @property
    def whole(self) -> float:
        return self.ours + self.servers


@dataclass(frozen=True)
class County:
    """Who reads, and what there is to read."""

    activities: list[uuid.UUID]
    officer: uuid.UUID
    hidden: uuid.UUID  # a group whose words are for others


def fill(many: int) -> None:
    """So many views that wait, and half as many that were read."""
    people_to_read()
    activities = [an_activity(f"asked-{number}") for number in range(4)]
    group = {"activity_id": activities[0], "kind": "targeted", "audience": "care leavers", "expires_on": storage.today(), "one_use": False}
    hidden = InvitedGroup(name="A group", **group)
    storage.session().add(hidden)
    storage.commit()
    county, rows, chance = County(activities, the("officer"), hidden.id), Rows(), random.Random(5)
    marks = [(fingerprint(words), len(plain(words))) for words in SAID]
    for number in range(many + many // 2):
        _one(rows, county, number / many, chance, marks[number % len(SAID)])
        if number % AT_ONCE == AT_ONCE - 1:
            rows.put_in()
    rows.put_in()


def _one(rows: Rows, county: County, share: float, chance: random.Random, marks: tuple[bytes, int]) -> None:
    """`share`: how far on of those that wait; from 1 on they were read. The oldest are of the hidden group, and then comes a rush: the stretches that
    a page must not walk through."""
    number = int(share * 1e9)
    submission, view, which = uuid.UUID(int=chance.getrandbits(128)), uuid.UUID(int=chance.getrandbits(128)), number % len(SAID)
    day = storage.today() - timedelta(days=int(DAYS * (1 - share % 1)))
    group = RUSH if 0.04 <= share < 0.08 else ALIKE if 0.08 <= share < 0.09 else None
    said = {"activity_id": chance.choice(county.activities), "received_on": day, "language": LANGUAGES[which], "answers": {}, "way_in": "web"}
    key = sha256(submission.bytes).hexdigest()
    rows.tables[Submission].append(
        {
            "id": submission,
            "key_hash": key,
            "receipt_hash": key[::-1],
            "payload_digest": key,
            "group_id": county.hidden if share < 0.04 else None,
            **said,
        }
    )
    rows.tables[View].append(
        {"id": view, "submission_id": submission, "question": "change", "words": SAID[which], "language": LANGUAGES[which], "received_on": day}
    )
    worries, first = chance.random() < 0.02 and share < 1, chance.random() < 0.03
    rows.tables[Screening].append({"submission_id": submission, "is_concern": worries, "read_first": first, "kinds": [], "because": []})
    near = group if group == ALIKE else NEAR if chance.random() < 0.003 else None
    rows.tables[Fingerprint].append({"view_id": view, "marks": marks[0], "letters": marks[1], "group_id": near})
    if group:
        rows.tables[SetAside].append({"submission_id": submission, "group_id": group})
    if share >= 1:
        _was_read(rows, county, view, chance, day)


def _was_read(rows: Rows, county: County, view: uuid.UUID, chance: random.Random, day: Any) -> None:
    held_back = chance.random() < 0.1
    decided = {"decision": "withheld", "reason": "not_readable"} if held_back else {"decision": "cleared", "reason": None}
    rows.tables[Reading].append({"view_id": view, "read_by": county.officer, "read_on": day, "shown_words": None, **decided})
    if not held_back and chance.random() < 0.8:
        rows.tables[Sorting].append({"view_id": view, "sorted_by": county.officer, "sorted_on": day, "suggested": []})


# Pages ----------------------------------------------------------------------------------------------------------------------------------


Ask = Callable[[FlaskClient], TestResponse]


def pages(token: str) -> Iterator[tuple[str, Ask]]:
    """What an officer opens and presses, by name."""
    line = select(InLine.view_id).where(InLine.lane == REST).order_by(InLine.since, InLine.view_id)
    waiting = storage.session().scalars(line).all()
    middle, end, read = (
        waiting[len(waiting) // 2],
        waiting[-30],
        storage.session().scalars(select(InLine.view_id).where(InLine.lane == TO_SORT)).first(),
    )
    storage.session().rollback()
    for path in ("/work", "/work/many"):
        yield f"{path}, the first page", _get(path)
        yield f"{path}, from the middle on", _get(f"{path}?after={middle}")
        yield f"{path}, the last page", _get(f"{path}?after={end}")
    yield "/work, at one view", _get(f"/work?at={middle}")
    yield "/work/view, read before", _get(f"/work/view/{read}")
    for path in ("/work/sort", "/work/sort/together", "/work/set-aside", "/work/themes", "/work/start", "/work/pictures", "/work/mine"):
        yield path, _get(path)
    for name, group in (("in a rush", RUSH), ("alike and set aside", ALIKE), ("alike", NEAR)):
        yield f"/work/alike, {name}", _get(f"/work/alike/{group}")
        yield f"/work/alike, {name}, the last page", _get(f"/work/alike/{group}?page=100000")
    for word in ("football", "zebra"):
        yield f"/work/search, {word}", _post("/work/search", csrf_token=token, wanted=word)
    each = iter(waiting[len(waiting) // 4 :])
    yield "clearing twenty", lambda client: _post("/work/many", csrf_token=token, view=[str(next(each)) for _ in range(20)])(client)
    yield "deciding about one", lambda client: _post(f"/work/view/{next(each)}/decide", csrf_token=token, decision="clear")(client)


def _get(path: str) -> Ask:
    return lambda client: client.get(path)


def _post(path: str, **form: str | list[str]) -> Ask:
    return lambda client: client.post(path, data=form)


def measure(many: int, url: str = "") -> list[Cost]:
    """What each page costs, beside so many views that wait."""
    with tempfile.TemporaryDirectory(prefix="voice-queue-") as folder:
        app = create_app(read_settings({"VOICE_DATA": folder, **({"VOICE_DATABASE_URL": url} if url else {})}, testing=True))
        with app.app_context():
            migrate.upgrade()
            begun = time.perf_counter()
            fill(many)
            _settle()
            print(f"  {db.engine.dialect.name}: {many:,} that wait and {many // 2:,} read put in in {time.perf_counter() - begun:.0f} s", flush=True)
            client = member_visitor(app, ["officer"], "reader@demo.example").client
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/work").get_data(as_text=True))
            assert token
            named = list(pages(token.group(1)))
            asked = _asked()
            db.session.remove()
            costs = [_cost(name, client, ask, asked) for name, ask in named]
            db.engine.dispose()
    return costs


def _settle() -> None:
    """As the database server does by itself after a while; its work on a page stays in one process, so that it can be measured."""
    if db.engine.dialect.name == "postgresql":
        db.session.remove()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f'ALTER DATABASE "{db.engine.url.database}" SET max_parallel_workers_per_gather = 0'))
            connection.execute(text("VACUUM ANALYZE"))
        db.engine.dispose()


def _asked() -> list[str]:
    """Every question to the database from now on."""
    found: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: found.append(given[2]))
    return found


def _cost(name: str, client: FlaskClient, ask: Ask, asked: list[str]) -> Cost:
    ask(client)  # once, so that templates are there
    asked.clear()
    servers, processor, taken = _servers(), 0.0, []
    for _ in range(TIMES):
        processor = time.process_time()
        reply = ask(client)
        taken.append(1000 * (time.process_time() - processor))
        assert reply.status_code in (200, 303), f"{name}: {reply.status}"
    return Cost(name, statistics.median(taken), 1000 * (_servers() - servers) / TIMES, len(asked) // TIMES)


def _servers() -> float:
    """Processor seconds of the processes of PostgreSQL that serve us; 0 on SQLite, which is in ours."""
    if db.engine.dialect.name == "sqlite":
        return 0.0
    with db.engine.connect() as connection:
        numbers = connection.execute(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")).scalars().all()
    told = [Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for each in numbers]
    return sum(int(each[11]) + int(each[12]) for each in told) / os.sysconf("SC_CLK_TCK")


def main(given: list[str] | None = None) -> None:
    """Print what each page costs on both databases, the dearest first."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--many", type=int, default=100_000)
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    told = asked.parse_args(given if given is not None else [])
    for kind in (told.only,) if told.only else ("sqlite", "postgresql"):
        for each in sorted(measure(told.many, postgres_url("queue") if kind == "postgresql" else ""), key=lambda one: -one.whole):
            mark = "" if each.whole <= BAR else f"   over {BAR:.0f}"
            print(f"  {each.name:<46} {each.whole:7.1f} ms ({each.ours:.1f} and {each.servers:.1f}), {each.questions:>4} questions{mark}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
