"""How long a start takes and what a web process holds in memory: `python -m tests.rooms.web.measure_start`.

Start: from the command to the first 200 of /readyz, and the processor time of it. Memory: of every web process after some 300 requests of many
kinds (public pages, a survey’s pages, whole submissions), as Linux counts it: all it maps (RSS), its share of it (PSS), its own alone (USS).
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from pathlib import Path

import psutil

from tests.clients import OPEN, Phone, Server, a_message, prepare, serving, status_of

STARTS = 3
ROUNDS = 60
START_BAR, MEMORY_BAR = 3.0, 150  # seconds; MB
PAGES = ("/", f"/take-part/{OPEN}", "/take-part", "/you-said-we-did", "/plan/1", "/pledges", "/your-receipt", "/privacy", "/cy/", "/sign-in")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="voice-start-") as folder:
        data = Path(folder, "data")
        prepare(data)
        environment, log = {"VOICE_DATA": str(data)}, Path(folder, "log")
        print_starts([one_start(environment, log) for _ in range(STARTS)])
        with serving(environment, log) as server:
            use(server)
            print_memory(server)


def one_start(environment: dict[str, str], log: Path) -> tuple[float, float]:
    """Seconds until it answers, and seconds of processor time of all its processes until then."""
    begun = time.perf_counter()
    with serving(environment, log) as server:
        taken = time.perf_counter() - begun
        started = psutil.Process(server.started.pid)
        times = [each.cpu_times() for each in (started, *started.children())]
        return taken, sum(each.user + each.system for each in times)


def print_starts(found: list[tuple[float, float]]) -> None:
    wall, processor = (statistics.median(each[number] for each in found) for number in (0, 1))
    print(f"  start to the first 200 of /readyz: {wall:.2f} s, {processor:.2f} s of processor time (median of {STARTS}; at most {START_BAR:.0f} s)")


def use(server: Server) -> None:
    """Some 300 requests of many kinds, over lines that are closed, so that every process gets its part."""
    chance, phones = random.Random(3), [Phone(server.port, keeps_line=False) for _ in range(4)]
    for number in range(ROUNDS):
        for phone in phones:
            status_of(server.port, PAGES[number % len(PAGES)])
            if number % 2:
                assert phone.send(a_message(chance)).acknowledged


def print_memory(server: Server) -> None:
    for number, process in enumerate(server.workers, 1):
        held = process.memory_full_info()
        figures = ", ".join(f"{name} {getattr(held, name.lower()) / 1e6:.0f} MB" for name in ("RSS", "PSS", "USS"))
        print(f"  web process {number}: {figures} (RSS at most {MEMORY_BAR} MB)")


if __name__ == "__main__":
    main()
