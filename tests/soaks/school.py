"""A school at once: three hundred phones behind one address while the public reads, and a machine beside them that sends a thousand a minute.

    python -m tests.soaks.school [--minutes 10] [--database sqlite|postgres] [--reads 50]

Bars R7 and S11. The server is started as people start it, by `voice serve`, with the demo county in it and a web server in front of it that says
who asks; SQLite and PostgreSQL sync every commit. Thirty phones for each minute open the first page in the first tenth of the time, answer at their
own pace, page by page without a script or by the phone’s own pages, one in ten with a drawing, and open their receipt. Beside them fifty pages a
second are read, one machine sends 1,000 a minute from one address, and towards the end a thousand addresses send one thing each, all much alike.
Prints what was asked and how it went, and ends with 1 where a bar was missed. Every phone, reader and machine is a thread of this process; the
server is another.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.clients import OPEN, Phone, Server, a_message, serving
from tests.soaks.households import DRAWING, Outcome, Used, a_county, outcome_of, the_database, used
from tests.soaks.walking import Asked, Child, a_sentence

SCHOOL: Final = "192.0.2.77"
MACHINE: Final = "198.51.100.23"
PHONES_A_MINUTE: Final = 30
MACHINE_A_MINUTE: Final = 1000
ADDRESSES_A_MINUTE: Final = 100
READERS: Final = 16
MACHINES_LINES: Final = 12
READ: Final = ("/", "/plan", "/you-said-we-did", "/help-now", "/plan/1", "/take-part", "/what-we-heard", "/privacy", "/places", "/how-we-listen")
PAGES_OF_A_WALK: Final = 12
SLOWEST: Final = {"95 %": 1.0, "99 %": 3.0}  # seconds, bar R7


@dataclass
class Day:
    """What everybody does, and what came of it."""

    port: int
    seconds: float
    reads: float  # a second
    asked: list[Asked] = field(default_factory=list)
    keys: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))  # who: key -> whether we were told it was kept
    broken: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    @property
    def phones(self) -> int:
        return max(1, round(PHONES_A_MINUTE * self.seconds / 60))

    @property
    def addresses(self) -> int:
        return max(60, round(ADDRESSES_A_MINUTE * self.seconds / 60))

    def over(self) -> bool:
        return time.monotonic() > self.begun + self.seconds

    def until(self, seconds: float) -> None:
        """Wait until so many seconds after the beginning."""
        time.sleep(max(0.0, self.begun + seconds - time.monotonic()))

    def child(self, who: str, seed: object, address: str, think: Callable[[], None] = lambda: None) -> Child:
        return Child(Phone(self.port, address=address), self.asked.append, random.Random(f"{who} {seed}"), who, think)


def one_phone(day: Day, number: int) -> None:
    """Opens the first page, answers in its own time, sends, and looks at the receipt."""
    chance = random.Random(number)
    begins = chance.uniform(0, 0.1 * day.seconds)
    pace = chance.uniform(0.4, 0.85) * day.seconds / PAGES_OF_A_WALK

    def think() -> None:
        child.phone.hang_up()  # a browser lets an idle line go, and so does the server
        time.sleep(pace * chance.uniform(0.5, 1.5) * share)

    child = day.child("school", number, SCHOOL, think)
    draws, by_forms = number % 10 == 0, number % 2 == 0
    share = 1.0 if draws or by_forms else PAGES_OF_A_WALK / 2  # who answers on the phone’s own pages is quiet for all of it
    day.until(begins)
    key, words = child.by_forms(DRAWING if draws else OPEN) if draws or by_forms else child.by_phone(OPEN)
    day.keys["school"][key or f"none {number}"] = bool(words)
    if words:
        child.think = lambda: None
        child.receipt(words)
    child.phone.hang_up()


def one_reader(day: Day, number: int) -> None:
    """Reads one page after another, so that all readers together read so many a second; half of them saw the page before."""
    child = day.child("public", number, f"203.0.113.{number}")
    turn = 0
    while not day.over():
        day.until((turn + number / READERS) * READERS / day.reads)
        if turn % 2:
            child.kept.clear()
        child.page(READ[(turn * 7 + number) % len(READ)], "read")
        child.phone.hang_up()
        turn += 1


def one_line(day: Day, number: int) -> None:
    """One of the lines by which the machine sends: all together 1,000 a minute, or as many as it gets answers to."""
    child = day.child("machine", number, MACHINE)
    gap, turn = 60 / MACHINE_A_MINUTE * MACHINES_LINES, 0
    while not day.over():
        day.until(0.1 * day.seconds + (turn + number / MACHINES_LINES) * gap)
        _send(day, child, a_sentence(child.chance))
        turn += 1


def addresses(day: Day, number: int, lines: int = 4) -> None:
    """Some of the addresses (a thousand in ten minutes) that send one thing each, all much alike."""
    day.until(0.6 * day.seconds)
    for each in range(number, day.addresses, lines):
        day.until(0.6 * day.seconds + 0.3 * day.seconds * each / day.addresses)
        child = day.child("addresses", each, f"100.64.{each // 250}.{each % 250 + 1}")
        end = ("pls", "really", "honestly", "mate")[each % 4]
        _send(day, child, f"Please do not close our youth club on Friday nights, it is the only safe place {end}")


def _send(day: Day, child: Child, words: str) -> None:
    message = a_message(child.chance) | {"answers": {"feel_safer": {"words": words}}}
    kept = child.send(message)
    child.phone.hang_up()
    day.keys[child.who][message["key"]] = bool(kept)


def warm(day: Day) -> None:
    """As after the first visits of a day: every process has its pages’ parts in memory."""
    for turn in range(8):
        child = day.child("warm", turn, f"203.0.113.{100 + turn}")
        for path in (*READ, f"/take-part/{OPEN}", f"/take-part/{OPEN}/all?w=older", f"/take-part/{DRAWING}"):
            child.page(path)
            child.phone.hang_up()
    day.asked.clear()
    day.begun = time.monotonic()


def run(day: Day) -> None:
    """All of it at once, each in a thread of its own, until the time is over and every phone is through."""
    work: list[tuple[Callable[[Day, int], None], int]] = [(one_phone, number) for number in range(day.phones)]
    work += [(one_reader, number) for number in range(READERS)] + [(one_line, number) for number in range(MACHINES_LINES)]
    work += [(addresses, number) for number in range(4)]

    def one(act: Callable[[Day, int], None], number: int) -> None:
        try:
            act(day, number)
        except Exception as wrong:  # told at the end, and a bar missed
            day.broken.append(f"{act.__name__} {number}: {type(wrong).__name__} {wrong}")

    threads = [threading.Thread(target=one, args=each, daemon=True) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=day.seconds + 300)
    day.broken += [f"{len([each for each in threads if each.is_alive()])} threads never ended"] if any(each.is_alive() for each in threads) else []


@contextmanager
def watched(server: Server, database: int | None) -> Iterator[list[Used]]:
    """What the server’s processes and the database’s use, looked at every two seconds."""
    seen, ended = [used(server.started.pid, database)], threading.Event()

    def look() -> None:
        while not ended.wait(2):
            seen.append(used(server.started.pid, database))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    yield seen
    ended.set()
    thread.join()
    seen.append(used(server.started.pid, database))


def at(share: float, values: list[float]) -> float:
    """The value that this share of them are not above."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def tell(day: Day, seen: list[Used], found: dict[str, Outcome]) -> None:
    print(f"\n{'who and what':<32}{'asked':>7}{'50 %':>8}{'95 %':>8}{'99 %':>8}{'most':>8}  ms   statuses")
    for who, kind in sorted({(each.who, each.kind) for each in day.asked}):
        of_it = [each for each in day.asked if (each.who, each.kind) == (who, kind)]
        taken = [1000 * each.seconds for each in of_it]
        told = " ".join(f"{count} x {status}" for status, count in sorted(Counter(each.status for each in of_it).items()))
        print(f"{who + ': ' + kind:<32}{len(of_it):>7}" + "".join(f"{at(share, taken):>8.0f}" for share in (0.5, 0.95, 0.99, 1)) + f"       {told}")
    print(f"\n{'submissions':<16}{'sent':>7}{'told kept':>11}{'kept':>7}{'lost':>6}{'in figures':>12}{'wait for a person':>19}")
    for who, each in found.items():
        print(f"{who:<16}{each.sent:>7}{each.told:>11}{each.kept:>7}{each.lost:>6}{each.counted:>12}{each.waiting:>19}")
    wall, busy, database = seen[-1].at - seen[0].at, seen[-1].busy - seen[0].busy, seen[-1].database - seen[0].database
    print(f"\nserver: {busy:.0f} s of processor time in {wall:.0f} s, {1000 * busy / len(day.asked):.1f} ms a request; PostgreSQL {database:.0f} s")
    print("memory at most, MB: " + ", ".join(f"{name} {max(each.memory.get(name, 0) for each in seen):.0f}" for name in seen[-1].memory))


def bars(day: Day, found: dict[str, Outcome]) -> list[tuple[str, bool]]:
    """What must hold, in words, and whether it does."""
    own = [each for each in day.asked if each.who in ("school", "public")]
    lost = sum(each.lost for each in found.values())
    submits = [each.seconds for each in own if each.kind.startswith("submit")]
    school, machine, many = found["school"], found["machine"], found["addresses"]
    answered = sum(each.who == "public" for each in day.asked) / day.seconds
    refused = Counter(each.status for each in own if each.status not in (200, 201, 304))
    others = Counter(each.status for each in day.asked if each.who in ("machine", "addresses") and each.status not in (200, 201, 429))
    return [
        (f"R7: submit within {at(0.95, submits):.2f} s (95 %) and {at(0.99, submits):.2f} s (99 %); 1 and 3 wanted", is_fast(submits)),
        (f"R7, S11a: the school and the public were answered: {dict(refused) or 'nothing else than 200, 201, 304'}", not refused),
        (f"R7: {answered:.0f} pages a second were read; {day.reads:.0f} wanted", answered >= 0.95 * day.reads),
        (f"S11a: {school.counted} of {day.phones} phones in figures, {school.waiting} set aside", school.counted == day.phones),
        (f"S11b: {machine.counted} of the machine’s {machine.sent} reach figures", machine.counted <= 0.01 * machine.sent),
        (f"S11c: {many.counted} of {many.kept} from {day.addresses} addresses reach figures", many.counted <= 0.01 * many.kept),
        (f"S11, R1: {lost} are lost that were told they are kept", not lost),
        (f"R7: nothing of the machines’ broke the server: {dict(others) or 'only 200, 201, 429'}", not others),
        (f"everybody did their part: {day.broken[:3] or 'yes'}", not day.broken),
    ]


def is_fast(submits: list[float]) -> bool:
    return at(0.95, submits) <= SLOWEST["95 %"] and at(0.99, submits) <= SLOWEST["99 %"]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soaks.school")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--reads", type=float, default=50, help="pages a second that the public reads meanwhile")
    parser.add_argument("--empty", action="store_true", help="a county that nobody wrote to yet, not the demo: sooner ready, and its pages say less")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="voice-school-") as folder, the_database(asked.database) as database:
        environment = {"VOICE_DATA": str(Path(folder) / "data"), "VOICE_FRONT_SERVERS": "1", **database.environment}
        a_county(environment, demo=not asked.empty)
        with serving(environment, Path(folder) / "log", arguments=("serve", "--no-demo")) as server:
            day = Day(server.port, 60 * asked.minutes, asked.reads)
            print(f"{asked.database}: {day.phones} phones, {asked.reads:.0f} pages a second, {asked.minutes:g} minutes", flush=True)
            warm(day)
            with watched(server, database.pid) as seen:
                run(day)
            found = outcome_of(environment, day.keys, until=time.monotonic() + 240)
            log = (Path(folder) / "log").read_text(errors="replace")
    tell(day, seen, found)
    held = [*bars(day, found), (f"the server’s log has no broken page: {log.count('Traceback')}", "Traceback" not in log)]
    print()
    for words, is_held in held:
        print(f"{'held' if is_held else 'MISSED':<8}{words}")
    return int(not all(is_held for _words, is_held in held))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
