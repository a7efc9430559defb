"""Every revision with ten thousand awkward rows, up to today's and one step back; and `voice migrate` killed in the middle, again and again (bar R9).

    python -m tests.soaks.migrations [--rows N] [--count KILLS] [--only sqlite|postgresql] [--since 0004]

From each revision on, step by step to the newest, one step down and up again: every row of every table that was there is as it was, by a digest
of what the database itself writes. Then real processes are killed (SIGKILL) at moments drawn by chance while they migrate; whatever stands
afterwards is as it was, and the next run comes to its end. Exit code 1 where a row differs.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import text

from tests.clients import COMMAND, ROOT
from tests.migrating import Awkward, Known, columns_of, differences, rows_of
from tests.peers import postgres_url
from voice.config import read_settings
from voice.extensions import db
from voice.storage import migrate
from voice.wiring import create_app

KINDS: Final = ("sqlite", "postgresql")
WENT: Final = {"verdict": "answer_verdict", "released_cell": None}
"""Tables that a revision took away on purpose, and where their rows are now: a release keeps its figures in one document since 0007."""


@dataclass(frozen=True)
class Seeded:
    """A database of an old revision with awkward rows in it; it stays as it is, and others are copied from it."""

    kind: str
    revision: str
    folder: Path
    url: str | None
    known: Known
    rows: dict[str, set[str]]

    @property
    def count(self) -> int:
        return sum(len(each) for each in self.rows.values())

    @contextmanager
    def copy(self) -> Iterator[dict[str, str]]:
        """A copy; the environment in which our commands speak to it."""
        with tempfile.TemporaryDirectory(prefix="voice-copy-") as folder:
            environment = {"VOICE_DATA": folder}
            if self.url is None:
                shutil.copy(self.folder / "voice.db", Path(folder) / "voice.db")
            else:
                environment["VOICE_DATABASE_URL"] = _copied(self.url, Path(folder).name)
            yield environment


def _copied(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True, dbname="postgres") as connection:
        of = str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(of)))
    return url.replace(f"/{of}", f"/{name}")


@contextmanager
def speaking(environment: dict[str, str]) -> Iterator[Flask]:
    app = create_app(read_settings(environment, testing=True))
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def seeded(kind: str, revision: str, count: int, chance: random.Random) -> Iterator[Seeded]:
    """A new database of this kind, at this revision, with about so many rows."""
    with tempfile.TemporaryDirectory(prefix="voice-seed-") as folder, tempfile.TemporaryDirectory(prefix="voice-twin-") as other:
        url = postgres_url(Path(folder).name) if kind == "postgresql" else None
        with speaking({"VOICE_DATA": other}):
            migrate.upgrade(revision)
            twin = db.engine
            with speaking({"VOICE_DATA": folder, **({"VOICE_DATABASE_URL": url} if url else {})}):
                migrate.upgrade(revision)
                Awkward(db.engine, twin, chance).fill(count)
                known = columns_of(db.engine)
                rows = rows_of(db.engine, known)
        yield Seeded(kind, revision, Path(folder), url, known, rows)


def revisions() -> list[str]:
    return [f"{number:04d}" for number in range(1, int(migrate.pinned_head()) + 1)]


def found_wrong(seed: Seeded) -> dict[str, str]:
    """Tables of which a row is not as it was in the seed, in the database that is spoken to now."""
    after = rows_of(db.engine, seed.known)
    wrong = {name: many for name, many in differences(seed.rows, after).items() if name not in WENT or name in after}
    return wrong | {f"{name} -> {to}": "rows are missing" for name, to in WENT.items() if to and _lost(seed, name, to)} | _damaged(seed.kind)


def _lost(seed: Seeded, name: str, to: str) -> bool:
    if name not in seed.rows or name in columns_of(db.engine):
        return False
    with db.engine.connect() as connection:
        return (connection.scalar(text(f'SELECT count(*) FROM "{to}"')) or 0) < len(seed.rows[name])  # noqa: S608  # a name of ours


def _damaged(kind: str) -> dict[str, str]:
    if kind != "sqlite":
        return {}
    with db.engine.connect() as connection:
        said = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return ({"integrity": said} if said != "ok" else {}) | ({"rows that hang on nothing": str(len(loose))} if loose else {})


def walk(seed: Seeded) -> list[str]:
    """Up step by step, one down, up again. What was wrong."""
    wrong: list[str] = []
    with seed.copy() as environment, speaking(environment):
        above = [each for each in revisions() if each > seed.revision]
        for step in above:
            migrate.upgrade(step)
            wrong += [f"{seed.kind} {seed.revision} up to {step}: {name}: {many}" for name, many in found_wrong(seed).items()]
        for where, step in (("down", migrate.downgrade), ("up again", migrate.upgrade)):
            step("-1" if where == "down" else migrate.pinned_head())
            if not above and where == "down":
                continue  # from the newest revision one step down takes away what it brought
            wrong += [f"{seed.kind} {seed.revision} {where}: {name}: {many}" for name, many in found_wrong(seed).items() if above]
    return wrong


def kill_once(seed: Seeded, chance: random.Random, usual: float) -> tuple[str | None, float, list[str]]:
    """Kill `voice migrate` in the middle; look; let it run again. The revision the killed one had reached, the seconds the second took, faults."""
    with seed.copy() as environment:
        killed = start(environment)
        _wait_until_begun(seed, environment, killed)
        time.sleep(chance.uniform(0, usual))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        with speaking(environment):
            reached, wrong = migrate.current(), [f"after the kill: {name}: {many}" for name, many in found_wrong(seed).items()]
        begun = time.monotonic()
        again = start(environment)
        code = again.wait(timeout=300)
        with speaking(environment):
            wrong += [f"run again: {name}: {many}" for name, many in found_wrong(seed).items()]
            wrong += [] if code == 0 and migrate.current() == migrate.pinned_head() else [f"run again: ended with {code} at {migrate.current()}"]
        return reached, time.monotonic() - begun, [f"{seed.kind} {seed.revision} {each}" for each in wrong]


def start(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    told = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.Popen([*COMMAND, "migrate"], cwd=ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_until_begun(seed: Seeded, environment: dict[str, str], process: subprocess.Popen[bytes]) -> None:
    """Until it writes (SQLite), or has opened its line (PostgreSQL)."""
    log = Path(environment["VOICE_DATA"]) / "voice.db-wal"
    while process.poll() is None:
        if seed.url is None and log.exists():
            return
        if seed.url is not None and _has_line(environment["VOICE_DATABASE_URL"]):
            return
        time.sleep(0.005)


def _has_line(url: str) -> bool:
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, autocommit=True, dbname="postgres") as connection:
        return connection.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s", [name]).fetchone() is not None


def undisturbed(seed: Seeded) -> float:
    """Seconds from its first line to its end."""
    with seed.copy() as environment:
        process = start(environment)
        _wait_until_begun(seed, environment, process)
        begun = time.monotonic()
        assert process.wait(timeout=300) == 0
        return time.monotonic() - begun


def main(arguments: list[str]) -> int:
    asked = _read(arguments)
    chance, wrong, reached, slowest = random.Random(9), list[str](), Counter[str](), 0.0
    for kind in [asked.only] if asked.only else KINDS:
        for revision in [each for each in revisions() if each >= asked.since]:
            begun = time.monotonic()
            with seeded(kind, revision, asked.rows, chance) as seed:
                faults = walk(seed)
                kills = 0 if revision == migrate.pinned_head() else asked.count
                usual = undisturbed(seed) if kills else 0.0
                for _ in range(kills):
                    where, seconds, found = kill_once(seed, chance, usual)
                    reached[f"{kind} {'in the middle' if where != migrate.pinned_head() else 'after its end'}"] += 1
                    slowest, faults = max(slowest, seconds), faults + found
                took = time.monotonic() - begun
                print(f"{kind} {revision}: {seed.count} rows, {kills} kills ({usual:.1f} s undisturbed), {took:.0f} s", flush=True)
            for fault in faults:
                print(f"  {fault}", flush=True)
            wrong += faults
    print(f"killed: {dict(reached)}; the longest second run took {slowest:.1f} s; {len(wrong)} faults")
    return int(bool(wrong))


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soaks.migrations")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--count", type=int, default=5, help="kills from each revision")
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--since", default="0001")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
