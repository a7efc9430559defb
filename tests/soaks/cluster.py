"""Many machines (issue 8, “Past one machine”): what was acknowledged is kept, once, and no letter goes twice, whatever is killed.

    python -m tests.soaks.cluster [--minutes 6] [--phones 12] [--seed N]

The real thing on loopback (`installation`): three web nodes, two workers, nginx in front. Phones send through nginx, some with a picture, some with
words that worry, some take theirs back, some ask for letters. Meanwhile blows fall: `kill -9` of web nodes and workers, Redis killed and back
empty, nginx told its nodes anew, every connection to PostgreSQL cut, PostgreSQL stopped as if the power went. After each blow a new phone says
how long it takes until somebody is heard again. Then throughput with one, two and three nodes, and whose processor time it takes. At the end
everything is killed, and what was told is held against what is there. Prints its counts; ends with 1 where a bar was not met.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import psutil
import psycopg
from flask import Flask

from tests.clients import Phone, a_drawing, a_message, at_once
from tests.peers import Mailbox
from tests.soaks.installation import Installation, an_installation
from tests.soaks.ledger import BAD, FORGET_NOT, Drawn, Found, Ledger, hold_against, pictures
from voice import workers
from voice.config import read_settings
from voice.extensions import db
from voice.keeping import journal, receipts, tidying
from voice.storage import commit, now
from voice.wiring import create_app

WORRY: Final = "My dad hits me and I am scared to go home"
BLOWS: Final = (
    "a web node",
    "a worker",
    "Redis, back empty",
    "nginx told anew",
    "every line to PostgreSQL",
    "a web node",
    "PostgreSQL itself",
    "both workers",
    "Redis, back empty",
    "two web nodes",
)
BACK: Final = 30.0  # seconds at most until somebody is heard again
WARM: Final = 8.0  # seconds until every node has loaded what it loads once
SETTLE: Final = 150.0  # seconds for what is due to be done after the last blow
LATE: Final = timedelta(seconds=30)
WINDOW, ROUNDS = 8.0, 2  # seconds of one measurement; how often each is taken
ASKED: Final = "Was it you?"


@dataclass
class Rig:
    """The people and the blows."""

    made: Installation
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    drawn: list[Drawn] = field(default_factory=pictures)
    addresses: set[str] = field(default_factory=set)  # who asked for letters, and was told yes
    blows: Counter[str] = field(default_factory=Counter)
    back: list[tuple[str, float]] = field(default_factory=list)  # seconds after each blow
    again: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def phone(self, number: int) -> None:
        """One young person after another, until it is over."""
        chance = random.Random(f"{self.chance.random()} {number}")
        phone = Phone(self.made.nginx.port, timeout=30)
        count = 0
        while not self.over.is_set():
            count += 1
            phone.address = an_address(chance)
            said = self.send(phone, self._message(chance, number + count))
            if said and (number + count) % 25 == 0:
                self._take_back(phone, *said)
            elif said and (number + count) % 9 == 0:
                self._ask_for_letters(phone, *said)
            time.sleep(0.05)  # the rig is not to take the processors from what it tries

    def _message(self, chance: random.Random, turn: int) -> dict[str, Any]:
        if turn % 10 == 0:
            return a_drawing(chance, chance.choice(self.drawn).sent)
        message = a_message(chance)
        if turn % 12 == 0:
            message["answers"]["keep_away"] = {"words": f"{WORRY} ({chance.randrange(10**9)})"}
        return message

    def send(self, phone: Phone, message: dict[str, Any]) -> tuple[str, tuple[str, ...]] | None:
        """Until told. Its key and receipt; None where it was refused or never answered."""
        self.ledger.send(message)
        said = phone.send_until_told(message, time.monotonic() + 90, 0.15)
        self.again["sent again"] += said.tries - 1
        if not said.acknowledged:
            self.again[f"refused with {said.status}"] += 1
            return None
        self.ledger.tell(said)
        return message["key"], said.receipt

    def _take_back(self, phone: Phone, key: str, receipt: tuple[str, ...]) -> None:
        self.ledger.asked_back.add(key)
        if phone.take_back(receipt, time.monotonic() + 60):
            self.ledger.gone.add(key)

    def _ask_for_letters(self, phone: Phone, key: str, receipt: tuple[str, ...]) -> None:
        address = f"young-{key[:13]}@example.org"
        form = urlencode([("word", word) for word in receipt] + [("email", address)]).encode()
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _, _ = phone.ask("POST", "/letters/ask", form, {"Content-Type": "application/x-www-form-urlencoded"})
                if status < 500:
                    if status == 200:
                        self.addresses.add(address)
                    return
            time.sleep(0.2)

    # --- blows

    def strike(self, what: str) -> None:
        made, pick = self.made, self.chance
        if what in ("a web node", "two web nodes"):
            for number in pick.sample(range(len(made.nodes)), 1 if what == "a web node" else 2):
                made.kill("node", number)
        elif what in ("a worker", "both workers"):
            for number in range(len(made.workers)) if what == "both workers" else [pick.randrange(len(made.workers))]:
                made.kill("worker", number)
        elif what == "Redis, back empty":
            made.redis.kill()
            threading.Timer(2.0, made.redis.start).start()
        elif what == "nginx told anew":
            made.nginx.reload()
        elif what == "every line to PostgreSQL":
            cut_lines(made.postgres.url)
        else:
            made.postgres.stop("immediate")
            made.postgres.start()
        self.blows[what] += 1
        self._heard_again(what, time.monotonic())

    def _heard_again(self, what: str, struck: float) -> None:
        """Somebody new sends, until they are told."""
        phone = Phone(self.made.nginx.port, address=an_address(self.chance), timeout=30)
        if self.send(phone, a_message(self.chance)):
            self.back.append((what, time.monotonic() - struck))
        else:
            self.back.append((what, float("inf")))
        phone.hang_up()


def an_address(chance: random.Random) -> str:
    """Of a phone somewhere in the county: a school’s, or a machine’s, is tried elsewhere."""
    return f"198.18.{chance.randrange(256)}.{chance.randrange(1, 255)}"


def cut_lines(url: str) -> None:
    with psycopg.connect(url.replace("/voice", "/postgres"), autocommit=True) as own:
        own.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'voice' AND pid <> pg_backend_pid()")


def under_blows(rig: Rig, phones: int, seconds: float) -> None:
    """Load, and a blow every so often; then all are up again and what is due gets done."""
    broken: list[BaseException] = []
    load = threading.Thread(target=lambda: broken.extend(at_once(phones, rig.phone)), daemon=True)
    load.start()
    time.sleep(WARM)
    end, turn = time.monotonic() + seconds, 0
    while time.monotonic() < end - 5:
        rig.strike(BLOWS[turn % len(BLOWS)])
        turn += 1
        time.sleep(max(0.0, min(seconds / 14, end - time.monotonic())) * (0.5 + rig.chance.random()))
    rig.over.set()
    load.join(200)
    assert not broken, broken
    rig.made.all_up()


def settle(rig: Rig, app: Flask) -> dict[str, int]:
    """Wait until nothing is due any more; what is left when the time is over."""
    end = time.monotonic() + SETTLE
    while True:
        left = what_is_left(rig, app)
        if not any(left.values()) or time.monotonic() > end:
            return left
        time.sleep(1)


def what_is_left(rig: Rig, app: Flask) -> dict[str, int]:
    with psycopg.connect(rig.made.postgres.url) as own:
        alerts = own.execute("SELECT count(*) FROM alert WHERE sent_at IS NULL").fetchone()
        wishes = own.execute("SELECT count(*) FROM news_wish WHERE first_letter_on IS NULL").fetchone()
        concerns = own.execute("SELECT count(*) FROM screening WHERE is_concern AND alerted_at IS NULL").fetchone()
        broken = own.execute("SELECT count(*) FROM lease WHERE last_error IS NOT NULL").fetchone()
    assert alerts
    assert wishes
    assert concerns
    assert broken
    late = workers.due(app, late=LATE)
    return {
        "alerts not sent": alerts[0],
        "first letters not sent": wishes[0],
        "concerns nobody heard of": concerns[0],
        "jobs that broke, and were not done again": broken[0],
        "jobs not done in time": len(late),
    }


# --- letters


def letters(box: Mailbox, addresses: set[str]) -> dict[str, int]:
    """What people find in their post. A mailbox drops a letter it has already, by its Message-ID, as mail servers do."""
    handed = Counter((letter["X-Handed-To"], letter["Message-ID"]) for letter in box.letters)
    asked = Counter(
        letter["X-Handed-To"]
        for letter in {(each["X-Handed-To"], each["Message-ID"]): each for each in box.letters}.values()
        if letter["Subject"] == ASKED
    )
    return {
        "letters handed over": len(box.letters),
        "handed over again, under the same Message-ID": sum(many - 1 for many in handed.values()),
        "first letters in a mailbox twice": sum(many - 1 for many in asked.values()),
        "asked for, and no letter": len(addresses - set(asked)),
    }


def alerts_twice(url: str, box: Mailbox) -> int:
    """Letters with alerts that leads find in their post, beyond those that the rows say went: the rows of one letter went at one moment."""
    names = {each["Message-ID"] for each in box.letters if each["Subject"] != ASKED}
    with psycopg.connect(url) as own:
        went = own.execute("SELECT count(*) FROM (SELECT DISTINCT recipient, channel, sent_at FROM alert WHERE sent_at IS NOT NULL) AS letters")
        found = went.fetchone()
    assert found
    return abs(len(names) - int(found[0]))


# --- throughput


def throughput(rig: Rig, phones: int) -> dict[int, dict[str, float]]:
    """Submissions a second with one, two and three nodes, in turns, and processor time for each submission in milliseconds, by whom."""
    taken: dict[int, list[dict[str, float]]] = {1: [], 2: [], 3: []}
    for _ in range(ROUNDS):
        for nodes, kept in taken.items():
            rig.made.nginx.tell([each.port for each in rig.made.nodes[:nodes]])
            rig.made.nginx.reload()
            time.sleep(1.5)
            kept.append(_measure(rig, phones))
    return {nodes: {name: statistics.median(each[name] for each in kept) for name in kept[0]} for nodes, kept in taken.items()}


def _measure(rig: Rig, phones: int) -> dict[str, float]:
    told, end = Counter[str](), time.monotonic() + WINDOW

    def one(number: int) -> None:
        chance = random.Random(f"{time.monotonic()} {number}")
        phone = Phone(rig.made.nginx.port, timeout=30)
        while time.monotonic() < end:
            phone.address = an_address(chance)
            told[str(number)] += rig.send(phone, a_message(chance)) is not None
        phone.hang_up()

    before, begun = rig.made.seconds(), time.monotonic()
    psutil.cpu_percent()
    broken = at_once(phones, one)
    assert not broken, broken
    busy, took, after = psutil.cpu_percent(), time.monotonic() - begun, rig.made.seconds()
    many = sum(told.values())
    return {"a second": many / took, "processors busy, %": busy, **{f"{name}, ms": 1000 * (after[name] - before[name]) / many for name in before}}


# --- afterwards


def afterwards(rig: Rig, app: Flask) -> Found:
    """Everything was killed; PostgreSQL starts once more from what it had, and the hourly tidying is done as two hours later: it takes the
    files that a killed upload left."""
    rig.made.postgres.stop("immediate")
    rig.made.postgres.start()
    with app.app_context():
        seen = tidying.look(now() + timedelta(hours=2))
        tidying.mend(seen)
        commit()
        db.session.remove()
        db.engine.dispose()
    rig.made.pull_files()
    there = list((rig.made.keys / "files").glob("??/*"))
    found = hold_against(rig.ledger, read_settings(rig.made.environment(rig.made.folder / "first")).database_url, rig.made.keys, rig.drawn)
    found.counts["files"], found.counts["files of killed uploads, tidied"] = len(there), len(seen.without_row)
    _journals(rig, found)
    return found


def _journals(rig: Rig, found: Found) -> None:
    """Each node writes down what was taken back at it; together they have all of it."""
    lines = [line for file in rig.made.folder.glob("*/taken-back.log") for line in journal.read(file)]
    known, secret = {line.key_hash for line in lines}, (rig.made.keys / "receipt.key").read_bytes()
    found.counts["journals of nodes"] = len(list(rig.made.folder.glob("*/taken-back.log")))
    for key in rig.ledger.gone:
        if receipts.key_hash(key, secret) not in known:
            found.wrong("taken back and still there", f"{key} is in no node’s journal")


def run(minutes: float, phones: int, seed: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="voice-cluster-"))
    try:
        with an_installation(folder, nodes=3, workers=2) as made:
            rig = Rig(made, random.Random(seed))
            app = create_app(read_settings(made.environment(folder / "first"), testing=True))
            under_blows(rig, phones, minutes * 60 * 0.6)
            left = settle(rig, app)
            speed = throughput(rig, phones)
            left = left if any(left.values()) else settle(rig, app)
            post = letters(made.box, rig.addresses) | {"alerts sent twice": alerts_twice(made.postgres.url, made.box)}
            made.end()
            return told(rig, afterwards(rig, app), left, post, speed)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told(rig: Rig, found: Found, left: Mapping[str, int], post: Mapping[str, int], speed: Mapping[int, Mapping[str, float]]) -> int:
    """Print it all; how many bars were not met."""
    counts = rig.ledger.counts()
    unheard = counts["sent"] - counts["acknowledged"]
    lines: dict[str, float] = {
        **counts,
        "never told": unheard,
        **rig.again,
        **rig.blows,
        **found.counts,
        **{what: found.counts[what] for what in BAD},
    }
    lines |= {**left, **post}
    print("Many machines: three web nodes, two workers, nginx in front")
    print("\n".join(f"  {name:<48}{value:>10,.0f}" for name, value in lines.items()))
    for what in dict.fromkeys(each for each, _ in rig.back):
        took = [seconds for blow, seconds in rig.back if blow == what]
        print(f"  heard again after: {what:<29}{max(took):>10.1f} s at most, {statistics.median(took):.1f} s in the middle of {len(took)}")
    for nodes, each in speed.items():
        print(f"  with {nodes} node{'s' * (nodes > 1)}: " + ", ".join(f"{name} {value:.1f}" for name, value in each.items()))
    for line in found.faults[:FORGET_NOT]:
        print(f"  {line}")
    worst = max((seconds for _, seconds in rig.back), default=0.0)
    bad = (
        found.bad
        + unheard
        + sum(left.values())
        + sum(post[name] for name in ("first letters in a mailbox twice", "asked for, and no letter", "alerts sent twice"))
    )
    return int(bad > 0 or worst > BACK)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soaks.cluster")
    parser.add_argument("--minutes", type=float, default=6.0)
    parser.add_argument("--phones", type=int, default=12)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args(arguments)
    print(f"seed {asked.seed}", flush=True)
    return run(asked.minutes, asked.phones, asked.seed)


if __name__ == "__main__":
    sys.exit(main())
