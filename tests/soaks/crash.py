"""The crash rig (bars R1 and R11): what was acknowledged is there afterwards, whole and once, however often the server is killed.

    python -m tests.soaks.crash [--count 1000] [--kills 25] [--phones 20] [--database sqlite|postgres|both]

Real servers over the net. Phones send submissions, about one in ten with a picture, again and again under the same key until they are told; some
take theirs back. An officer in a process of their own clears, redacts and withholds, and covers pictures. Meanwhile `kill -9` comes down on web
processes, on the whole group (which is then started again), on the officer, and where the database is PostgreSQL on its backends and, as if the
power went, on all of it. At the end everything is killed once more, and what each was told is held against what is there (`ledger`).
Prints a table; ends with 1 where anything was lost, halved or doubled.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.clients import ROOT, Phone, Server, a_drawing, a_message, at_once, free_port, prepare, start, wait_until_up
from tests.soaks.ledger import BAD, FORGET_NOT, Deed, Drawn, Found, Ledger, hold_against, pictures, table
from tests.soaks.officer import COVERED
from tests.soaks.postgres import Postgres
from voice.config import read_settings
from voice.extensions import db
from voice.keeping import tidying
from voice.storage import Lease, now, session
from voice.wiring import create_app
from voice.workers import jobs_of

LONGEST: Final = 1500.0  # seconds for one database
PATIENCE: Final = 120.0  # seconds that who has begun to send goes on asking
PICTURE_EVERY: Final = 10
TAKE_BACK_EVERY: Final = 25
BLOWS: Final = ("a web process", "the whole group", "a web process", "a web process", "a web process", "the officer", "a web process")
BLOWS_TO_POSTGRES: Final = ("a PostgreSQL backend", "all of PostgreSQL")


@dataclass
class Rig:
    """One installation under blows, from when it is made."""

    folder: Path
    postgres: Postgres | None
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    drawn: list[Drawn] = field(default_factory=pictures)
    blows: Counter[str] = field(default_factory=Counter)
    port: int = field(default_factory=free_port)
    server: Server | None = None
    officer: subprocess.Popen[str] | None = None
    processes: int = 3
    closes: float = field(default_factory=lambda: time.monotonic() + LONGEST)  # when nobody begins to send any more
    under_way: int = 0  # requests that phones wait for just now
    pictures_under_way: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        told = {
            "VOICE_DATA": str(self.data),
            "VOICE_FRONT_SERVERS": "1",
            "VOICE_PROCESSES": str(self.processes),
            "VOICE_URL": f"http://localhost:{self.port}",
        }
        return told | ({"VOICE_DATABASE_URL": self.postgres.url} if self.postgres else {})

    def start(self) -> None:
        self.server = start(self.environment, self.folder / "server.log", port=self.port)

    @property
    def struck(self) -> int:
        """Blows that hit."""
        return sum(self.blows[what] for what in {*BLOWS, *BLOWS_TO_POSTGRES})

    def end(self) -> None:
        self.is_over.set()
        if self.server:
            self.server.kill_group()
        self._kill_officer()

    # --- people

    def phone(self, number: int, how_many: int) -> None:
        """One young person after another on this phone."""
        chance = random.Random(self.chance.random() + number)
        phone = Phone(self.port, address=f"192.0.2.{number + 1}", timeout=30)
        for count in range(how_many):
            if time.monotonic() > self.closes:
                return
            end = self.closes + PATIENCE
            with_picture = (number + count) % PICTURE_EVERY == 0
            message = a_drawing(chance, chance.choice(self.drawn).sent) if with_picture else a_message(chance)
            self.ledger.send(message)
            with self.waiting(with_picture):
                said = phone.send_until_told(message, end, 0.1)
            if said.acknowledged:
                self.ledger.tell(said)
            if said.acknowledged and chance.randrange(TAKE_BACK_EVERY) == 0:
                self.ledger.asked_back.add(message["key"])
                if phone.take_back(said.receipt, end, 0.1):
                    self.ledger.gone.add(message["key"])
        phone.hang_up()

    @contextmanager
    def waiting(self, with_picture: bool) -> Iterator[None]:
        with self.lock:
            self.under_way, self.pictures_under_way = self.under_way + 1, self.pictures_under_way + with_picture
        yield
        with self.lock:
            self.under_way, self.pictures_under_way = self.under_way - 1, self.pictures_under_way - with_picture

    def employ(self) -> None:
        """The officer works, and is followed by another wherever they end, until it is over."""
        while not self.is_over.is_set():
            command = [sys.executable, "-m", "tests.soaks.officer"]
            told = {**os.environ, **self.environment, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
            with (self.folder / "officer.log").open("ab") as log:
                self.officer = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, stderr=log, text=True)
            assert self.officer.stdout
            for line in self.officer.stdout:
                if line.endswith("\n") and len(line.split()) == len(Deed._fields):
                    self.ledger.deeds.add(Deed(*line.split()))
            self.officer.wait()

    # --- blows

    def strike(self, what: str) -> None:
        """One blow, in the middle of somebody's request."""
        self.wait_for_somebody()
        self.blows["while a picture was sent"] += self.pictures_under_way > 0
        if what == "a web process":
            self.blows[what] += self._kill_worker()
        elif what == "the officer":
            self.blows[what] += self._kill_officer()
        elif what == "the whole group":
            self._kill_group()
            self.blows[what] += 1
        elif self.postgres and what == "a PostgreSQL backend":
            self.blows[what] += self.postgres.kill_backend(self.chance)
        elif self.postgres:
            self.postgres.stop("immediate")
            self.postgres.start()
            self.blows[what] += 1

    def wait_for_somebody(self) -> None:
        """Every second blow waits for a picture on its way; then a moment more, that nobody chose."""
        wants_picture, end = self.chance.random() < 0.5, time.monotonic() + 3
        while time.monotonic() < end and not (self.pictures_under_way if wants_picture else self.under_way):
            time.sleep(0.002)
        time.sleep(self.chance.random() * 0.12)

    def _kill_worker(self) -> bool:
        workers = self.server.workers if self.server else []
        with contextlib.suppress(ProcessLookupError):
            if workers:
                os.kill(self.chance.choice(workers).pid, signal.SIGKILL)
                return True
        return False

    def _kill_officer(self) -> bool:
        if self.officer is None or self.officer.poll() is not None:
            return False
        self.officer.kill()
        return True

    def _kill_group(self) -> None:
        assert self.server
        self.server.kill_group()
        self.start()
        wait_until_up(self.server)


def run(database: str, count: int, kills: int, phones: int, seed: int, seconds: float = LONGEST) -> tuple[Rig, Found]:
    """One database from the first start to the last comparison; after so many seconds nobody begins to send any more."""
    folder = Path(tempfile.mkdtemp(prefix=f"voice-crash-{database}-"))
    folder.chmod(0o755)  # PostgreSQL runs as somebody else
    postgres = Postgres(folder / "pg") if database == "postgres" else None
    rig = Rig(folder, postgres, random.Random(seed))
    try:
        if postgres:
            postgres.make()
            postgres.start()
        prepare(rig.data, postgres.url if postgres else None)
        rig.closes = time.monotonic() + seconds
        under_blows(rig, count, kills, phones)
        return rig, afterwards(rig)
    finally:
        rig.end()
        if postgres:
            postgres.stop("immediate")
        shutil.rmtree(folder)


def under_blows(rig: Rig, count: int, kills: int, phones: int, *, with_officer: bool = True) -> None:
    """Send, strike, and in the end kill everything. Whoever calls ends the rig."""
    rig.start()
    assert rig.server
    wait_until_up(rig.server)
    officer = threading.Thread(target=rig.employ if with_officer else rig.is_over.wait, daemon=True)
    officer.start()
    sending = threading.Thread(target=lambda: broken.extend(at_once(phones, lambda number: rig.phone(number, count // phones))), daemon=True)
    broken: list[BaseException] = []
    sending.start()
    kinds = BLOWS + (BLOWS_TO_POSTGRES if rig.postgres else ())
    for blow in itertools.count():
        while sending.is_alive() and len(rig.ledger.told) < count * rig.struck / (kills + 1):
            time.sleep(0.005)
        if rig.struck >= kills or not sending.is_alive():
            break
        rig.strike(kinds[blow % len(kinds)])
    sending.join(LONGEST + PATIENCE)
    assert not broken, broken
    rig.end()  # the last blow: what is compared is what a next start finds
    officer.join(30)


def afterwards(rig: Rig) -> Found:
    """What is there. PostgreSQL starts once more from what it had; the tidying that the worker does every hour is done two hours later."""
    if rig.postgres:
        rig.postgres.stop("immediate")
        rig.postgres.start()
    app = create_app(read_settings(rig.environment, testing=True))
    with app.app_context():
        seen = tidying.look(now() + timedelta(hours=2))
        tidying.mend(seen)
        session().commit()
        longest = {job.name: job.lease for job in jobs_of(app).all()}
        stuck = [lease.job for lease in session().query(Lease) if lease.until > now() + longest.get(lease.job, timedelta(0))]
        session().rollback()
        db.engine.dispose()
        url = read_settings(rig.environment, testing=True).database_url
    found = hold_against(rig.ledger, url, rig.data, rig.drawn, COVERED.sizes)
    found.counts["files nobody knew, tidied"] = len(seen.without_row)
    for file in (*seen.lost, *seen.torn):
        found.wrong("row without its file", file)
    for job in stuck:
        found.wrong("faults in the database", f"the lease of {job} does not end")
    if rig.postgres:
        rig.postgres.stop()
        for line in rig.postgres.checksums():
            found.wrong("faults in the database", line)
        rig.postgres.start()
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soaks.crash")
    parser.add_argument("--count", type=int, default=1000, help="submissions, for each database")
    parser.add_argument("--kills", type=int, default=25, help="blows, for each database")
    parser.add_argument("--minutes", type=float, default=LONGEST / 60, help="for each database, at most: then fewer are sent, and fewer blows fall")
    parser.add_argument("--phones", type=int, default=20)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args(arguments)
    columns, bad = {}, 0
    for database in ("sqlite", "postgres") if asked.database == "both" else (asked.database,):
        begun = time.monotonic()
        rig, found = run(database, asked.count, asked.kills, asked.phones, asked.seed, asked.minutes * 60)
        told = rig.ledger.counts()
        columns[database] = {
            **told,
            **rig.blows,
            **found.counts,
            **{what: found.counts[what] for what in BAD},
            "seconds": int(time.monotonic() - begun),
        }
        unanswered = told["sent"] - told["acknowledged"]
        bad += found.bad + unanswered
        for line in found.faults[:FORGET_NOT]:
            print(f"{database}: {line}", flush=True)
        if rig.struck < asked.kills:
            print(f"{database}: only {rig.struck} blows of {asked.kills} fell before all was sent", flush=True)
            bad += 1
        if unanswered:
            print(f"{database}: {unanswered} phones were never told", flush=True)
    print(table(f"Crash rig, seed {asked.seed}", columns))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
