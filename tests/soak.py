"""`make soak`: every page and state in every language, theme, width and size of letters, looked at one after another.

    python -m tests.soak [--only WORDS] [--minutes N] [--list]

`--only` keeps the runs whose line holds all of these words ("check ur 320"); `--minutes` is when it ends by itself (90): runs are taken in an
order that jumps about, always the same, so that what was seen by then is spread over the whole grid. Prints each fault as it is found, then a
table. Exit code 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browsing import a_browser, served
from tests.demo import environment, passphrase_in
from tests.grid import Eye, Run, whole
from tests.pages_of_the_house import furnish
from voice.config import read_settings
from voice.demonstrating import load_if_empty
from voice.storage import migrate
from voice.wiring import create_app


def main(arguments: list[str]) -> int:
    asked = read(arguments)
    runs = [run for run in whole() if all(word in str(run) for word in asked.only)]
    random.Random(3).shuffle(runs)
    if asked.list:
        print("\n".join(sorted(map(str, runs))))
        return 0
    begun = time.monotonic()
    seen, faulty = walk(runs, begun + 60 * asked.minutes)
    table(seen, faulty)
    done, bad, seconds = seen.total(), faulty.total(), time.monotonic() - begun
    end = "all of them" if done == len(runs) else f"ended by the clock; {len(runs) - done} not seen"
    print(f"\n{done} runs of {len(runs)} ({end}), {bad} with a fault, {seconds:.0f} s")
    return int(bool(bad))


def read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--only", nargs="*", default=[], help="words that the line of a run must hold")
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--list", action="store_true", help="list the runs and end")
    return parser.parse_args(arguments)


def walk(runs: list[Run], end: float) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Look at each until `end` (monotonic seconds). How many were seen, and how many had a fault, by kind and language."""
    seen, faulty = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    with tempfile.TemporaryDirectory(prefix="voice-soak-") as folder, a_house(Path(folder)) as eye:
        for run in runs:
            if time.monotonic() > end:
                break
            cell = (run.scene.kind, run.way.language)
            found = eye.look(run)
            seen[cell] += 1
            faulty[cell] += bool(found)
            for fault in found:
                print(f"{run}: {fault}", flush=True)
    return seen, +faulty


@contextmanager
def a_house(folder: Path) -> Iterator[Eye]:
    """The demo with everything the scenes need, served, and a browser before it."""
    app = create_app(read_settings(environment(folder), testing=True))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
    made = furnish(app)
    with served(app) as port, a_browser() as browser:
        yield Eye(browser, f"http://127.0.0.1:{port}", passphrase_in(folder), made)


def table(seen: Counter[tuple[str, str]], faulty: Counter[tuple[str, str]]) -> None:
    """Runs, and those with a fault where there were any, by kind of page and language."""
    languages = sorted({language for _, language in seen})
    print(f"\n{'':<10}" + "".join(f"{each:>12}" for each in languages))
    for kind in dict.fromkeys(kind for kind, _ in sorted(seen)):
        cells = [(seen[kind, each], faulty[kind, each]) for each in languages]
        print(f"{kind:<10}" + "".join(f"{f'{runs} ({bad} bad)' if bad else runs or '':>12}" for runs, bad in cells))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
