"""What one visit and one submission cost: processor time, bytes over the net and on the disk, memory, on both databases. Printed by `make bench`.

    python -m tests.rooms.listening.measure_costs [--count 40] [--write]

A real server (`voice serve`) is asked for one kind of thing at a time, and its processes’ own processor time is read before and after; what it
takes while nobody asks anything is taken off. `--write` keeps the figures in tests/soaks/costs.json, from which `tests.soaks.scale` makes
the tables of docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil
import psycopg

from tests.clients import OPEN, Phone, Server, serving
from tests.soaks.households import DRAWING, Database, a_county, outcome_of, the_database, used
from tests.soaks.walking import Asked, Child, an_answer

FILE: Final = Path(__file__).resolve().parents[2] / "soaks" / "costs.json"
PUBLIC: Final = ("/", "/plan", "/you-said-we-did", "/help-now", "/take-part", "/privacy")
IDLE: Final = 12.0  # seconds
COMMITS: Final = 3.0  # seconds for each number of connections


@dataclass
class Place:
    """A server, its database, and what was asked of it."""

    server: Server
    database: Database
    data: Path
    idle: tuple[float, float] = (0.0, 0.0)  # seconds of processor time a second when nobody asks: web, database
    asked: list[Asked] = field(default_factory=list)

    def child(self, number: int) -> Child:
        """Each from another home, so that none is a rush."""
        return Child(Phone(self.server.port, address=f"100.64.{number // 250}.{number % 250 + 1}"), self.asked.append, random.Random(number))

    def cost(self, act: Callable[[int], object], count: int) -> tuple[float, float]:
        """Milliseconds of processor time that one of so many takes: of the web processes, and of the database’s."""
        before = used(self.server.started.pid, self.database.pid)
        for number in range(count):
            act(number)
        after = used(self.server.started.pid, self.database.pid)
        wall = after.at - before.at
        web, database = after.busy - before.busy - self.idle[0] * wall, after.database - before.database - self.idle[1] * wall
        return round(1000 * max(0.0, web) / count, 2), round(1000 * max(0.0, database) / count, 2)

    def rest(self) -> None:
        before = used(self.server.started.pid, self.database.pid)
        time.sleep(IDLE)
        after = used(self.server.started.pid, self.database.pid)
        self.idle = ((after.busy - before.busy) / IDLE, (after.database - before.database) / IDLE)


def processor(place: Place, count: int) -> dict[str, tuple[float, float]]:
    """Of each kind of request."""
    acts: dict[str, Callable[[int], object]] = {
        "first page": lambda n: place.child(n).page(f"/take-part/{OPEN}"),
        "file": lambda n: place.child(n).page(files[n % len(files)]),
        "page": lambda n: place.child(n).fetch("page", "POST", f"/take-part/{OPEN}/answers", b"w=older&go=next", FORM),
        "whole survey": lambda n: place.child(n).page(f"/take-part/{OPEN}/all?w=older"),
        "submit by API": lambda n: place.child(10_000 + n).send(an_answer(random.Random(f"api {n}"))),
        "receipt": lambda n: place.child(n).receipt(words),
        "read": lambda n: place.child(n).page(PUBLIC[n % len(PUBLIC)]),
    }
    child = place.child(1)
    child.first_page(OPEN)
    files = [path for path in child.kept if path.startswith("/static/")]
    words = child.by_forms(OPEN)[1]
    for act in acts.values():  # once, so that every part is in memory
        act(20_000)
    place.rest()
    found = {kind: place.cost(act, count) for kind, act in acts.items()}
    found["first page again"] = place.cost(lambda n: child.page(f"/take-part/{OPEN}"), count)
    return found | visits(place, max(8, count // 4), found)


FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


def visits(place: Place, count: int, known: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Of whole visits: page by page; by the phone’s own pages; and page by page with a drawing."""
    ways = {
        "visit by forms": lambda n: _visit(place.child(30_000 + n), OPEN, by_forms=True),
        "visit by phone": lambda n: _visit(place.child(40_000 + n), OPEN, by_forms=False),
        "visit with a drawing": lambda n: _visit(place.child(50_000 + n), DRAWING, by_forms=True),
    }
    return {name: place.cost(way, count) for name, way in ways.items()}


def _visit(child: Child, slug: str, *, by_forms: bool) -> None:
    child.receipt((child.by_forms if by_forms else child.by_phone)(slug)[1])
    child.phone.hang_up()


def net(place: Place) -> dict[str, tuple[int, int]]:
    """Bytes sent to the server and back in a whole visit, without TLS and TCP: median of five."""
    found = {}
    for name, slug, by_forms in (("visit by forms", OPEN, True), ("visit by phone", OPEN, False), ("visit with a drawing", DRAWING, True)):
        taken = []
        for number in range(5):
            place.asked.clear()
            _visit(place.child(60_000 + number), slug, by_forms=by_forms)
            taken.append((sum(each.sent for each in place.asked), sum(each.received for each in place.asked)))
        found[name] = (int(statistics.median(sent for sent, _ in taken)), int(statistics.median(received for _, received in taken)))
    return found


def disk(place: Place, environment: dict[str, str], count: int) -> dict[str, float]:
    """Bytes that a submission without a picture takes in the database, once it is counted and compared; bytes written for it; bytes of a drawing;
    and processor time of the work behind it, in milliseconds."""
    before, written, begun = _size(place), _written(place), used(place.server.started.pid, place.database.pid)
    keys: dict[str, bool] = {}
    for number in range(count):
        message = an_answer(random.Random(f"disk {number}"))
        keys[message["key"]] = bool(place.child(70_000 + number).send(message))
    sent = used(place.server.started.pid, place.database.pid)
    outcome_of(environment, {"all": keys}, time.monotonic() + 120)
    done = used(place.server.started.pid, place.database.pid)
    after, own = _size(place), _written(place)
    drawings = _of_folder(place.data / "files")
    for number in range(5):
        place.child(80_000 + number).by_forms(DRAWING)
    behind = done.busy - sent.busy - place.idle[0] * (done.at - sent.at)
    return {
        "database": (after - before) / count,
        "written": (own - written) / count,
        "drawing": (_of_folder(place.data / "files") - drawings) / 5,
        "behind": 1000 * max(0.0, behind) / count,
        "a second, one after another": count / (sent.at - begun.at),
    }


def _size(place: Place) -> int:
    """Bytes of the database, whatever waits in its log folded back."""
    if place.database.folder:
        with psycopg.connect(place.database.environment["VOICE_DATABASE_URL"], autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
            return int(row[0]) if row else 0
    return (place.data / "voice.db").stat().st_size + (place.data / "voice.db-wal").stat().st_size


def _written(place: Place) -> int:
    """Bytes handed to the disk so far: by the web processes, which are SQLite; of PostgreSQL what its log holds."""
    if place.database.folder:
        with psycopg.connect(place.database.environment["VOICE_DATABASE_URL"], autocommit=True) as connection:
            row = connection.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint").fetchone()
            return int(row[0]) if row else 0
    every = (psutil.Process(place.server.started.pid), *psutil.Process(place.server.started.pid).children(recursive=True))
    return sum(each.io_counters().write_bytes for each in every)


def _of_folder(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else 0


def commits(url: str) -> dict[str, float]:
    """Commits a second that PostgreSQL makes on this disk, each of one submission and three views and synced, from 1, 8 and 32 connections."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (id uuid PRIMARY KEY, words text, day date)")
    found = {}
    for lines in (1, 8, 32):
        made, end = [0] * lines, time.monotonic() + COMMITS
        threads = [threading.Thread(target=_commit, args=(url, made, number, end)) for number in range(lines)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        found[str(lines)] = sum(made) / COMMITS
    return found


def _commit(url: str, made: list[int], number: int, end: float) -> None:
    with psycopg.connect(url) as connection:
        while time.monotonic() < end:
            for _ in range(4):
                connection.execute("INSERT INTO bare VALUES (gen_random_uuid(), %s, current_date)", ("word " * 12,))
            connection.commit()
            made[number] += 1


def measured(kind: str, count: int) -> dict[str, Any]:
    """All figures of one database."""
    with tempfile.TemporaryDirectory(prefix="voice-costs-") as folder, the_database(kind) as database:
        data = Path(folder) / "data"
        environment = {"VOICE_DATA": str(data), "VOICE_FRONT_SERVERS": "1", **database.environment}
        a_county(environment, demo=False)
        with serving(environment, Path(folder) / "log") as server:
            place = Place(server, database, data)
            found: dict[str, Any] = {"processor": processor(place, count), "net": net(place), "disk": disk(place, environment, 4 * count)}
            found["memory"] = used(server.started.pid).memory
        if database.pid:
            found["commits"] = commits(database.environment["VOICE_DATABASE_URL"])
    return found


def tell(kind: str, found: dict[str, Any]) -> None:
    print(f"  {kind}: milliseconds of processor time, web and database")
    for name, (web, database) in found["processor"].items():
        print(f"    {name:<24}{web:>8.1f}{database:>8.1f}")
    for name, (sent, received) in found["net"].items():
        print(f"    {name:<24}{sent / 1000:>8.1f} kB to us, {received / 1000:.1f} kB from us")
    on = {name: value / 1000 for name, value in found["disk"].items()}
    print(f"    on the disk, kB: {on['database']:.1f} in the database, {on['written']:.1f} written for it, a drawing {on['drawing']:.0f}")
    print(f"    work behind a submission (counting, comparing): {found['disk']['behind']:.1f} ms")
    print("    memory, MB: " + ", ".join(f"{name} {size:.0f}" for name, size in found["memory"].items()))
    if "commits" in found:
        print("    commits a second: " + ", ".join(f"{rate:.0f} from {lines}" for lines, rate in found["commits"].items()) + " connections")


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.rooms.listening.measure_costs")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    found = {kind: measured(kind, asked.count) for kind in ("sqlite", "postgres")}
    for kind, figures in found.items():
        tell(kind, figures)
    if asked.write:
        about = {"day": time.strftime("%Y-%m-%d"), "machine": f"{psutil.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"}
        FILE.write_text(json.dumps(about | found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
