"""A submission's POST beside a bare route that inserts ten answers: the same server, the same database, the same durability, turn by turn.

    python -m tests.rooms.listening.measure_posts [--seconds 2] [--rounds 3] [--servers gthread,granian] [--database sqlite] [--clients 1,8,32]

Requests a second, their ratio, the median and the 99th percentile of what a phone waits (milliseconds), processor time of the server for one
request (milliseconds), errors.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests import clients
from tests.peers import lasting_postgres

HERE = "tests.rooms.listening.posting"


@dataclass
class Side:
    """One of the two that are compared, under one number of clients: a figure for each round."""

    rates: list[float] = field(default_factory=list)
    medians: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)  # of a hundred
    costs: list[float] = field(default_factory=list)
    errors: int = 0

    def line(self) -> str:
        rate, middle, slow, cost = (statistics.median(each) for each in (self.rates, self.medians, self.worst, self.costs))
        return (
            f"{rate:8.0f} a second  median {middle:6.1f}  p99 {slow:6.1f} ({slow / middle:4.1f} x)  {cost:5.2f} ms of processor  {self.errors} errors"
        )


def a_round(side: Side, server: clients.Server, count: int, seconds: float, seed: int) -> None:
    before = _processor(server)
    command = [sys.executable, "-m", f"{HERE}", "load", str(server.port), str(count), str(seconds), str(seed)]
    told = json.loads(subprocess.run(command, cwd=clients.ROOT, capture_output=True, check=True).stdout)
    took = sorted(told["took"])
    side.rates.append(len(took) / told["seconds"])
    side.medians.append(1000 * statistics.median(took))
    side.worst.append(1000 * took[int(len(took) * 0.99)])
    side.costs.append(1000 * (_processor(server) - before) / len(took))
    side.errors += told["errors"]


def _processor(server: clients.Server) -> float:
    found = 0.0
    for each in [psutil.Process(server.started.pid), *psutil.Process(server.started.pid).children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            spent = each.cpu_times()
            found += spent.user + spent.system
    return found


@contextlib.contextmanager
def both(folder: Path, database_url: str | None, server: str) -> Iterator[dict[str, clients.Server]]:
    """Ours and the bare route, each with a database of its own on the same disk and server."""
    environment = {"VOICE_DATABASE_URL": database_url} if database_url else {}
    data = folder / f"ours-{server}"
    data.mkdir()
    clients.prepare(data, database_url)
    (folder / f"bare-{server}").mkdir()
    with contextlib.ExitStack() as stack:
        found = {}
        for which in ("bare", "ours"):
            told = {**environment, "VOICE_DATA": str(folder / f"{which}-{server}"), "VOICE_FRONT_SERVERS": "1"}
            started = clients.serving(told, folder / f"{which}-{server}.log", command=(sys.executable, "-m", HERE), arguments=(which, server))
            found[which] = stack.enter_context(started)
        yield found


def compare(found: dict[str, clients.Server], counts: list[int], rounds: int, seconds: float) -> dict[int, dict[str, Side]]:
    figures = {count: {which: Side() for which in found} for count in counts}
    for turn in range(rounds + 1):
        for count in counts:
            for number, (which, server) in enumerate(found.items()):
                a_round(
                    Side() if turn == 0 else figures[count][which], server, count, 0.5 if turn == 0 else seconds, 1000 * turn + 10 * count + number
                )
    return figures


def tell(name: str, figures: dict[int, dict[str, Side]]) -> None:
    for count, sides in figures.items():
        ratio = statistics.median(ours / bare for ours, bare in zip(sides["ours"].rates, sides["bare"].rates, strict=True))
        print(f"  {name}, {count} at once: {ratio:.2f} of the bare route", flush=True)
        for which, side in sides.items():
            print(f"    {which:<6}{side.line()}", flush=True)


def main(arguments: list[str] | None = None) -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=2.0)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--servers", default="gthread")
    asked.add_argument("--database", default="sqlite,postgresql")
    asked.add_argument("--clients", default="1,8,32")
    told = asked.parse_args(arguments or [])
    counts = [int(each) for each in told.clients.split(",")]
    with tempfile.TemporaryDirectory(prefix="post-", dir=os.environ.get("VOICE_BENCH_DISK")) as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        for kind in told.database.split(","):
            make = stack.enter_context(lasting_postgres(folder / "pg")) if kind == "postgresql" else None
            for server in told.servers.split(","):
                (folder / kind).mkdir(exist_ok=True)
                with both(folder / kind, make and make(server), server) as found:
                    tell(f"{kind} under {server}", compare(found, counts, told.rounds, told.seconds))


if __name__ == "__main__":
    main(sys.argv[1:])
