"""Power cuts (bar R2): what was acknowledged is there after each, whatever became of what was not synced.

    python -m tests.soaks.power [--cuts 200] [--count 150] [--database sqlite|postgres|both]

A real server, and PostgreSQL with it, run under strace while phones send submissions and pictures. From the trace the disk is laid out as it may be
at any moment (`disk` says what is assumed): at random ones, and right after a receipt was written to a phone. Each is opened as the next start
does, with the database's own recovery, and held against what had been told by then (`ledger`); at every twentieth the server itself is started.

Then the same with syncs that say they were done and were not: there it must find losses, else it would find none where there are some.
Prints a table; ends with 1 where anything was lost or halved, or where the lie was not found out.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shlex
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil
import psycopg
from sqlalchemy import create_engine, text

from tests.clients import OPEN, Phone, Server, a_drawing, a_message, at_once, prepare, start, wait_until_up
from tests.soaks import tracing
from tests.soaks.disk import MODES, Disk
from tests.soaks.ledger import BAD, FORGET_NOT, Drawn, Found, Ledger, hold_against, pictures, table
from tests.soaks.postgres import PROGRAMS, Postgres, hand_over_all, without_root
from voice.config import read_settings

PHONES: Final = 6
PICTURE_EVERY: Final = 6
LONGEST: Final = 400.0  # seconds for all submissions, under strace
START_EVERY: Final = 20
MADE_ANEW: Final = ("receipt.key", "session.key", "contact.key", "news.key", "phone.key")
"""Keys that nothing hangs on before the first submission: they are made while we look."""
MEMORY: Final = Path("/dev/shm")  # a folder of our own with a random name is made in it


@dataclass
class Seen:
    """What a run left: how it began, the trace, and what was told."""

    first: Path
    root: Path
    trace: Path
    ledger: Ledger
    by_words: dict[tuple[str, ...], str] = field(default_factory=dict)  # key by receipt


def watched(folder: Path, database: str, count: int, drawn: list[Drawn], *, lies: bool) -> Seen:
    """Run a server under strace while phones send `count` submissions. `folder` is empty, or holds a prepared `root/data` for SQLite."""
    root = folder / "root"
    root.mkdir(exist_ok=True)
    postgres = Postgres(root / "pg", log=folder / "pg.log") if database == "postgres" else None
    if postgres:
        postgres.make()
        postgres.start()
    if not (root / "data").exists():
        prepare(root / "data", postgres.url if postgres else None)
    _forget_keys(root / "data", read_settings(_environment(root, postgres), testing=True).database_url)
    if postgres:
        postgres.stop()
    shutil.copytree(root, folder / "first")
    seen = Seen(folder / "first", root, folder / "trace", Ledger())
    told = _environment(root, postgres)
    server = start(told, folder / "server.log", before=[*tracing.command(seen.trace, lies=lies), *(_with(postgres) if postgres else [])])
    try:
        wait_until_up(server)
        _send(seen, server, count, drawn, postgres)
    finally:
        _end(server)
    return seen


def _forget_keys(data: Path, url: str) -> None:
    for key in MADE_ANEW:
        (data / key).unlink(missing_ok=True)
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM key_mark"))
    engine.dispose()


def _environment(root: Path, postgres: Postgres | None) -> dict[str, str]:
    told = {"VOICE_DATA": str(root / "data"), "VOICE_FRONT_SERVERS": "1"}
    return told | ({"VOICE_DATABASE_URL": postgres.url} if postgres else {})


def _with(postgres: Postgres) -> list[str]:
    """A shell that starts PostgreSQL and, once it answers, what follows: all under one strace, so that all has one order."""
    run = shlex.join(without_root(postgres.command()))
    ready = shlex.join([str(PROGRAMS / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(postgres.port)])
    out = shlex.quote(str(postgres.log))
    return ["sh", "-c", f'{run} >>{out} 2>&1 & until {ready}; do sleep 0.2; done; exec "$@"', "sh"]


def _send(seen: Seen, server: Server, count: int, drawn: list[Drawn], postgres: Postgres | None) -> None:
    end = time.monotonic() + LONGEST

    def phone(number: int) -> None:
        chance, own = random.Random(number), Phone(server.port, address=f"192.0.2.{number + 1}")
        for one in range(count // PHONES):
            with_picture = (one + number) % PICTURE_EVERY == 0
            message = a_drawing(chance, chance.choice(drawn).sent) if with_picture else a_message(chance)
            seen.ledger.send(message)
            said = own.send_until_told(message, end)
            assert said.acknowledged, said.status
            seen.ledger.tell(said)
            seen.by_words[said.receipt] = message["key"]
        own.hang_up()

    is_over = threading.Event()
    checkpoints = threading.Thread(target=_checkpoints, args=(postgres, is_over))
    if postgres:
        checkpoints.start()
    broken = at_once(PHONES, phone)
    is_over.set()
    assert not broken, broken


def _checkpoints(postgres: Postgres, is_over: threading.Event) -> None:
    """More often than it would by itself, so that its log begins anew in the middle."""
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        while not is_over.wait(2.0):
            connection.execute("CHECKPOINT")


def _end(server: Server) -> None:
    """Kill what is watched, not who watches: the trace is written to its end then."""
    watching = psutil.Process(server.started.pid)
    for each in reversed(watching.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            each.kill()
    server.started.wait(60)


def cuts(seen: Seen, many: int, chance: random.Random, *, deaf: bool = False) -> Iterator[tuple[int, Disk, set[str]]]:
    """So many moments in the order of time: half of them right after a receipt was told. Each with the disk, and the keys told of by then.
    `deaf`: a disk that hears no sync."""
    events = list(tracing.read(seen.trace, seen.root, seen.root / "pg"))
    told = [number for number, event in enumerate(events) if event.words in seen.by_words]
    assert told, "no receipt was seen in the trace"
    at_receipts = chance.choices(told, k=many // 2)
    chosen = Counter(at_receipts + chance.choices(range(told[0], len(events)), k=many - len(at_receipts)))
    disk, keys = Disk(seen.first, seen.root), set[str]()
    for number, event in enumerate(events):
        if not (deaf and event.what == "sync"):
            disk.see(event)
        if event.words in seen.by_words:
            keys.add(seen.by_words[event.words])
        for _ in range(chosen[number]):
            yield number, disk, keys


def trial(database: str, many: int, count: int, seed: int, *, lies: bool = False) -> Found:
    """All cuts of one run; what was found at each, summed."""
    folder = Path(tempfile.mkdtemp(prefix="voice-power-"))
    memory = Path(tempfile.mkdtemp(prefix="voice-power-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    for each in (folder, memory):
        each.chmod(0o755)  # PostgreSQL runs as somebody else
    sums, chance, drawn = Found(), random.Random(seed), pictures()
    try:
        seen = watched(folder, database, count, drawn, lies=lies)
        for number, (at, disk, keys) in enumerate(cuts(seen, many, chance)):
            mode = MODES[number % len(MODES)]
            target = memory / str(number)
            disk.lay_out(target, mode, chance)
            found = opened(target, database, seen.ledger, keys, drawn, starts=not lies and number % START_EVERY == 0)
            shutil.rmtree(target)
            sums.counts.update({**found.counts, "power cuts": 1, f"of them, unsynced: {mode}": 1, "cuts with a loss": int(found.bad > 0)})
            sums.counts["acknowledged and looked for"] += len(keys)
            sums.faults += [f"cut {number} at {at} ({mode}): {line}" for line in found.faults]
        sums.counts["submissions"] = len(seen.ledger.told)
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(memory)
    return sums


def opened(target: Path, database: str, ledger: Ledger, keys: set[str], drawn: list[Drawn], *, starts: bool) -> Found:
    """Open what is left as the next start does, and compare."""
    then = Ledger(sent=ledger.sent, told={key: ledger.told[key] for key in keys})
    postgres = Postgres(target / "pg", log=target / "pg.log") if database == "postgres" else None
    if postgres:
        hand_over_all(postgres.folder)
        try:
            postgres.start()
        except AssertionError as away:
            found = Found(Counter(lost=len(keys)))
            found.wrong("faults in the database", away)
            return found
    try:
        told = _environment(target, postgres)
        if starts:
            _start_once(told, target / "server.log")
        url = read_settings({**told, "VOICE_DATA": str(target)}, testing=True).database_url if postgres else f"sqlite:///{target}/data/voice.db"
        found = hold_against(then, url, target / "data", drawn, tidied=False)
        found.counts["starts of the server"] = int(starts)
    finally:
        if postgres:
            postgres.stop("immediate")
    return found


def _start_once(told: dict[str, str], log: Path) -> None:
    server = start(told, log)
    try:
        wait_until_up(server)
        wait_until_up(server, f"/take-part/{OPEN}")
    finally:
        server.kill_group()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soaks.power")
    parser.add_argument("--cuts", type=int, default=200, help="for each database")
    parser.add_argument("--count", type=int, default=150, help="submissions, for each database")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args(arguments)
    if tracing.STRACE is None:
        print("There is no strace here: no power was cut.")
        return 1
    columns: dict[str, Counter[str]] = {}
    failed = False
    for database in ("sqlite", "postgres") if asked.database == "both" else (asked.database,):
        honest = trial(database, asked.cuts, asked.count, asked.seed)
        print(f"{database}: {honest.counts['power cuts']} power cuts, {honest.bad} faults; now with syncs that do nothing", flush=True)
        lying = trial(database, max(6, asked.cuts // 10), asked.count // 3, asked.seed, lies=True)
        columns |= {database: honest.counts, f"{database}, lying": lying.counts}
        for line in honest.faults[:FORGET_NOT]:
            print(f"{database}: {line}", flush=True)
        if not lying.counts["cuts with a loss"]:
            print(f"{database}: syncs did nothing, and it was not found out")
        failed |= bool(honest.bad) or not lying.counts["cuts with a loss"]
    print(table(f"Power cuts, seed {asked.seed}", {name: {**counts, **{bad: counts[bad] for bad in BAD}} for name, counts in columns.items()}))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
