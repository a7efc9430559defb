"""How long files of coded answers take, and how much memory, beside ten thousand submissions and beside a hundred thousand."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Sequence

from tests.rooms.counting.exporting.making import send, ten
from voice.asking import ActivityFacts
from voice.config import read_settings
from voice.counting.exporting import taking
from voice.counting.exporting.answers import reads
from voice.counting.exporting.lines import draw
from voice.counting.exporting.writing import MOST_IN_XLSX
from voice.extensions import db
from voice.storage import migrate
from voice.wiring import create_app

FEW, MANY = 10_000, 100_000
SECONDS = 5.0
KINDS = ("csv", "parquet", "xlsx", "zip")


def main(given: Sequence[str] = ()) -> None:
    """Print the figures. `--url` another database than SQLite."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--url", default="")
    asked.add_argument("--many", type=int, default=MANY)
    told = asked.parse_args(given)
    lines(told.many, told.url)


def lines(many: int = MANY, url: str = "") -> None:
    app = create_app(read_settings({"VOICE_DATA": tempfile.mkdtemp(prefix="voice-files-"), **({"VOICE_DATABASE_URL": url} if url else {})}))
    with app.test_request_context():
        migrate.upgrade()
        activity = ten()
        print(f"  {db.engine.dialect.name}: {len(reads([activity]))} questions in a row")
        for before, count in ((0, FEW), (FEW, many)):
            send(activity, count - before, seed=count, count=False)
            for kind in KINDS:
                if kind != "xlsx" or count <= MOST_IN_XLSX:
                    _tell(activity, kind, count)


def _tell(activity: ActivityFacts, kind: str, count: int) -> None:
    wall, work, size = _time(activity, kind)
    bar = f" (at most {SECONDS:.0f})" if kind == "csv" and count == MANY else ""
    took = f"{wall:5.1f} s{bar}, {work:5.1f} s of the processor"
    print(f"  line by line, {count:>7,} rows, {kind:<7} {took}, {size / 1e6:5.1f} MB, {_memory(activity, kind) / 1e6:4.1f} MB in memory", flush=True)


def _time(activity: ActivityFacts, kind: str) -> tuple[float, float, int]:
    """Seconds of the clock and of the processor until the last byte, and how many bytes."""
    begun, worked = time.perf_counter(), time.process_time()
    size = sum(map(len, taking.take_lines([activity], draw([activity], None), kind).pieces))
    return time.perf_counter() - begun, time.process_time() - worked, size


def _memory(activity: ActivityFacts, kind: str) -> int:
    """Bytes at the highest, of Python’s own."""
    tracemalloc.start()
    for _piece in taking.take_lines([activity], draw([activity], None), kind).pieces:
        pass
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest


if __name__ == "__main__":
    main(sys.argv[1:])
